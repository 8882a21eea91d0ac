import Embedding
import Files
import Foundation
import Runs
import Version

extension LinkageManifest {
  /// What a manifest says of a linkage whose tables are about to be written.
  ///
  /// - Throws: `FileError` naming an input that cannot be read any more.
  init(
    settings: LinkageSettings, arguments: [String], startedAt: Date, loaded: LinkageInput.Loaded,
    stages: [StageUsage], outputs: [String: Digest], results: Table, baseline: Table?,
    weights: Table
  ) throws {
    func counts(_ records: LinkageRecords) -> Records {
      let names = records.table.records.compactMap(\.label)
      return Records(
        file: records.table.file, records: records.table.records.count, labelled: names.count,
        labels: Set(names).count)
    }
    var split: Split?
    if case .split(let shares, let seed) = settings.threshold {
      split = Split(shares: shares, seed: seed)
    }
    var digests: [String: String] = [:]
    for file in Self.files(settings) { digests[file] = "\(try Digest(ofFile: file))" }
    self.init(
      program: .current, arguments: arguments, startedAt: startedAt,
      host: .current(), stages: stages, outputs: outputs.mapValues { "\($0)" },
      inputs: settings.inputs.map(\.rawValue), test: counts(loaded.test),
      validation: loaded.validation.map(counts), trainingRecords: loaded.training?.records.count,
      model: loaded.model, split: split, files: digests, messages: loaded.messages,
      leftOut: loaded.leftOut, linkage: results.fields, jaccard: baseline?.fields,
      weights: weights.isEmpty ? nil : weights.fields)
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
}
