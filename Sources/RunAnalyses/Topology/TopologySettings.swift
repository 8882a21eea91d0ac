import Files
public import Runs
public import Topology

/// How the diagrams of a sweep are computed and compared.
public struct TopologySettings: DeclaredSettings {
  /// The distance between embeddings.
  public var metric = Metric.euclidean
  /// The highest dimension of holes.
  public var maximumDimension = 1
  /// Where the filtration ends; nil for all of it.
  public var threshold: Double?
  /// At most so many points a cloud, chosen by maxmin on the clean one; nil for all.
  public var landmarks: Int?
  /// How many random halvings of the clean cloud the reference scale is the mean of.
  public var halvings = 10
  /// Their seed.
  public var halvingSeed: UInt64 = 0
  /// From so many points of a diagram on, Wasserstein distances are approximate.
  public var exactWassersteinLimit = 500

  /// Subsamples of a cloud that its confidence band is made of; 0 for no bands.
  public var bandReplicates = 200
  /// Random relabellings of a test of diagrams; 0 for no tests.
  public var testPermutations = 9_999
  /// The seed of both.
  public var resamplingSeed: UInt64 = 0
  /// The bars of each condition and dimension whose images are listed; 0 for none.
  public var witnesses = 12
  /// The largest cloud whose bars are among them.
  public var witnessPoints = 2_000

  /// The relative error of the Wasserstein distances of larger diagrams.
  public static let wassersteinTolerance = 0.01

  /// The defaults.
  public init() {}

  public static let declared: [Setting<Self>] = [
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
