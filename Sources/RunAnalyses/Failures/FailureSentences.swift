import Analyses
import Foundation

/// What the scores of a kind of noise say, in words.
struct FailureSentences {
  let noise: String
  let scores: [FailureScore]

  /// A table of all signals in the mean over levels, and a sentence a kind of noise and event.
  static func markdown(_ noises: [FailureSentences]) -> String {
    let rows = noises.flatMap { noise in
      FailureSignal.allCases.map { signal -> String in
        let fields = FailureEvent.allCases.flatMap { event -> [String] in
          let score = noise.mean(event, signal)
          return [number(score?.auroc), number(score?.aurc)]
        }
        let cells = [noise.noise, signal.words, signal.needsClean ? "yes" : "no"] + fields
        return "| \(cells.joined(separator: " | ")) |\n"
      }
    }
    return
      "| noise | signal | needs the clean image | AUROC, wrong | AURC, wrong | AUROC, flip | AURC, flip |\n"
      + "|---|---|---|---:|---:|---:|---:|\n" + rows.joined() + "\n"
      + noises.flatMap { noise in FailureEvent.allCases.compactMap(noise.sentence) }
      .map { $0 + "\n" }.joined()
  }

  /// A signal in the mean over levels.
  private func mean(_ event: FailureEvent, _ signal: FailureSignal) -> FailureScore? {
    scores.first { $0.level == nil && $0.event == event && $0.signal == signal }
  }

  /// The best signal that does without the clean image, beside confidence; nil where nothing can be said.
  func sentence(_ event: FailureEvent) -> String? {
    guard let confidence = mean(event, .baseline), let plain = confidence.auroc else { return nil }
    let alone = FailureSignal.allCases.filter { !$0.needsClean }
    let best = alone.compactMap { mean(event, $0) }.filter { $0.auroc != nil }
      .max { ($0.auroc ?? 0) < ($1.auroc ?? 0) }
    guard let best, let area = best.auroc else { return nil }
    if best.signal == .baseline || area <= plain {
      return
        "\(noise): no signal that does without the clean image predicts \(event.words) better than plain "
        + "confidence, AUROC \(Self.number(plain))\(Self.interval(confidence))."
    }
    return
      "\(noise): of the signals that do without the clean image, \(best.signal.words) predicts "
      + "\(event.words) "
      + "best, AUROC \(Self.number(area))\(Self.interval(best)); plain confidence has "
      + "\(Self.number(plain))\(Self.interval(confidence)), and the difference of "
      + "\(Self.number(best.difference)) \(Self.verdict(best))."
  }

  private static func verdict(_ score: FailureScore) -> String {
    guard let p = score.adjusted else { return "could not be tested" }
    let shown = p < 0.001 ? "adjusted p < .001" : String(format: "adjusted p = %.3f", p)
    return p <= 0.05 ? "is more than chance (\(shown))" : "may be chance (\(shown))"
  }

  private static func number(_ value: Double?) -> String {
    value.map { String(format: "%.3f", $0) } ?? ""
  }

  private static func interval(_ score: FailureScore) -> String {
    guard let interval = score.aurocInterval else { return "" }
    return " (\(number(interval.low)) to \(number(interval.high)))"
  }
}
