import Embedding
import Files
import Foundation
import Runs
import Version

/// What a linkage was made from and with: `link.json`.
struct LinkageReport {
  private var object: [String: Any]

  init(
    settings: LinkageSettings, arguments: [String], startedAt: Date, loaded: LinkageInput.Loaded,
    stages: [StageUsage], outputs: [String: Digest]
  ) throws {
    func json(_ value: some Encodable) throws -> Any {
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(value))
    }
    func counts(_ records: LinkageRecords) -> [String: Any] {
      let names = records.table.records.compactMap(\.label)
      return [
        "file": records.table.file, "records": records.table.records.count, "labelled": names.count,
        "labels": Set(names).count,
      ]
    }
    let dates = ISO8601DateFormatter()
    object = [
      "program": try json(ProgramVersion.current), "arguments": arguments,
      "started_at": dates.string(from: startedAt), "finished_at": dates.string(from: Date()),
      "host": try json(Machine.current()), "stages": try json(stages),
      "outputs": outputs.mapValues { "\($0)" }, "inputs": settings.inputs.map(\.rawValue),
      "test": counts(loaded.test), "messages": loaded.messages,
      "left_out": try json(loaded.leftOut),
    ]
    if let validation = loaded.validation { object["validation"] = counts(validation) }
    if let training = loaded.training { object["training_records"] = training.records.count }
    if let model = loaded.model { object["model"] = try json(model) }
    if case .split(let shares, let seed) = settings.threshold {
      object["split"] = ["shares": shares, "seed": seed] as [String: Any]
    }
    var digests: [String: String] = [:]
    for file in Self.files(settings) { digests[file] = "\(try Digest(ofFile: file))" }
    object["files"] = digests
  }

  /// The files that decide the result.
  private static func files(_ settings: LinkageSettings) -> [String] {
    var files = [settings.pairs]
    if case .validation(let path) = settings.threshold { files.append(path) }
    if let annotations = settings.annotations { files.append(annotations.file) }
    if case .files(let image, let text, let validationImage, let validationText) =
      settings.embeddings
    {
      files += [image, text, validationImage, validationText].compactMap(\.self)
        .map { MatrixFile.split($0).path }
    }
    return files
  }

  /// The report with its tables.
  func json(results: ResultTable, baseline: ResultTable?, weights: ResultTable) throws -> String {
    var object = object
    object["linkage"] = results.objects
    if let baseline { object["jaccard"] = baseline.objects }
    if !weights.rows.isEmpty { object["weights"] = weights.objects }
    return try ResultTable.json(object)
  }
}
