package import Analyses
package import Runs

/// How the subspaces of the angles are chosen.
package struct AngleSettings: DeclaredSettings {
  /// The dimension of a class's subspace.
  package var rank = SubspaceRank.automatic
  /// Whether the class mean is subtracted.
  package var isCentered = true
  /// Random draws for the expectation of random planes.
  package var nullDraws = 200
  /// Their seed.
  package var nullSeed: UInt64 = 0

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] = [
    .value(
      "rank", \.rank, "the dimension of a class's subspace: auto, full or a number",
      expected: SubspaceRank.words
    ) {
      SubspaceRank(argument: $0)
    } text: {
      $0.description
    },
    .flag("center", \.isCentered, "whether the class mean is subtracted first"),
    .count(
      "null-draws", \.nullDraws, in: .replicates,
      "random draws for the expectation of random planes"),
    .seed("null-seed", \.nullSeed, "the seed of those draws"),
  ]
}
