public import LinearAlgebra

/// t-distributed stochastic neighbour embedding: points in the plane, near where neighbours are near.
///
/// Method: van der Maaten & Hinton 2008 (JMLR 9:2579–2605), with affinities over the nearest
/// neighbours alone (van der Maaten 2014, JMLR 15:3221–3245), the initialisation from principal
/// components and the learning rate of n over the exaggeration (Kobak & Berens 2019,
/// doi:10.1038/s41467-019-13056-x; Belkina et al. 2019, doi:10.1038/s41467-019-13055-y). Descent with
/// a gain a coordinate, steps of at most 5, and momentum 0.8, then 0.9 (with 0.8 throughout, 500
/// iterations after the exaggeration are too few for 50,000 points). The same seed gives the same
/// bytes for any number of threads.
public struct TSNE: Sendable, Equatable {
  /// How the repulsive forces between all pairs of points are found.
  public enum Repulsion: String, Sendable, CaseIterable {
    /// The fastest for the number of points: exact for few, interpolated for many.
    case automatic
    /// Pair by pair: O(n²).
    case exact
    /// By a quadtree, with an error of up to 3 % of the root mean square force: O(n log n).
    case barnesHut = "barnes-hut"
    /// By convolution on a grid, with an error of up to 2 % of the root mean square force (0.6 % where
    /// points are dense): O(n) and the area of the layout.
    case interpolated
  }

  /// The effective number of neighbours of a point, 2 to the power of the entropy in bits.
  public var perplexity = 30.0
  /// The factor of the attractive forces in the first iterations.
  public var earlyExaggeration = 12.0
  /// How many iterations are exaggerated.
  public var exaggeratedIterations = 250
  /// How many iterations there are in all.
  public var iterations = 750
  /// The factor of the gradient; `nil` takes the number of points over the exaggeration.
  public var learningRate: Double?
  /// The seed of the jitter of the initialisation.
  public var seed: UInt64 = 0
  /// How the repulsive forces are found.
  public var repulsion = Repulsion.automatic

  /// The usual settings.
  public init() {}

  /// How many nearest neighbours of every point the affinities extend over: ⌊3 · perplexity⌋.
  public var neighborCount: Int { Int(min(3 * perplexity, 1e9)) }

  /// Checks the settings, also against a number of points.
  ///
  /// - Parameter pointCount: The number n of points.
  /// - Throws: `AnalysisError.invalid` for fewer than 5 points, a perplexity below 1 or of n / 3 and
  ///   more, and a setting that is out of range.
  public func validate(pointCount: Int) throws {
    guard pointCount >= 5 else {
      throw AnalysisError.invalid("t-SNE of \(pointCount) points; it needs at least 5")
    }
    guard perplexity >= 1, perplexity < Double(pointCount) / 3 else {
      throw AnalysisError.invalid(
        "a perplexity of \(perplexity) for \(pointCount) points; expected 1 to "
          + "\(Double((pointCount - 1) * 100 / 3) / 100), for affinities extend over three times as "
          + "many neighbours")
    }
    guard pointCount <= Int(Int32.max) / neighborCount else {
      throw AnalysisError.invalid(
        "t-SNE of \(pointCount) points with \(neighborCount) neighbours each; expected at most "
          + "\(Int32.max) neighbours in all: take fewer points or a smaller perplexity")
    }
    guard earlyExaggeration.isFinite, earlyExaggeration > 0 else {
      throw AnalysisError.invalid(
        "an early exaggeration of \(earlyExaggeration); expected a positive number such as 12")
    }
    guard iterations >= 0, 0...iterations ~= exaggeratedIterations else {
      throw AnalysisError.invalid(
        "\(exaggeratedIterations) exaggerated iterations of \(iterations) in all; expected neither "
          + "to be negative, and the first to be at most the second")
    }
    if let learningRate, !(learningRate.isFinite && learningRate > 0) {
      throw AnalysisError.invalid(
        "a learning rate of \(learningRate); expected a positive number, or none for n over the "
          + "exaggeration")
    }
  }

  /// Lays points out in the plane.
  ///
  /// Where no width of a normal distribution has the perplexity (equal distances to all neighbours, or
  /// more duplicates of a point than the perplexity), the affinities to the nearest are equal.
  /// Duplicates end near one another, some in the same place; points that begin in one place, with
  /// equal affinities, stay together. Neither gives a number that is not finite.
  ///
  /// - Parameters:
  ///   - neighbors: The `neighborCount` nearest other points of every point, from rows 0 to n − 1.
  ///   - initialization: The first positions, shape [n, 2], such as those of `initialization(from:)`.
  ///   - control: How to watch and stop the computation; asked before every iteration.
  /// - Returns: The positions and their divergence.
  /// - Throws: `AnalysisError.invalid` for settings out of range, another number of neighbours,
  ///   another shape, and numbers that are not finite; `CancellationError`.
  /// - Complexity: O(iterations · (n · perplexity + repulsion)) time, O(n · perplexity) memory.
  public func layout(
    neighbors: NearestNeighbors, initialization: Matrix<Float>,
    control: ComputationControl = ComputationControl()
  ) throws -> TSNELayout {
    let n = neighbors.rowCount
    try validate(pointCount: n)
    try validate(neighbors)
    guard initialization.rows == n, initialization.columns == 2 else {
      throw AnalysisError.invalid(
        "an initialisation of \(initialization.rows) × \(initialization.columns) numbers for "
          + "\(n) points; expected \(n) × 2")
    }
    if let fault = initialization.values.firstIndex(where: { !$0.isFinite }) {
      throw AnalysisError.invalid(
        "the initialisation has \(initialization.values[fault]) for point \(fault / 2) (counted "
          + "from 0); every position must be finite")
    }
    let affinities = try Affinities(of: neighbors, perplexity: perplexity, control: control)
    let descent = GradientDescent(
      initialization: initialization, affinities: affinities, forces: forces(pointCount: n))
    for iteration in 0..<iterations {
      try control.check()
      if iteration == exaggeratedIterations { descent.reset() }
      let exaggeration = iteration < exaggeratedIterations ? earlyExaggeration : 1
      descent.step(
        exaggeration: exaggeration, learningRate: learningRate ?? Double(n) / exaggeration,
        momentum: iteration < exaggeratedIterations ? 0.8 : 0.9)
      control.report("t-SNE iterations", iteration + 1, iterations)
    }
    let measuring = n <= Self.largestExactDivergence ? ExactRepulsion() : forces(pointCount: n)
    return TSNELayout(
      positions: Matrix(rows: n, columns: 2, values: descent.positions.interleaved),
      klDivergence: descent.divergence(by: measuring))
  }

  // All pairs of so many points take about a second.
  private static let largestExactDivergence = 65_536
  // Up to so many points all pairs are faster than a grid, which grows with the layout's area.
  private static let largestExact = 2_000

  private func forces(pointCount: Int) -> any RepulsiveForces {
    switch repulsion {
    case .exact: ExactRepulsion()
    case .barnesHut: BarnesHutRepulsion()
    case .interpolated: GridRepulsion(pointCount: pointCount)
    case .automatic:
      pointCount <= Self.largestExact ? ExactRepulsion() : GridRepulsion(pointCount: pointCount)
    }
  }

  private func validate(_ neighbors: NearestNeighbors) throws {
    guard neighbors.neighborCount == neighborCount else {
      throw AnalysisError.invalid(
        "\(neighbors.neighborCount) neighbours a point for a perplexity of \(perplexity); expected "
          + "\(neighborCount), three times the perplexity")
    }
    let n = neighbors.rowCount
    for (place, index) in neighbors.indices.enumerated() where index < 0 || Int(index) >= n {
      throw AnalysisError.invalid(
        "point \(place / neighbors.neighborCount) has the neighbour \(index); expected 0 to "
          + "\(n - 1), a row of the same points")
    }
    if let fault = neighbors.distances.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw AnalysisError.invalid(
        "point \(fault / neighbors.neighborCount) has a neighbour at distance "
          + "\(neighbors.distances[fault]); distances must be finite and not negative")
    }
  }
}

/// A layout of points in the plane by t-SNE.
public struct TSNELayout: Sendable, Equatable {
  /// The positions, shape [n, 2], centred.
  public let positions: Matrix<Float>
  /// The Kullback–Leibler divergence of the similarities in the plane from the affinities, in nats.
  ///
  /// Over all pairs up to 65,536 points; beyond, the normalisation is that of the repulsion's route,
  /// which makes an error of less than 0.005.
  public let klDivergence: Double
}
