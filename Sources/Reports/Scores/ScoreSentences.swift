import Foundation
import Runs

/// What a folder of scores says in whole sentences.
struct ScoreSentences {
  /// What was found, the most important first.
  let answer: [String]
  /// What has no score, or a score of a part alone.
  let limits: [String]

  init(_ scores: ReportedScores) {
    let (manifest, summary) = (scores.manifest, scores.summary)
    let counts = manifest.counts
    answer =
      [
        Self.separation(summary), Self.means(summary, counts), Self.recall(summary),
        Self.kept(counts),
      ].compactMap(\.self)
    limits =
      [
        Self.unscored(counts, output: (manifest.output as NSString).lastPathComponent),
        Self.truncated(counts),
      ].compactMap(\.self)
  }

  /// How far pairs lie from shuffled ones.
  private static func separation(_ summary: ScoreSummary) -> String? {
    guard let area = summary[ScoreSummary.areaUnderCurve] else { return nil }
    let share = Wording.percent(area.estimate, area.interval)
    let text =
      "An image scores higher with its own caption than with another's in \(share) of cases"
    guard let interval = area.interval else { return text + "; guessing gives 50 %." }
    if interval.contains(0.5) { return text + ": no more than guessing, which gives 50 %." }
    return interval.high < 0.5
      ? text + ": less than guessing, which gives 50 %." : text + "; guessing gives 50 %."
  }

  private static func means(
    _ summary: ScoreSummary, _ counts: ScoreManifest.Counts
  ) -> String? {
    let pairs = Wording.count(counts.scored, "pair")
    guard let mean = summary[ScoreSummary.meanScore] else {
      return counts.scored == 0 ? "No pair has a score." : "\(pairs) have a score."
    }
    var text = "The mean score of \(pairs) is \(number(mean, named: true))"
    if let shuffled = summary[ScoreSummary.meanShuffled] {
      text += ", that of images with captions of others \(number(shuffled, named: false))"
    }
    return text + "."
  }

  /// How well images and captions find each other, at the first number of nearest that the table has.
  private static func recall(_ summary: ScoreSummary) -> String? {
    let recalls = summary.recalls
    guard let least = recalls.map(\.recall.nearest).min() else { return nil }
    let parts = recalls.filter { $0.recall.nearest == least }.map { recall, entry in
      let share = Wording.percent(entry.estimate, entry.interval)
      let (what, other) = recall.isOfImages ? ("image", "caption") : ("caption", "image")
      let isOne = entry.count == 1
      let own = isOne ? "its own \(other)" : "their own \(other)"
      let near =
        least == 1
        ? "\(isOne ? "lies" : "lie") nearest to \(own)"
        : "\(isOne ? "has" : "have") \(own) among the \(least) nearest"
      return "\(share) of \(Wording.count(entry.count, what)) \(near)"
        + (entry.chance.map { " (by chance \(chance($0)))" } ?? "")
    }
    return Wording.list(parts) + "."
  }

  /// A share that is not nothing where it is small.
  private static func chance(_ share: Double) -> String {
    share > 0 && share < 0.0005 ? "less than 0.1 %" : Wording.percent(share)
  }

  private static func kept(_ counts: ScoreManifest.Counts) -> String? {
    counts.kept.map { kept in
      let share = counts.scored > 0 ? Double(kept) / Double(counts.scored) : 0
      return
        "\(Wording.grouped(kept)) of \(Wording.grouped(counts.scored)) pairs with a score were kept "
        + "(\(Wording.percent(share)))."
    }
  }

  private static func unscored(_ counts: ScoreManifest.Counts, output: String) -> String? {
    let count = counts.records - counts.scored
    guard count > 0 else { return nil }
    return "\(Wording.grouped(count)) of \(Wording.count(counts.records, "pair")) "
      + "\(count == 1 ? "has" : "have") no score; the column error of \(output) says why."
  }

  private static func truncated(_ counts: ScoreManifest.Counts) -> String? {
    guard counts.truncated > 0 else { return nil }
    return
      "\(Wording.count(counts.truncated, "caption")) \(counts.truncated == 1 ? "is" : "are") longer "
      + "than the model's context, so that \(counts.truncated == 1 ? "its end is" : "their ends are") not scored."
  }

  /// `24.31 (95 % interval 24.11 to 24.51)`.
  private static func number(_ entry: ScoreSummary.Entry, named isNamed: Bool) -> String {
    entry.quantity.text(entry.estimate)
      + (entry.interval.map {
        " (\(isNamed ? "95 % interval " : "")\(entry.quantity.range($0)))"
      } ?? "")
  }
}
