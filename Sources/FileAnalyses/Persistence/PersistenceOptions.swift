package import LinearAlgebra
import Runs
package import Topology

extension TopologyInput.Kind {
  /// What the files hold, as options say it.
  ///
  /// - Parameters:
  ///   - distances: Whether they are distances.
  ///   - sparse: Whether they are CSV with the columns i, j and distance.
  ///   - vertices: With `sparse`, the number of vertices; nil to count them.
  ///   - metric: Of points, the distance of two; nil for Euclidean.
  /// - Throws: `OptionError`.
  package init(distances: Bool, sparse: Bool, vertices: Int?, metric: Metric?) throws {
    try require(!(distances && sparse), "--distances and --sparse: give one of the two")
    try require(sparse || vertices == nil, "--vertices goes with --sparse")
    try require(
      metric == nil || !distances && !sparse,
      "--metric is for points; --distances and --sparse bring their own distances")
    try requireCount("--vertices", vertices, in: 0...Int(Int32.max))
    if sparse {
      self = .sparse(vertexCount: vertices)
    } else {
      self = distances ? .distances : .points(metric ?? .euclidean)
    }
  }
}

extension TopologyInput.Scale {
  /// `none`, `median` or the number that distances are divided by.
  ///
  /// - Throws: `OptionError`.
  package init(option: String) throws {
    switch option {
    case "none": self = .number(1)
    case "median": self = .median
    default:
      let range = 1e-100...1e100
      guard let number = range.number(option) else {
        throw OptionError("--scale \(option): expected none, median or \(range.words)")
      }
      self = .number(number)
    }
  }
}

extension TopologyInput.Settings {
  /// Settings as options say them.
  ///
  /// - Parameters:
  ///   - kind: What the files hold.
  ///   - keepsDoubles: Whether distances keep float64.
  ///   - landmarks: At most so many points; nil for all.
  ///   - scale: `none`, `median` or the number that distances are divided by.
  ///   - rips: What will be computed, for its threshold.
  /// - Throws: `OptionError`.
  package init(
    kind: TopologyInput.Kind, keepsDoubles: Bool, landmarks: Int?, scale: String,
    rips: VietorisRips
  ) throws {
    let scale = try TopologyInput.Scale(option: scale)
    try requireCount("--landmarks", landmarks, in: .images)
    if landmarks != nil, case .sparse = kind {
      throw OptionError("--landmarks needs points or distances, not --sparse")
    }
    self.init(
      kind: kind, keepsDoubles: keepsDoubles, landmarks: landmarks, scale: scale,
      threshold: rips.threshold)
  }
}

extension VietorisRips {
  /// What is computed, as options say it.
  ///
  /// - Parameters:
  ///   - maxDimension: The highest dimension of holes, 0 to 30.
  ///   - threshold: The largest distance that enters; nil and infinity for the enclosing radius.
  ///   - prime: The characteristic of the field.
  ///   - keepsZero: Whether bars of length zero are listed.
  ///   - cocycles: Where the chains that carry the bars go; nil when they are not wanted.
  /// - Throws: `OptionError`.
  package init(
    maxDimension: Int, threshold: Double?, prime: Int, keepsZero: Bool, cocycles: String?
  ) throws {
    try requireCount("--max-dimension", maxDimension, in: 0...30)
    try require(
      threshold.map { $0 >= 0 } ?? true,
      "--threshold \(threshold ?? 0): expected a number from 0, or inf")
    do { try VietorisRips.requirePrime(prime) } catch {
      throw OptionError("--prime \(prime): \(error)")
    }
    self.init(
      maximumDimension: maxDimension, threshold: threshold == .infinity ? nil : threshold,
      prime: prime, keepsZeroLength: keepsZero, withRepresentatives: cocycles != nil)
  }
}
