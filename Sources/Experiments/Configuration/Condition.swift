import Files
public import Images

/// One way the images are shown to the model: as they are, or with a noise, level and seed.
public struct Condition: Sendable, Equatable, Hashable, Comparable {
  /// The kind of noise; nil for the images as they are.
  public let noise: NoiseKind?
  /// The noise's level: σ or a severity; 0 for the images as they are.
  public let level: Double
  /// The noise's seed; nil for the images as they are and for kinds that are not random.
  public let seed: UInt64?

  /// The images as they are.
  public static let clean = Condition(noise: nil, level: 0, seed: nil)

  /// Every kind with its levels, and with every seed if it is random, each once, in order; level 0 is
  /// `clean`, whatever the kind and the seeds.
  ///
  /// - Parameters:
  ///   - kinds: The kinds.
  ///   - levels: σ of Gaussian noise.
  ///   - severities: The levels of the other kinds.
  ///   - seeds: The seeds of the random ones.
  /// - Returns: The conditions.
  static func all(
    kinds: [NoiseKind], levels: [Double], severities: [Int], seeds: [UInt64]
  ) -> [Condition] {
    let conditions = kinds.flatMap { kind in
      (kind.hasSeverities ? severities.map(Double.init) : levels).flatMap { level in
        let seeds = kind.isRandom ? seeds.map(Optional.some) : [nil]
        return level == 0
          ? [clean] : seeds.map { Condition(noise: kind, level: level, seed: $0) }
      }
    }
    return Set(conditions).sorted()
  }

  /// The order of all tables: clean first, then by noise, level and seed.
  public static func < (a: Condition, b: Condition) -> Bool {
    (a.rank, a.level, a.seed ?? 0) < (b.rank, b.level, b.seed ?? 0)
  }

  private var rank: Int { noise.flatMap { NoiseKind.all.firstIndex(of: $0) } ?? -1 }

  /// The name in the run directory: `clean`, `gaussian-0.5-s0`, `shot-3-s0`, `blur-2`.
  public var name: String {
    guard let noise else { return "clean" }
    return "\(noise)-\(level.shortestText)" + (seed.map { "-s\($0)" } ?? "")
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
    guard let match = name.wholeMatch(of: /([a-z]+)-([0-9.e-]+?)(?:-s([0-9]+))?/),
      let noise = NoiseKind(named: String(match.1)), let level = Double(match.2),
      noise.isLevel(level), noise.isRandom == (match.3 != nil)
    else { return nil }
    var seed: UInt64?
    if let text = match.3 {
      guard let number = UInt64(text) else { return nil }
      seed = number
    }
    self.init(noise: noise, level: level, seed: seed)
  }

  /// The condition of a line of a table: its columns `noise`, `level` and `seed`; nil for any other text.
  public init?(tableFields fields: [String]) {
    precondition(fields.count == Self.tableColumns.count)
    guard fields[0] != "none" else {
      guard Double(fields[1]) == 0, fields[2].isEmpty else { return nil }
      self = .clean
      return
    }
    let seed = fields[2].isEmpty ? "" : "-s\(fields[2])"
    self.init(name: "\(fields[0])-\(fields[1])\(seed)")
  }

  /// The columns `noise`, `level` and `seed` of every table.
  public var tableFields: [String] {
    [noise?.name ?? "none", level.shortestText, seed.map { "\($0)" } ?? ""]
  }
}
