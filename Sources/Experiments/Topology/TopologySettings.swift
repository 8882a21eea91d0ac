import Files
public import Topology

/// How the diagrams of a sweep are computed and compared.
public struct TopologySettings: Sendable, Equatable {
  /// The distance between embeddings.
  public var metric: Metric
  /// The highest dimension of holes.
  public var maximumDimension: Int
  /// Where the filtration ends; nil for all of it.
  public var threshold: Double?
  /// At most so many points a cloud, chosen by maxmin on the clean one; nil for all.
  public var landmarks: Int?
  /// How many random halvings of the clean cloud the reference scale is the mean of.
  public var halvings: Int
  /// Their seed.
  public var halvingSeed: UInt64
  /// From so many points of a diagram on, Wasserstein distances are approximate.
  public var exactWassersteinLimit: Int

  /// Subsamples of a cloud that its confidence band is made of; 0 for no bands.
  public var bandReplicates: Int
  /// Random relabellings of a test of diagrams; 0 for no tests.
  public var testPermutations: Int
  /// The seed of both.
  public var resamplingSeed: UInt64
  /// The bars of each condition and dimension whose images are listed; 0 for none.
  public var witnesses: Int
  /// The largest cloud whose bars are among them.
  public var witnessPoints: Int

  /// The relative error of the Wasserstein distances of larger diagrams.
  public static let wassersteinTolerance = 0.01

  init(_ section: ConfigurationSection) throws {
    let metrics = Metric.all.map(\.name).joined(separator: ", ")
    metric = try section.value("metric", default: .euclidean, expected: "one of \(metrics)") {
      Metric.named($0)
    }
    maximumDimension = try section.value(
      "max-dimension", default: 1, expected: "a whole number from 0 to 3"
    ) { text in Int(text).flatMap { (0...3).contains($0) ? $0 : nil } }
    threshold = try section.optional("threshold", expected: "a number from 0") { text in
      Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
    }
    landmarks = try section.optional("landmarks", expected: "a whole number from 2") { text in
      Int(text).flatMap { $0 >= 2 ? $0 : nil }
    }
    halvings = try section.value(
      "halvings", default: 10, expected: Experiment.wholeNumber
    ) { text in Int(text).flatMap { $0 >= 0 ? $0 : nil } }
    halvingSeed = try section.value(
      "halving-seed", default: 0, expected: Experiment.wholeNumber
    ) { UInt64($0) }
    exactWassersteinLimit = try section.value(
      "exact-wasserstein-limit", default: 500, expected: Experiment.wholeNumber
    ) { text in Int(text).flatMap { $0 >= 0 ? $0 : nil } }
    func count(_ key: String, default fallback: Int) throws -> Int {
      try section.value(key, default: fallback, expected: Experiment.wholeNumber) { text in
        Int(text).flatMap { $0 >= 0 ? $0 : nil }
      }
    }
    bandReplicates = try count("band-replicates", default: 200)
    testPermutations = try count("test-permutations", default: 9_999)
    resamplingSeed = try section.value(
      "resampling-seed", default: 0, expected: Experiment.wholeNumber
    ) { UInt64($0) }
    witnesses = try count("witnesses", default: 12)
    witnessPoints = try count("witness-points", default: 2_000)
    try section.finish()
  }

  /// The settings that decide results, for the configuration's digest.
  var canonicalSettings: [(String, String)] {
    [
      ("topology.metric", metric.name), ("topology.max-dimension", "\(maximumDimension)"),
      ("topology.threshold", threshold?.shortestText ?? ""),
      ("topology.landmarks", landmarks.map(String.init) ?? ""),
      ("topology.halvings", "\(halvings)"), ("topology.halving-seed", "\(halvingSeed)"),
      ("topology.exact-wasserstein-limit", "\(exactWassersteinLimit)"),
      ("topology.band-replicates", "\(bandReplicates)"),
      ("topology.test-permutations", "\(testPermutations)"),
      ("topology.resampling-seed", "\(resamplingSeed)"),
      ("topology.witnesses", "\(witnesses)"), ("topology.witness-points", "\(witnessPoints)"),
    ]
  }
}
