import Files

/// A kind of noise.
public enum NoiseKind: String, Sendable, CaseIterable {
  /// Independent normal noise on every pixel.
  case gaussian
}

/// One way the images are shown to the model: as they are, or with a noise, level and seed.
public struct Condition: Sendable, Equatable, Hashable, Comparable {
  /// The kind of noise; nil for the images as they are.
  public let noise: NoiseKind?
  /// The noise's level, 0 for the images as they are.
  public let level: Double
  /// The noise's seed; nil for the images as they are.
  public let seed: UInt64?

  /// The images as they are.
  public static let clean = Condition(noise: nil, level: 0, seed: nil)

  /// Every level with every seed, each once, in order; level 0 is `clean`, whatever the seeds.
  static func all(kind: NoiseKind, levels: [Double], seeds: [UInt64]) -> [Condition] {
    let conditions = levels.flatMap { level in
      level == 0
        ? [clean] : seeds.map { Condition(noise: kind, level: level, seed: $0) }
    }
    return Set(conditions).sorted()
  }

  /// The order of all tables: by level, then noise, then seed; clean first.
  public static func < (a: Condition, b: Condition) -> Bool {
    (a.level, a.noise?.rawValue ?? "", a.seed ?? 0)
      < (b.level, b.noise?.rawValue ?? "", b.seed ?? 0)
  }

  /// The name in the run directory: `clean`, `gaussian-0.5-s0`.
  public var name: String {
    guard let noise, let seed else { return "clean" }
    return "\(noise)-\(level.shortestText)-s\(seed)"
  }

  private init(noise: NoiseKind?, level: Double, seed: UInt64?) {
    self.noise = noise
    self.level = level
    self.seed = seed
  }

  /// The condition that a name in a run directory stands for; nil for any other name.
  public init?(name: String) {
    if name == "clean" {
      self = .clean
      return
    }
    guard let match = name.wholeMatch(of: /([a-z]+)-([0-9.e-]+)-s([0-9]+)/),
      let noise = NoiseKind(rawValue: String(match.1)), let level = Double(match.2),
      level > 0, level.isFinite, let seed = UInt64(match.3)
    else { return nil }
    self.init(noise: noise, level: level, seed: seed)
  }

  /// The columns `noise`, `level` and `seed` of every table.
  public var tableFields: [String] {
    [noise?.rawValue ?? "none", level.shortestText, seed.map { "\($0)" } ?? ""]
  }
}
