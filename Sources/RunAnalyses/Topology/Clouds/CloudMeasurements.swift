import LinearAlgebra
import Runs
import Synchronization
import Topology

/// Measures the clouds of a run, the embeddings of all samples and of each class, under its conditions.
///
/// The clean clouds' distances are kept for as long as this lives: the others' are compared with them.
final class CloudMeasurements: Sendable {
  let scopes: [Scope]
  let control = ComputationControl(isCancelled: { Interruption.isRequested })
  private let context: RunContext
  private let settings: TopologySettings
  private let clean = Mutex<[Int: SquareDistances]>([:])
  private let progress: StageProgress

  init(_ context: RunContext, settings: TopologySettings) {
    self.context = context
    self.settings = settings
    scopes = Scope.all(of: context.samples)
    progress = StageProgress(isQuiet: context.isQuiet)
  }

  /// What is made of every cloud: of all samples alone on all threads, then of the classes side by side.
  func map<Value: Sendable>(
    _ transform: @Sendable (_ scope: Int, _ workers: Int) throws -> Value
  ) throws -> [Value] {
    try [transform(0, Parallel.workers)]
      + Parallel.tryMap(count: scopes.count - 1) { try transform($0 + 1, 1) }
  }

  // MARK: Clouds

  /// Measures the clouds of a condition.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - first: Those of the run's first condition, on whose points landmarks are chosen; nil when this is it.
  ///   - count: The number of conditions whose clouds are to be measured, for the progress.
  /// - Returns: A cloud a scope.
  /// - Throws: `FileError` naming embeddings that are damaged; `TopologyError`.
  func clouds(
    _ condition: Condition, first: [MeasuredCloud]?, of count: Int
  ) throws -> [MeasuredCloud] {
    let embeddings = try context.embeddings(condition)
    return try map { scope, workers in
      let (distances, sample) = try distances(
        embeddings, scope: scope, sample: first?[scope].sample, workers: workers)
      let diagram = try diagram(distances, workers: workers)
      var bounds: DistanceBounds?
      if condition == .clean {
        clean.withLock { $0[scope] = distances }
      } else if let first, context.conditions.first == .clean {
        bounds = DistanceBounds(
          from: try cleanDistances(scope, first[scope], workers: workers),
          median: first[scope].diagram.median, to: distances, median: diagram.median)
      }
      progress.step("diagrams", total: scopes.count * count)
      return MeasuredCloud(diagram: diagram, sample: sample, bounds: bounds)
    }
  }

  /// The distances of a clean cloud, computed when they are not there.
  func cleanDistances(
    _ scope: Int, _ cloud: MeasuredCloud, workers: Int
  ) throws -> SquareDistances {
    if let known = clean.withLock({ $0[scope] }) { return known }
    let distances = try distances(
      context.embeddings(.clean), scope: scope, sample: cloud.sample, workers: workers
    ).distances
    clean.withLock { $0[scope] = distances }
    return distances
  }

  /// The distances of a cloud's points, or of the landmarks that stand for them.
  private func distances(
    _ embeddings: Matrix<Float>, scope: Int, sample: LandmarkSample?, workers: Int
  ) throws -> (distances: SquareDistances, sample: LandmarkSample?) {
    let points = embeddings.selectingRows(scopes[scope].rows)
    guard let count = settings.landmarks, count < points.rows else {
      let distances = try SquareDistances(
        points: points, metric: settings.metric, workers: workers, control: control)
      return (distances, nil)
    }
    let landmarks = try Landmarks(
      points: points, metric: settings.metric, count: sample?.rows.count ?? count,
      beginning: sample?.rows ?? [0], workers: workers, control: control)
    let distances = try landmarks.distances(
      of: points, metric: settings.metric, workers: workers, control: control)
    return (
      distances,
      LandmarkSample(
        rows: landmarks.indices, coveringRadius: Double(landmarks.coveringRadius),
        certifiedError: landmarks.certifiedError)
    )
  }

  private func diagram(_ distances: SquareDistances, workers: Int) throws -> MeasuredDiagram {
    let rips = VietorisRips(
      maximumDimension: settings.maximumDimension, threshold: settings.threshold)
    let persistence = try rips.persistence(
      of: .dense(distances), workers: workers, control: control)
    return MeasuredDiagram(
      diagram: persistence.diagram, median: distances.median(workers: workers))
  }

  // MARK: What else is made of their distances

  /// The confidence bands of a condition's clouds; none where landmarks stand for a cloud, which are no sample
  /// of it.
  ///
  /// - Throws: As `clouds`.
  func bands(_ condition: Condition) throws -> [CloudBand?] {
    let embeddings = try context.embeddings(condition)
    return try map { scope, workers in
      guard settings.landmarks.map({ $0 >= scopes[scope].rows.count }) ?? true else { return nil }
      return try CloudBand(
        distances(embeddings, scope: scope, sample: nil, workers: workers).distances,
        scope: scopes[scope], settings: settings, isCancelled: control.isCancelled)
    }
  }

  /// The distances between the diagrams of random halves of the clean clouds: what sampling alone does.
  ///
  /// - Parameter clouds: The clean clouds.
  /// - Returns: By scope, a reference a kind of distance.
  /// - Throws: As `clouds`.
  func betweenHalves(_ clouds: [MeasuredCloud]) throws -> [[HalvesReference]] {
    let kinds = DistanceKind.all(upTo: settings.maximumDimension)
    let halves = try map { scope, workers in
      let distances = try cleanDistances(scope, clouds[scope], workers: workers)
      return try (0..<settings.halvings).compactMap {
        draw -> (MeasuredDiagram, MeasuredDiagram)? in
        guard distances.count >= 2 else { return nil }
        var stream = RandomStream(
          domain: "topology/halving", seed: settings.halvingSeed,
          identity: Array("\(draw) \(scopes[scope].name)".utf8))
        let rows = (0..<distances.count).shuffled(using: &stream)
        let middle = rows.count / 2
        func half(_ rows: ArraySlice<Int>) throws -> MeasuredDiagram {
          try diagram(distances.restricted(to: rows.sorted()), workers: workers)
        }
        return (try half(rows[..<middle]), try half(rows[middle...]))
      }
    }
    let references = try Parallel.tryMap(count: scopes.count * kinds.count) { index in
      HalvesReference(
        try kinds[index % kinds.count].distances(
          halves[index / kinds.count], exactLimit: settings.exactWassersteinLimit, control: control)
      )
    }
    return scopes.indices.map { Array(references[$0 * kinds.count..<($0 + 1) * kinds.count]) }
  }
}

extension DistanceBounds {
  /// The bounds between two clouds and their medians.
  fileprivate init(
    from clean: SquareDistances, median cleanMedian: Double?, to distances: SquareDistances,
    median: Double?
  ) {
    raw = distances.largestDifference(from: clean)
    if let median, let cleanMedian, median > 0, cleanMedian > 0 {
      scaled = distances.largestDifference(from: clean, scale: median, otherScale: cleanMedian)
    } else {
      scaled = nil
    }
  }
}
