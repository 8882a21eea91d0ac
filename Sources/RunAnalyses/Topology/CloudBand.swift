import Analyses
import Files
import Runs
import Topology

/// The confidence band of a cloud's diagram, from subsamples of the cloud.
///
/// The half width is `DiagramConfidenceBand`'s of twice the Hausdorff distances of subsamples, since the
/// values of a Vietoris–Rips filtration are diameters. Subsamples are the same under every condition.
struct CloudBand: Sendable {
  private static let confidence = 0.95

  package static let header =
    ["scope"] + Condition.tableColumns + [
      "confidence", "points", "subsample", "replicates", "half_width", "significant_h0",
      "significant_h1", "diameter",
    ]

  private let points: Int
  private let subsample: Int
  private let replicates: Int
  private let band: DiagramConfidenceBand
  /// The cloud's largest distance: no bar is longer.
  private let diameter: Double
  /// The bars of dimension 0 and 1 that are longer than twice the half width; nil for those that were
  /// not computed.
  private let significant: [Int?]

  /// The band of a cloud whose points are a sample; nil when the settings want none, when there are too
  /// few points to leave some out, and for distances without a triangle inequality, to which the theorem
  /// does not apply.
  ///
  /// - Throws: `TopologyError.cancelled`.
  package init?(
    _ distances: SquareDistances, diagram: PersistenceDiagram, scope: Scope,
    settings: TopologySettings, isCancelled: @Sendable () -> Bool
  ) throws {
    let drawing = DiagramConfidenceBand.Drawing.subsample(of: distances.count)
    guard case .subsample(let subsample) = drawing, subsample < distances.count,
      settings.bandReplicates > 0, settings.metric.isMetric
    else { return nil }
    points = distances.count
    self.subsample = subsample
    replicates = settings.bandReplicates
    let band = try DiagramConfidenceBand(
      count: distances.count, drawing: drawing, confidence: Self.confidence,
      resampling: Resampling(
        scope.name, replicates: settings.bandReplicates, seed: settings.resamplingSeed)
    ) { points in
      if isCancelled() { throw TopologyError.cancelled }
      return 2 * Double(distances.hausdorffDistance(of: points))
    }
    self.band = band
    diameter = Double(distances.diameter)
    significant = (0...1).map { dimension in
      guard dimension <= settings.maximumDimension else { return nil }
      return diagram.bars(dimension: dimension).count {
        band.isSignificant(birth: $0.birth, death: $0.death)
      }
    }
  }

  /// The line of `bands.csv`; essential classes count as significant.
  package func line(_ scope: Scope, _ condition: Condition) -> String {
    CSV.line(
      [scope.name] + condition.tableFields + [
        band.confidence.shortestText, "\(points)", "\(subsample)", "\(replicates)",
        band.halfWidth.shortestText,
      ] + significant.map { count in count.map { "\($0)" } ?? "" } + [diameter.shortestText])
  }
}
