import RunAnalyses
import Runs

/// What a page says of one kind of noise in a row: what it does to accuracy, and whether topology tells.
struct NoiseOverview: Sendable, Equatable {
  /// The kind of noise as tables name it.
  let noise: String
  /// Accuracy on clean images and at the highest level.
  let accuracy: String?
  /// The drop between them, with its interval.
  let drop: String?
  /// The strongest measure of topology.
  let measure: String?
  /// Its correlation with the drop, with its interval and p.
  let correlation: String?
  /// What topology adds to plain numbers.
  let added: String?
  /// The verdict.
  let verdict: String

  /// Those of a run, in the order of its tables.
  static func all(
    _ accuracy: AccuracySentences, _ tracking: TrackingSentences, _ added: AddedSentences
  ) -> [NoiseOverview] {
    let noises = (accuracy.noises + tracking.verdicts.map(\.noise)).uniqued
    return noises.map { noise in
      let verdict = tracking.verdicts.first { $0.noise == noise }
      let strongest = verdict?.strongest
      let last = accuracy.levels(noise).last
      let drop = last.flatMap { last -> String? in
        guard let clean = accuracy.clean else { return nil }
        return Quantity.share.text(clean.top1 - last.top1)
          + (last.dropInterval.map { " (\(Quantity.share.range($0)))" } ?? "")
      }
      return NoiseOverview(
        noise: noise, accuracy: accuracy.shortFall(noise), drop: drop,
        measure: strongest?.measure.words,
        correlation: strongest.map { row in
          row.shortNumbers
            + (row.correctedP.map { ", corrected \(Wording.probability($0))" } ?? "")
        }, added: added.short(noise), verdict: verdict?.words ?? "not computed")
    }
  }

  /// What is seen of the noise's fold.
  var gist: String {
    var parts: [String] = []
    if let accuracy { parts.append("Top-1 accuracy goes \(accuracy).") }
    let numbers = measure.flatMap { measure in correlation.map { " (\(measure): \($0))" } }
    parts.append(Wording.sentenceCase(verdict) + (numbers ?? "") + ".")
    return parts.joined(separator: " ")
  }
}
