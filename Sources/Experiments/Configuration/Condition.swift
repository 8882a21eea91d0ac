import Files

/// A kind of noise.
public enum NoiseKind: String, Sendable, CaseIterable {
  /// Independent normal noise on every pixel.
  case gaussian
}

/// One way the images are shown to the model: as they are, or with a noise, level and seed.
public struct Condition: Sendable, Equatable, Hashable {
  /// The kind of noise; nil for the images as they are.
  public let noise: NoiseKind?
  /// The noise's level, 0 for the images as they are.
  public let level: Double
  /// The noise's seed; nil for the images as they are.
  public let seed: UInt64?

  /// The images as they are.
  public static let clean = Condition(noise: nil, level: 0, seed: nil)

  /// Every level with every seed, in order of level as given; level 0 is `clean`, once, and leads.
  static func all(kind: NoiseKind, levels: [Double], seeds: [UInt64]) -> [Condition] {
    var conditions = levels.contains(0) ? [clean] : []
    for level in levels where level != 0 {
      for seed in seeds {
        let condition = Condition(noise: kind, level: level, seed: seed)
        if !conditions.contains(condition) { conditions.append(condition) }
      }
    }
    return conditions
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
