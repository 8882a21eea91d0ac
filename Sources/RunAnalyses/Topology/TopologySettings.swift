import Files
package import LinearAlgebra
package import Runs

/// How the diagrams of a sweep are computed and compared.
package struct TopologySettings: DeclaredSettings {
  /// The distance between embeddings.
  package var metric = Metric.euclidean
  /// The highest dimension of holes.
  package var maximumDimension = 1
  /// Where the filtration ends; nil for all of it.
  package var threshold: Double?
  /// At most so many points a cloud, chosen by maxmin on the clean one; nil for all.
  package var landmarks: Int?
  /// How many random halvings of the clean cloud the reference scale is made of; fewer than 39 have no
  /// interval.
  package var halvings = HalvesReference.fewest
  /// Their seed.
  package var halvingSeed: UInt64 = 0
  /// From so many points of a diagram on, Wasserstein distances are approximate.
  package var exactWassersteinLimit = 500

  /// Subsamples of a cloud that its confidence band is made of; 0 for no bands.
  package var bandReplicates = 0
  /// Random swaps of the clean and noisy diagrams of classes; 0 for no tests.
  package var testPermutations = 9_999
  /// The seed of both.
  package var resamplingSeed: UInt64 = 0
  /// The bars of each condition and dimension whose images are listed; 0 for none.
  package var witnesses = 12
  /// The largest cloud whose bars are among them.
  package var witnessPoints = 2_000

  /// The relative error of the Wasserstein distances of larger diagrams.
  package static let wassersteinTolerance = 0.01

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] = [
    .value(
      "metric", \.metric, "the distance between embeddings",
      expected: "one of \(Metric.all.map(\.name).joined(separator: ", "))"
    ) {
      Metric.named($0)
    } text: {
      $0.name
    },
    .count("max-dimension", \.maximumDimension, in: 0...3, "the highest dimension of holes"),
    .optionalNumber("threshold", \.threshold, in: .distances, "where the filtration ends"),
    .optionalCount(
      "landmarks", \.landmarks, in: 2...1_000_000_000,
      "at most so many points a cloud, chosen by maxmin"),
    .count(
      "halvings", \.halvings, in: 0...10_000,
      "random halvings of the clean cloud, for the reference scale; an interval needs 39"),
    .seed("halving-seed", \.halvingSeed, "their seed"),
    .count(
      "exact-wasserstein-limit", \.exactWassersteinLimit, in: 0...1_000_000_000,
      "from so many points of a diagram on, Wasserstein distances are approximate"),
    .count(
      "band-replicates", \.bandReplicates, in: .replicatesOrNone,
      "subsamples for confidence bands, such as 200; 0 for no bands"),
    .count(
      "test-permutations", \.testPermutations, in: .replicatesOrNone,
      "random swaps of a test; 0 for no tests"),
    .seed("resampling-seed", \.resamplingSeed, "the seed of bands and tests"),
    .count(
      "witnesses", \.witnesses, in: 0...1_000_000,
      "bars a condition and dimension whose images are listed"),
    .count(
      "witness-points", \.witnessPoints, in: 0...1_000_000_000,
      "the largest cloud whose bars are among them"),
  ]
}
