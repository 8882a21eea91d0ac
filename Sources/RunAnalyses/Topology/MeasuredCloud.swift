import LinearAlgebra
import Runs
import Topology

/// Landmarks that stand for a cloud.
struct LandmarkSample: Sendable {
  /// Their rows in the cloud, in the order in which they were chosen.
  package let rows: [Int]
  /// The largest distance of a point of the cloud from its nearest landmark.
  let coveringRadius: Double
  /// A bound on the bottleneck distance between the landmarks' diagrams and the cloud's.
  package let certifiedError: Double
}

/// One cloud under one condition: its diagram and what its distances from others need.
struct MeasuredCloud: Sendable {
  package let diagram: MeasuredDiagram
  package let sample: LandmarkSample?
  /// max |d_ij − d'_ij| from the clean cloud, raw and with each cloud divided by its median.
  let bounds: [DiagramScale: Double]
  /// The distances, when this is the clean cloud, which the others are measured from.
  package let clean: CleanDistances?
  package let halves: [(MeasuredDiagram, MeasuredDiagram)]
  /// The band of the diagram; none where landmarks stand for the cloud, which are no sample of it.
  package let band: CloudBand?

  /// The clean cloud's distances and their median.
  struct CleanDistances: Sendable {
    package let distances: SquareDistances
    package let median: Double?
  }

  /// Measures a cloud.
  ///
  /// - Parameters:
  ///   - embeddings: The cloud's points, [points, dimension].
  ///   - scope: Which cloud it is; names the random halves.
  ///   - condition: The noise.
  ///   - sample: The landmarks chosen before; nil to choose them here when the cloud is larger.
  ///   - clean: The clean cloud; nil while there is none.
  ///   - settings: How diagrams are computed.
  ///   - workers: Threads.
  ///   - control: Watches and stops.
  /// - Throws: `TopologyError`.
  package init(
    _ embeddings: Matrix<Float>, scope: Scope, condition: Condition, sample: LandmarkSample?,
    clean: CleanDistances?, settings: TopologySettings, workers: Int, control: ComputationControl
  ) throws {
    var ofLandmarks: SquareDistances?
    var sampled: LandmarkSample?
    if let count = settings.landmarks, count < embeddings.rows {
      let landmarks =
        try sample.map {
          try Landmarks(
            points: embeddings, metric: settings.metric, chosen: $0.rows, workers: workers,
            control: control)
        }
        ?? Landmarks(
          points: embeddings, metric: settings.metric, count: count, workers: workers,
          control: control)
      sampled = LandmarkSample(
        rows: landmarks.indices, coveringRadius: Double(landmarks.coveringRadius),
        certifiedError: landmarks.certifiedError)
      ofLandmarks = try landmarks.distances(
        of: embeddings, metric: settings.metric, workers: workers, control: control)
    }
    self.sample = sampled
    let distances =
      try ofLandmarks
      ?? SquareDistances(
        points: embeddings, metric: settings.metric, workers: workers, control: control)
    diagram = try Self.measure(
      distances, settings: settings, workers: workers, control: control)
    var bounds: [DiagramScale: Double] = [:]
    if let clean, condition != .clean {
      bounds[.none] = distances.largestDifference(from: clean.distances)
      if let own = diagram.median, let other = clean.median, own > 0, other > 0 {
        bounds[.median] = distances.largestDifference(
          from: clean.distances, scale: own, otherScale: other)
      }
    }
    self.bounds = bounds
    band =
      try sampled == nil
      ? CloudBand(
        distances, diagram: diagram.diagram, scope: scope, settings: settings,
        isCancelled: control.isCancelled) : nil
    guard condition == .clean else {
      self.clean = nil
      halves = []
      return
    }
    self.clean = CleanDistances(distances: distances, median: diagram.median)
    halves = try (0..<settings.halvings).compactMap { draw in
      guard distances.count >= 2 else { return nil }
      var stream = RandomStream(
        domain: "topology/halving", seed: settings.halvingSeed,
        identity: Array("\(draw) \(scope.name)".utf8))
      let rows = (0..<distances.count).shuffled(using: &stream)
      let middle = rows.count / 2
      func half(_ rows: ArraySlice<Int>) throws -> MeasuredDiagram {
        try Self.measure(
          distances.restricted(to: rows.sorted()), settings: settings, workers: workers,
          control: control)
      }
      return (try half(rows[..<middle]), try half(rows[middle...]))
    }
  }

  private static func measure(
    _ distances: SquareDistances, settings: TopologySettings, workers: Int,
    control: ComputationControl
  ) throws -> MeasuredDiagram {
    let rips = VietorisRips(
      maximumDimension: settings.maximumDimension, threshold: settings.threshold)
    let persistence = try rips.persistence(
      of: .dense(distances), workers: workers, control: control)
    return MeasuredDiagram(
      diagram: persistence.diagram, median: distances.median(workers: workers))
  }
}
