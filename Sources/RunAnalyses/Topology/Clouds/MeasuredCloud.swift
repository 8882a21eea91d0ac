import Runs
import Topology

/// One cloud under one condition: its diagram and what its distances from others need.
struct MeasuredCloud: Codable, Sendable {
  let diagram: MeasuredDiagram
  /// The landmarks that stand for the cloud, if it is larger.
  let sample: LandmarkSample?
  /// How far its distances are from the clean cloud's; nil for that one, and when there is none.
  let bounds: DistanceBounds?
}

/// Landmarks that stand for a cloud.
struct LandmarkSample: Codable, Sendable {
  /// Their rows in the cloud, in the order in which they were chosen.
  let rows: [Int]
  /// The largest distance of a point of the cloud from its nearest landmark.
  let coveringRadius: Double
  /// A bound on the bottleneck distance between the landmarks' diagrams and the cloud's.
  let certifiedError: Double

  /// The row of `landmarks.csv`.
  func row(_ scope: Scope, _ condition: Condition) -> [TableCell] {
    [LandmarkColumns.scope(scope.name)] + condition.cells + [
      LandmarkColumns.landmarks(rows.count), LandmarkColumns.points(scope.rows.count),
      LandmarkColumns.coveringRadius(coveringRadius), LandmarkColumns.error(certifiedError),
    ]
  }
}

extension LandmarkSample {
  /// The rows of `landmark_rows.csv`.
  func imageRows(_ scope: Scope, _ samples: SampleTable) -> [[TableCell]] {
    rows.enumerated().map { place, point in
      let row = scope.rows[point]
      return [
        LandmarkColumns.scope(scope.name), LandmarkColumns.landmark(place),
        LandmarkColumns.row(row), LandmarkColumns.path(samples.paths[row]),
        LandmarkColumns.className(samples.classes[samples.labels[row]]),
      ]
    }
  }
}

/// max |d_ij − d'_ij| between the clean cloud and another, whose points are matched by row: the diagrams'
/// bottleneck distance is at most that (Cohen-Steiner, Edelsbrunner & Harer 2007,
/// doi:10.1007/s00454-006-1276-5; Chazal, de Silva & Oudot 2014, doi:10.1007/s10711-013-9937-z).
struct DistanceBounds: Codable, Sendable {
  /// Of the clouds as they are.
  let raw: Double
  /// Of the clouds divided by their medians; nil where one cannot be.
  let scaled: Double?

  /// The bound at a scale.
  subscript(scale: DiagramScale) -> Double? { scale == .none ? raw : scaled }
}
