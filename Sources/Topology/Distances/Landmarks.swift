import CKernels
public import LinearAlgebra

/// Points that stand for a cloud, chosen one after another, each as far as possible from those before
/// (maxmin or farthest-point sampling; de Silva and Carlsson 2004, doi:10.2312/SPBG/SPBG04/157-166).
public struct Landmarks: Sendable, Equatable {
  /// The points, in the order of choice.
  public let indices: [Int]
  /// The largest distance of any point from its nearest landmark.
  public let coveringRadius: Float
  /// A bound on the bottleneck distance between the Vietoris–Rips diagrams, in any dimension, of the
  /// landmarks and of the whole.
  ///
  /// Matching every point with its nearest landmark changes no distance by more than twice the
  /// covering radius r, by the triangle inequality, so the clouds' Gromov–Hausdorff distance is at
  /// most r; and with simplices entering at their diameter, the bottleneck distance is at most twice
  /// that one: 2 r (Chazal, de Silva and Oudot 2014, Theorem 5.2, doi:10.1007/s10711-013-9937-z).
  /// Where the triangle inequality fails, a metric says by its bound of displacements how much a distance
  /// can change when points move by r. One without such a bound leaves what the matching itself changes:
  /// the largest |d − d′| over all pairs, which needs their matrix. Distances that are given are taken to
  /// obey the triangle inequality.
  public let certifiedError: Double

  /// Chooses landmarks by given distances.
  ///
  /// - Parameters:
  ///   - distances: All distances.
  ///   - count: The number of landmarks, from 1 to the number of points.
  ///   - beginning: The first landmarks, at least one: all of them where they are known. Of several
  ///     points as far, the one with the least index is taken next.
  ///   - control: Cancels.
  /// - Throws: `TopologyError.invalid` for numbers out of range; `CancellationError`.
  /// - Complexity: O(n · count) time.
  public init(
    _ distances: SquareDistances, count: Int, beginning: [Int] = [0],
    control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(distances, count, beginning, bound: Metric.triangleBound, control)
  }

  private init(
    _ distances: SquareDistances, _ count: Int, _ beginning: [Int],
    bound: Metric.DisplacementBound?, _ control: ComputationControl
  ) throws {
    let (indices, radius) = try Self.choose(distances.count, count, beginning, control) {
      landmark, _, nearest in
      let row = unsafe distances.base + landmark * distances.stride
      for j in nearest.indices { nearest[j] = unsafe min(nearest[j], row[j]) }
    }
    self.init(
      indices, radius, bound?(Double(radius)) ?? distances.distortion(movingTo: indices))
  }

  /// Chooses landmarks among points, without their square matrix unless the metric needs it: one that
  /// is computed of the whole cloud, or that has no bound of displacements.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates].
  ///   - metric: How far apart two points are.
  ///   - count: The number of landmarks, from 1 to the number of points.
  ///   - beginning: The first landmarks, at least one: all of them where they are known. Of several
  ///     points as far, the one with the least index is taken next.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError.invalid` for numbers out of range and as `SquareDistances` does;
  ///   `CancellationError`.
  /// - Complexity: O(n · count · coordinates) time, O(n) memory; those of `SquareDistances` where it
  ///   is needed.
  public init(
    points: Matrix<Double>, metric: Metric = .euclidean, count: Int, beginning: [Int] = [0],
    workers: Int, control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(
      PointCloud(points, metric: metric, workers: workers, control: control), count, beginning,
      workers, control)
  }

  /// Chooses landmarks among points in single precision; see that for double precision.
  ///
  /// - Parameters:
  ///   - points: A point a row, [n, coordinates].
  ///   - metric: How far apart two points are.
  ///   - count: The number of landmarks, from 1 to the number of points.
  ///   - beginning: The first landmarks, at least one: all of them where they are known.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError`.
  /// - Complexity: As for double precision, without a copy of the points in it.
  public init(
    points: Matrix<Float>, metric: Metric = .euclidean, count: Int, beginning: [Int] = [0],
    workers: Int, control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(
      PointCloud(points, metric: metric, workers: workers, control: control), count, beginning,
      workers, control)
  }

  /// The distances of the landmarks, in the order of choice, among the points that they stand for.
  ///
  /// A metric of the whole cloud is computed of all points: of the landmarks alone it would be another,
  /// to which `certifiedError` says nothing.
  ///
  /// - Parameters:
  ///   - points: All points, [n, coordinates].
  ///   - metric: The metric by which they were chosen.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Returns: Distances of as many points as there are landmarks.
  /// - Throws: `TopologyError` as `SquareDistances` does.
  /// - Complexity: As `SquareDistances`: of the landmarks, or of all points for a metric of the whole
  ///   cloud.
  public func distances(
    of points: Matrix<Float>, metric: Metric, workers: Int,
    control: ComputationControl = ComputationControl()
  ) throws -> SquareDistances {
    guard case .kernel = metric.computation else {
      return try SquareDistances(
        points: points, metric: metric, workers: workers, control: control
      ).restricted(to: indices)
    }
    return try SquareDistances(
      points: points.selectingRows(indices), metric: metric, workers: workers, control: control)
  }

  private init(
    _ cloud: PointCloud, _ count: Int, _ beginning: [Int], _ workers: Int,
    _ control: ComputationControl
  ) throws {
    guard case .kernel(let kernel) = cloud.metric.computation,
      let bound = cloud.metric.displacementBound
    else {
      try self.init(
        SquareDistances(cloud, workers: workers, control: control), count, beginning,
        bound: cloud.metric.displacementBound, control)
      return
    }
    try cloud.requireSingleSpread()
    let tiles = try DistanceTiles(cloud, kernel, isExact: true, workers: 1, control: control)
    let part = 512
    let parts = WorkItems(
      count: (cloud.count + part - 1) / part, workers: workers, control: control)
    let (indices, radius) = try Self.choose(cloud.count, count, beginning, control) {
      landmark, chosen, nearest in
      let centre = cloud.point(landmark)
      let found = try parts.run(from: (row: [Double](), parts: [(item: Int, distances: [Float])]()))
      { state, item in
        let points = item * part..<min((item + 1) * part, cloud.count)
        if state.row.isEmpty { state.row = [Double](repeating: 0, count: cloud.dimension) }
        let distances = points.map { j in
          cloud.load(j, 0..<cloud.dimension, into: &state.row, at: 0)
          return Float(tiles.distance(tiles.sum(centre, state.row), landmark, j))
        }
        if let place = distances.firstIndex(where: { !$0.isFinite }) {
          throw SquareDistances.beyondSinglePrecision(landmark, points.lowerBound + place)
        }
        state.parts.append((item, distances))
      }
      for (item, distances) in found.flatMap(\.parts) {
        for (offset, distance) in distances.enumerated() {
          nearest[item * part + offset] = min(nearest[item * part + offset], distance)
        }
      }
      control.report("landmarks", chosen, count)
    }
    self.init(indices, radius, bound(Double(radius)))
  }

  private init(_ indices: [Int], _ coveringRadius: Float, _ certifiedError: Double) {
    self.indices = indices
    self.coveringRadius = coveringRadius
    self.certifiedError = certifiedError
  }

  /// Chooses landmarks after the first ones, while `approach` lowers each point's distance to its
  /// nearest landmark by a new landmark, told how many there are with it.
  private static func choose(
    _ pointCount: Int, _ count: Int, _ beginning: [Int], _ control: ComputationControl,
    approach: (_ landmark: Int, _ chosen: Int, _ nearest: inout [Float]) throws -> Void
  ) throws -> (indices: [Int], coveringRadius: Float) {
    guard (1...max(pointCount, 1)).contains(count), (1...count).contains(beginning.count),
      beginning.allSatisfy((0..<pointCount).contains)
    else {
      throw TopologyError.invalid(
        "\(count) landmarks that begin with \(beginning) are not possible with \(pointCount) "
          + "points; expected 1 to \(pointCount) landmarks, at least one to begin with, none of these beyond "
          + "point \(pointCount - 1)")
    }
    var indices: [Int] = []
    var nearest = [Float](repeating: .infinity, count: pointCount)
    var next = beginning[0]
    var radius: Float = 0
    while true {
      try control.check()
      indices.append(next)
      try approach(next, indices.count, &nearest)
      nearest[next] = -1  // chosen: below every distance
      next = 0
      for j in 1..<max(pointCount, 1) where nearest[j] > nearest[next] { next = j }
      radius = max(nearest[next], 0)
      if indices.count == count { break }
      if indices.count < beginning.count { next = beginning[indices.count] }
    }
    return (indices, radius)
  }
}
