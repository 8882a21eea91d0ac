import Analyses
import LinearAlgebra
import Runs
import Topology

/// The confidence band of a cloud's diagram, from subsamples of the cloud.
///
/// The half width is `DiagramConfidenceBand`'s of twice the Hausdorff distances of subsamples, since the
/// values of a Vietoris–Rips filtration are diameters. Subsamples are the same under every condition.
struct CloudBand: Codable, Sendable {
  private static let confidence = 0.95

  private let points: Int
  private let subsample: Int
  private let replicates: Int
  private let band: DiagramConfidenceBand
  /// The cloud's largest distance: no bar is longer.
  private let diameter: Double

  /// Whether bands are wanted, and the distances have a triangle inequality, without which the theorem does
  /// not apply.
  static func isDefined(_ settings: TopologySettings) -> Bool {
    settings.bandReplicates > 0 && settings.metric.isMetric
  }

  /// The band of a cloud whose points are a sample; nil when there are too few points to leave some out.
  ///
  /// - Throws: `CancellationError`.
  init?(
    _ distances: SquareDistances, scope: Scope, settings: TopologySettings,
    isCancelled: @Sendable () -> Bool
  ) throws {
    let drawing = DiagramConfidenceBand.Drawing.subsample(of: distances.count)
    guard case .subsample(let subsample) = drawing, subsample < distances.count else { return nil }
    points = distances.count
    self.subsample = subsample
    replicates = settings.bandReplicates
    band = try DiagramConfidenceBand(
      count: distances.count, drawing: drawing, confidence: Self.confidence,
      resampling: Resampling(
        scope.name, replicates: settings.bandReplicates, seed: settings.resamplingSeed)
    ) { points in
      if isCancelled() { throw CancellationError() }
      return 2 * Double(distances.hausdorffDistance(of: points))
    }
    diameter = Double(distances.diameter)
  }

  /// The row of `bands.csv`.
  ///
  /// - Parameters:
  ///   - scope: The cloud.
  ///   - condition: The condition.
  ///   - diagram: The cloud's diagram, whose essential classes count as significant.
  ///   - maximumDimension: The highest dimension that was computed.
  /// - Returns: The cells of `BandColumns`.
  func row(
    _ scope: Scope, _ condition: Condition, _ diagram: PersistenceDiagram, maximumDimension: Int
  ) -> [TableCell] {
    func significant(_ dimension: Int) -> Int? {
      guard dimension <= maximumDimension else { return nil }
      return diagram.bars(dimension: dimension).count {
        band.isSignificant(birth: $0.birth, death: $0.death)
      }
    }
    return [BandColumns.scope(scope.name)] + condition.cells + [
      BandColumns.confidence(band.confidence), BandColumns.points(points),
      BandColumns.subsample(subsample), BandColumns.replicates(replicates),
      BandColumns.halfWidth(band.halfWidth), BandColumns.significantH0(significant(0)),
      BandColumns.significantH1(significant(1)), BandColumns.diameter(diameter),
    ]
  }
}
