import Analyses
import Runs

/// How well one signal predicts one event, at one level or in the mean over those of a kind of noise.
struct FailureScore: Codable, Sendable {
  /// nil for the mean over levels.
  let level: Double?
  let event: FailureEvent
  let signal: FailureSignal
  let images: Int
  let events: Int
  /// nil where all images or none have the event; so is the other area.
  let auroc: Double?
  let aurocInterval: ConfidenceInterval?
  let aurc: Double?
  let aurcInterval: ConfidenceInterval?
  /// The area under the ROC curve less that of confidence; nil for confidence.
  let difference: Double?
  let differenceInterval: ConfidenceInterval?
  let p: Double?
  /// p corrected for the other signals.
  var adjusted: Double?
  let notes: [String]

  /// What a comparison says; nil where there is none to be made.
  init(
    level: Double?, event: FailureEvent, signal: FailureSignal, images: Int, events: Int,
    _ comparison: AreaComparison?, notes: [String]
  ) {
    self.level = level
    self.event = event
    self.signal = signal
    self.images = images
    self.events = events
    auroc = comparison?.underROC
    aurocInterval = comparison?.underROCInterval
    aurc = comparison?.underRiskCoverage
    aurcInterval = comparison?.underRiskCoverageInterval
    difference = comparison?.difference
    // No area is beyond 0 and 1, and no difference of two beyond 1.
    differenceInterval = comparison?.differenceJackknife?.interval().map {
      ConfidenceInterval(low: max(-1, $0.low), high: min(1, $0.high), method: $0.method)
    }
    p = comparison?.differenceJackknife?.pValue
    self.notes = notes + (comparison?.obstacles.map { Self.words($0, event) } ?? [])
  }

  private static func words(_ obstacle: AreaComparison.Obstacle, _ event: FailureEvent) -> String {
    switch obstacle {
    case .clusters:
      "no interval: fewer than \(AreaComparison.fewestClusters) classes"
    case .oneCluster:
      "no interval: without one class all images or none have the event"
    case .noError: "no interval of an area of 0 or 1"
    case .noSpread: "no interval: the area is the same without any class"
    }
  }

  /// The row of `failure_scores.csv`.
  func row(noise: String) -> [TableCell] {
    typealias Columns = FailureScoreColumns
    return [
      Columns.noise(noise), Columns.level(level), Columns.event(event.rawValue),
      Columns.signal(signal.rawValue), Columns.needsClean(signal.needsClean ? "yes" : "no"),
      Columns.images(images), Columns.events(events),
      Columns.auroc(auroc), Columns.aurocLow(aurocInterval?.low),
      Columns.aurocHigh(aurocInterval?.high),
      Columns.aurc(aurc), Columns.aurcLow(aurcInterval?.low), Columns.aurcHigh(aurcInterval?.high),
      Columns.difference(difference), Columns.differenceLow(differenceInterval?.low),
      Columns.differenceHigh(differenceInterval?.high), Columns.p(p), Columns.adjusted(adjusted),
      Columns.note(notes.joined(separator: "; ")),
    ]
  }
}
