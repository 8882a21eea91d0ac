public import LinearAlgebra

/// Vietoris–Rips persistence: the settings, and the diagram of a filtration.
///
/// At the value t the complex has every set of points whose pairwise distances are all at most t; a
/// bar of dimension k is a k-dimensional hole, from the value at which it opens to the one at which it
/// is filled (Edelsbrunner, Letscher & Zomorodian 2002, doi:10.1007/s00454-002-2885-2).
public struct VietorisRips: Sendable {
  /// The highest dimension of holes, from 0.
  public var maximumDimension: Int
  /// The largest value at which simplices enter; nil for the enclosing radius, which changes nothing.
  public var threshold: Double?
  /// The characteristic of the field of coefficients: a prime below 2¹⁵.
  public var prime: Int
  /// Whether bars of length zero are listed.
  public var keepsZeroLength: Bool
  /// Whether chains that carry each bar are computed.
  public var withRepresentatives: Bool
  /// What every birth and death is divided by; the threshold is compared after the division.
  public var scale: Double

  /// A diagram, and what goes with it.
  public struct Persistence: Sendable {
    /// The bars by dimension, birth and death.
    public let diagram: PersistenceDiagram
    /// One a bar, in the diagram's order, when they were asked for; else empty.
    public let representatives: [Representative]
    /// Where the filtration ends: the given threshold or the enclosing radius; infinite for a graph
    /// without a threshold.
    public let threshold: Double
  }

  /// Settings as given.
  public init(
    maximumDimension: Int = 1, threshold: Double? = nil, prime: Int = 2,
    keepsZeroLength: Bool = false, withRepresentatives: Bool = false, scale: Double = 1
  ) {
    precondition(maximumDimension >= 0 && scale > 0)
    self.maximumDimension = maximumDimension
    self.threshold = threshold
    self.prime = prime
    self.keepsZeroLength = keepsZeroLength
    self.withRepresentatives = withRepresentatives
    self.scale = scale
  }

  /// Checks a field's characteristic.
  ///
  /// - Throws: `TopologyError.invalid` when `prime` is no prime below 2¹⁵.
  public static func requirePrime(_ prime: Int) throws {
    try PrimeField.requirePrime(prime)
  }

  /// The persistence of a filtration.
  ///
  /// Three engines give the same bars: `FirstHomology` (H0 and H1 of dense distances over Z/2),
  /// `SmallCloudHomology` (H2 of up to some hundred points over Z/2), and `CohomologyEngine` for
  /// everything else.
  ///
  /// - Parameters:
  ///   - filtration: Dense distances or a graph.
  ///   - workers: Threads; any number gives the same bars.
  ///   - control: Watches and stops the computation.
  /// - Returns: The diagram, exact for the filtration's values.
  /// - Throws: `TopologyError`: a bad prime, too little memory, or cancelled.
  /// - Complexity: See the engines; H1 of n points in general position takes little more than n² / 2
  ///   distances, looked at a few times.
  public func persistence(
    of filtration: Filtration, workers: Int, control: ComputationControl = ComputationControl()
  ) throws -> Persistence {
    try Self.requirePrime(prime)
    try filtration.requireScale(scale)
    let limit = filtration.limit(ofThreshold: threshold ?? .infinity, scale: scale)
    var bars: [FiltrationBar]
    let end: Float
    switch filtration.values {
    case .dense(let distances):
      end = threshold == nil ? distances.enclosingRadius(workers: workers) : limit
      // Pairs without a distance, which is infinite then, never enter.
      let last =
        distances.adjustments.absentPairs > 0 ? min(limit, .greatestFiniteMagnitude) : limit
      bars =
        limit < 0
        ? [] : try denseBars(distances, threshold: last, workers: workers, control: control)
    case .sparse(let distances):
      end = limit
      bars =
        limit < 0
        ? []
        : try sparseBars(distances, threshold: limit, workers: workers, control: control)
    }
    bars.sort {
      ($0.dimension, $0.birth, $0.death) < ($1.dimension, $1.birth, $1.death)
    }
    let decode = { (value: Float) in filtration.distance(of: value) / self.scale }
    return Persistence(
      diagram: try PersistenceDiagram(
        bars.map {
          PersistenceBar(
            dimension: $0.dimension, birth: decode($0.birth), death: decode($0.death))
        }),
      representatives: bars.compactMap(\.representative),
      threshold: threshold ?? decode(end))
  }

  private func sparseBars(
    _ distances: SparseDistances, threshold: Float, workers: Int, control: ComputationControl
  ) throws -> [FiltrationBar] {
    let bars = try CohomologyEngine(
      distances, threshold: threshold, options: options(workers: workers, control: control)
    ).bars()
    guard !distances.births.isEmpty else { return bars }
    guard !withRepresentatives else {
      throw TopologyError.invalid(
        "chains that carry bars (--cocycles) are not computed of vertices that enter after 0; leave the rows of "
          + "a vertex with itself out")
    }
    // Edges come after their vertices: which of them join components and which make loops is the same.
    return bars.filter { $0.dimension > 0 }
      + distances.componentBars(threshold: threshold, keepsZeroLength: keepsZeroLength)
  }

  private func denseBars(
    _ distances: SquareDistances, threshold: Float, workers: Int, control: ComputationControl
  ) throws -> [FiltrationBar] {
    if prime == 2, !keepsZeroLength {
      if maximumDimension <= 1 {
        return try FirstHomology(
          distances, threshold: threshold, maximumDimension: maximumDimension,
          withRepresentatives: withRepresentatives, workers: workers, control: control
        ).bars()
      }
      let isSmall = SmallCloudHomology.isSuitable(
        count: distances.count, maximumDimension: maximumDimension)
      // Nil when more classes live at once than its words are made for.
      if isSmall, !withRepresentatives,
        let bars = try SmallCloudHomology.bars(
          distances, threshold: threshold, maximumDimension: maximumDimension, control: control)
      {
        return bars
      }
    }
    return try CohomologyEngine(
      distances, threshold: threshold, options: options(workers: workers, control: control)
    ).bars()
  }

  private func options(workers: Int, control: ComputationControl) -> CohomologyEngine.Options {
    CohomologyEngine.Options(
      maximumDimension: maximumDimension, prime: prime, keepsZeroLength: keepsZeroLength,
      withRepresentatives: withRepresentatives, workers: workers,
      availableBytes: MemoryEstimate.availableMemory() ?? .max, control: control)
  }
}
