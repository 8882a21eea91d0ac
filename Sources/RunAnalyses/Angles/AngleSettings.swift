public import Analyses
public import Runs

/// How the subspaces of the angles are chosen.
public struct AngleSettings: DeclaredSettings {
  /// The dimension of a class's subspace.
  public var rank = SubspaceRank.automatic
  /// Whether the class mean is subtracted.
  public var isCentered = true
  /// Random draws for the expectation of random planes.
  public var nullDraws = 200
  /// Their seed.
  public var nullSeed: UInt64 = 0

  /// The defaults.
  public init() {}

  public static let declared: [Setting<Self>] = [
    .value(
      "rank", \.rank, "the dimension of a class's subspace: auto, full or a number",
      expected: "auto, full or a whole number above 0"
    ) {
      SubspaceRank(argument: $0)
    } text: {
      $0.description
    },
    .flag("center", \.isCentered, "whether the class mean is subtracted first"),
    .value(
      "null-draws", \.nullDraws, "random draws for the expectation of random planes",
      expected: "a whole number above 0", parse: ConfigurationSection.positive
    ) {
      "\($0)"
    },
    .seed("null-seed", \.nullSeed, "the seed of those draws"),
  ]
}
