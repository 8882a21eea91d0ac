import Files
package import Runs

/// A measure of how right a written sign is.
package enum SignMetric: String, CaseIterable, Hashable, Sendable {
  case similarity
  case bleu
  case chrf
  case clipscore

  /// Those that need no model.
  package static let standard: [SignMetric] = [.similarity, .bleu, .chrf]

  /// The measures that `--metric` names, in its order.
  ///
  /// - Throws: `OptionError` for a word that names none, or one that comes twice.
  package static func named(_ text: String) throws(OptionError) -> [SignMetric] {
    let names = allCases.map(\.rawValue)
    var metrics: [SignMetric] = []
    for word in ListText.names(text) {
      guard let metric = SignMetric(rawValue: word) else {
        let meant = word.nearest(of: names, within: 2).map { "; did you mean \($0)?" } ?? ""
        throw OptionError(
          "--metric: \(word.isEmpty ? "nothing" : "\"\(word)\"") is no metric; expected "
            + names.joined(separator: ", ") + meant)
      }
      try require(!metrics.contains(metric), "--metric: names \(word) twice")
      metrics.append(metric)
    }
    return metrics
  }
}
