import Foundation

/// What a run directory says of itself: whether it is one, whether it is finished, and what embeddings it is of.
extension Manifest {
  /// Whether a command of this program wrote it; any other JSON is read as an empty one.
  package var isOwn: Bool {
    !configurationDigest.isEmpty || !configuration.isEmpty || !outputs.isEmpty
  }

  /// The key of the run that zero-shot tables elsewhere are of.
  package static let zeroShotRunKey = "zeroshot.run"
  /// The key of the file of embeddings that zero-shot tables are of.
  package static let zeroShotEmbeddingsKey = "zeroshot.embeddings"

  /// The run or file of embeddings that zero-shot tables in a folder of their own are of; nil of a run.
  package var zeroShotSource: String? {
    configuration[Self.zeroShotRunKey] ?? configuration[Self.zeroShotEmbeddingsKey]
  }

  /// Whether the command that wrote it came to its end; what its tables are is told by `outputs` alone until then.
  package var isFinished: Bool { finishedAt != nil }

  /// What to say of a run in a folder that is not finished; nil of one that is.
  package func unfinished(_ folder: String) -> String? {
    if isFinished { return nil }
    return
      "\(folder) holds a run that is not finished (\(moment)); the same topoclip sweep goes on with it"
  }

  /// When it was made, in words.
  package var moment: String {
    if let finishedAt { return "of \(finishedAt.formatted(.iso8601))" }
    return startedAt.map { "begun \($0.formatted(.iso8601))" } ?? "of an unknown time"
  }

  /// The names of its conditions.
  package var conditionNames: [String] {
    configuration[Self.conditionsKey, default: ""].split(separator: ",").map(String.init)
  }

  /// The key of the conditions in the configuration.
  package static let conditionsKey = "noise.conditions"

  /// The key of a kind of noise in the configuration.
  package static func noiseKey(_ kind: String) -> String {
    kind == "gaussian" ? "noise.specification" : "noise.\(kind)"
  }

  /// In what the embeddings of an earlier run are not those of this one.
  ///
  /// What a manifest does not say is no difference: older versions wrote less.
  ///
  /// - Parameters:
  ///   - earlier: The earlier run.
  ///   - kinds: The kinds of noise whose making counts.
  /// - Returns: A line a difference, which says what is there and what was asked for; none where the embeddings of a
  ///   condition are the same in both.
  package func differences(from earlier: Manifest, of kinds: [String]) -> [String] {
    var lines: [String] = []
    func compare(_ what: String, _ there: String?, _ here: String?) {
      guard let there, let here, there != here else { return }
      lines.append("\(what): \(there) there, \(here) asked for")
    }
    func words(_ model: ModelRecord?) -> String {
      model.map { "\($0.name) (SHA-256 \($0.digest.prefix(12))…)" } ?? "embeddings made elsewhere"
    }
    if earlier.model?.digest != model?.digest {
      compare("the model", words(earlier.model), words(model))
    }
    compare("the preprocessing", earlier.model?.preprocessing, model?.preprocessing)
    // Embeddings made elsewhere are compared one by one.
    if let there = earlier.data, let here = data, model != nil,
      let difference = here.difference(from: there)
    {
      let before = lines.count
      for key in Set(earlier.configuration.keys).union(configuration.keys).sorted()
      where key.hasPrefix("dataset.") {
        compare(key, earlier.configuration[key] ?? "", configuration[key] ?? "")
      }
      if lines.count == before { lines.append(difference) }
    }
    for kind in kinds.uniqued {
      let key = Self.noiseKey(kind)
      compare(key, earlier.configuration[key], configuration[key])
    }
    if let there = earlier.precision, let here = precision {
      compare("the arithmetic", there.words, here.words)
    }
    return lines
  }
}

extension PrecisionRecord {
  fileprivate var words: String { "\(precision) by \(kernels)" }
}
