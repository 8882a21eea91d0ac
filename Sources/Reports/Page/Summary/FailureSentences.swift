import RunAnalyses
import Runs

/// Whether anything tells which answers fail, image by image: what `failure_scores.csv` says of the mean over levels.
struct FailureSentences {
  private typealias Columns = FailureScoreColumns

  /// A signal's score for an event.
  private struct Score {
    let noise: String
    let event: String
    let signal: String
    let needsClean: Bool
    let auroc: Double?
    let interval: Interval?
    let difference: Double?
    let p: Double?

    /// `0.709 (95 % 0.65 to 0.76)`.
    var numbers: String {
      guard let auroc else { return "no AUROC" }
      return "AUROC \(Quantity.distance.text(auroc))"
        + (interval.map { ", 95 % \(Quantity.distance.range($0))" } ?? "")
    }
  }

  /// What plain confidence is called.
  private static let confidence = "confidence"
  private let scores: [Score]

  init(_ run: ReportedRun) throws {
    guard let table = try run.table(Columns.file)?.rows(where: Columns.level == nil) else {
      scores = []
      return
    }
    let (noises, events) = (try table[Columns.noise], try table[Columns.event])
    let (signals, needs) = (try table[Columns.signal], try table[Columns.needsClean])
    let auroc = try table.valuesIfKnown(Columns.auroc)
    let (low, high) = (
      try table.valuesIfKnown(Columns.aurocLow), try table.valuesIfKnown(Columns.aurocHigh)
    )
    let (difference, p) = (
      try table.valuesIfKnown(Columns.difference), try table.valuesIfKnown(Columns.adjusted)
    )
    scores = noises.indices.map { i in
      Score(
        noise: noises[i], event: events[i], signal: signals[i], needsClean: needs[i] == "yes",
        auroc: auroc[i], interval: Interval(low[i], high[i]), difference: difference[i], p: p[i])
    }
  }

  /// What tells a wrong answer, and a flip, under a kind of noise.
  func sentences(_ noise: String) -> [Sentence] {
    [
      ("wrong", "whether an answer is wrong"),
      ("flip", "whether it is another than on the clean image"),
    ].compactMap { event, words in
      let own = scores.filter { $0.noise == noise && $0.event == event && $0.auroc != nil }
      guard let plain = own.first(where: { $0.signal == Self.confidence }),
        let best = own.filter({ !$0.needsClean }).max(by: { ($0.auroc ?? 0) < ($1.auroc ?? 0) })
      else { return nil }
      let start = "Without the clean image, \(words) is told best by "
      var text: String
      if best.signal == plain.signal {
        text = start + "plain confidence (\(plain.numbers))."
      } else {
        let isApart = (best.p ?? 1) < 0.05
        text =
          start
          + "\(Self.words(best.signal)) (\(best.numbers)); plain confidence has \(plain.numbers)"
          + (isApart
            ? ", which is less (\(best.p.map { Wording.probability($0, name: "corrected p") } ?? ""))."
            : ", and the two are not shown to differ.")
      }
      let twin = own.filter(\.needsClean).max { ($0.auroc ?? 0) < ($1.auroc ?? 0) }
      if let twin, (twin.auroc ?? 0) > (best.auroc ?? 0), (twin.p ?? 1) < 0.05 {
        text += " With it, \(Self.words(twin.signal)) does better (\(twin.numbers))."
      }
      return Sentence(text, noise: noise, .figure("failures"), .table(Columns.file))
    }
  }

  /// What a sentence calls a signal.
  private static func words(_ signal: String) -> String {
    [
      "displacement": "how far the image moved",
      "neighbor_loss": "how many neighbours it lost",
      "margin": "the margin between the first two classes",
      "margin_clean": "that margin on the clean image",
      "confidence": "plain confidence",
      "confidence_clean": "the confidence on the clean image",
      "dimension": "the local dimension",
      "dimension_clean": "the local dimension of the clean image",
      "predicted_distance": "the distance to the predicted class's clean mean",
    ][signal] ?? signal.replacing("_", with: " ")
  }
}
