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
  /// How many random halvings of the clean cloud the reference scale is the mean of.
  package var halvings = 10
  /// Their seed.
  package var halvingSeed: UInt64 = 0
  /// From so many points of a diagram on, Wasserstein distances are approximate.
  package var exactWassersteinLimit = 500

  /// Subsamples of a cloud that its confidence band is made of; 0 for no bands.
  package var bandReplicates = 200
  /// Random relabellings of a test of diagrams; 0 for no tests.
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
    .count("max-dimension", \.maximumDimension, from: 0, to: 3, "the highest dimension of holes"),
    .optionalNumber("threshold", \.threshold, from: 0, "where the filtration ends"),
    .optionalCount(
      "landmarks", \.landmarks, from: 2, "at most so many points a cloud, chosen by maxmin"),
    .countFromZero(
      "halvings", \.halvings, "random halvings of the clean cloud, for the reference scale"),
    .seed("halving-seed", \.halvingSeed, "their seed"),
    .countFromZero(
      "exact-wasserstein-limit", \.exactWassersteinLimit,
      "from so many points of a diagram on, Wasserstein distances are approximate"),
    .countFromZero(
      "band-replicates", \.bandReplicates, "subsamples for confidence bands; 0 for no bands"),
    .countFromZero(
      "test-permutations", \.testPermutations, "relabellings of a test; 0 for no tests"),
    .seed("resampling-seed", \.resamplingSeed, "the seed of bands and tests"),
    .countFromZero(
      "witnesses", \.witnesses, "bars a condition and dimension whose images are listed"),
    .countFromZero(
      "witness-points", \.witnessPoints, "the largest cloud whose bars are among them"),
  ]
}
