public import Analyses

/// How the subspaces of the angles are chosen.
public struct AngleSettings: Sendable, Equatable {
  /// The dimension of a class's subspace.
  public var rank: SubspaceRank
  /// Whether the class mean is subtracted.
  public var isCentered: Bool
  /// Random draws for the expectation of random planes.
  public var nullDraws: Int
  /// Their seed.
  public var nullSeed: UInt64

  /// Settings as given; see cli.md for the defaults.
  public init(
    rank: SubspaceRank = .automatic, isCentered: Bool = true, nullDraws: Int = 200,
    nullSeed: UInt64 = 0
  ) {
    self.rank = rank
    self.isCentered = isCentered
    self.nullDraws = nullDraws
    self.nullSeed = nullSeed
  }
}
