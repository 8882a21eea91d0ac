import Files
package import Images

/// One way the images are shown to the model: as they are, or with a noise, level and seed.
package struct Condition: Sendable, Equatable, Hashable, Comparable {
  /// The name of the kind of noise, which need not be one of `NoiseKind`'s; nil for the images as they are.
  package let noise: String?
  /// The noise's level: σ or a severity; 0 for the images as they are.
  package let level: Double
  /// The noise's seed; nil for the images as they are and for kinds that are not random.
  package let seed: UInt64?

  /// The kind of noise, where it is a registered one.
  package var kind: NoiseKind? { noise.flatMap { NoiseKind(named: $0) } }

  /// The images as they are.
  package static let clean = Condition(noise: nil, level: 0, seed: nil)

  /// Every kind with its levels, and with every seed if it is random, each once, in order; level 0 is
  /// `clean`, whatever the kind and the seeds.
  ///
  /// - Parameters:
  ///   - kinds: The kinds.
  ///   - levels: σ of Gaussian noise.
  ///   - severities: The levels of the other kinds.
  ///   - seeds: The seeds of the random ones.
  /// - Returns: The conditions.
  package static func all(
    kinds: [NoiseKind], levels: [Double], severities: [Int], seeds: [UInt64]
  ) -> [Condition] {
    let conditions = kinds.flatMap { kind in
      (kind.hasSeverities ? severities.map(Double.init) : levels).flatMap { level in
        let seeds = kind.isRandom ? seeds.map(Optional.some) : [nil]
        return level == 0
          ? [clean] : seeds.map { Condition(noise: kind.name, level: level, seed: $0) }
      }
    }
    return Set(conditions).sorted()
  }

  /// The order of all tables: clean first, then by noise (the kinds that are registered in their order, others
  /// behind them by name), level and seed, none before any.
  package static func < (a: Condition, b: Condition) -> Bool { a.order < b.order }

  private var order: (rank: Int, noise: String, level: Double, seeds: Int, seed: UInt64) {
    (rank, noise ?? "", level, seed == nil ? 0 : 1, seed ?? 0)
  }

  private var rank: Int {
    guard let noise else { return -1 }
    return NoiseKind.all.firstIndex { $0.name == noise } ?? NoiseKind.all.count
  }

  /// The name in the run directory: `clean`, `gaussian-0.5-s0`, `shot-3-s0`, `blur-2`.
  package var name: String {
    guard let noise else { return "clean" }
    return "\(noise)-\(level.shortestText)" + (seed.map { "-s\($0)" } ?? "")
  }

  private init(noise: String?, level: Double, seed: UInt64?) {
    self.noise = noise
    self.level = level
    self.seed = seed
  }

  /// The condition that a file's name stands for; nil for any other name, and for a level or seed that a
  /// registered kind does not have.
  ///
  /// Names are for people, and for folders of embeddings made elsewhere: a run says in `conditions.csv` what
  /// its conditions are.
  package init?(name: String) {
    if name == "clean" {
      self = .clean
      return
    }
    guard let parts = Self.parts(ofName: name), parts.level > 0, parts.level.isFinite else {
      return nil
    }
    var seed: UInt64?
    if let text = parts.seed {
      guard let number = UInt64(text) else { return nil }
      seed = number
    }
    self.init(noise: parts.noise, level: parts.level, seed: seed)
    guard Self.problem(noise: parts.noise, level: level, seed: seed) == nil else { return nil }
  }

  /// A name at its hyphens; nil for one that has not the parts of a noisy condition.
  ///
  /// The level is the last number that can be one, so that a kind's name may hold hyphens and digits.
  private static func parts(
    ofName name: String
  ) -> (noise: String, level: Double, seed: Substring?)? {
    guard
      let match = name.wholeMatch(
        of: /([A-Za-z][A-Za-z0-9_-]*?)-([0-9][0-9.]*(?:e[+-]?[0-9]+)?)(?:-s([0-9]+))?/),
      let level = Double(match.2)
    else { return nil }
    return (String(match.1), level, match.3)
  }

  /// What file names of conditions look like.
  package static let nameGrammar =
    "expected clean.npy or KIND-LEVEL-sSEED.npy, such as gaussian-0.5-s0.npy (KIND-LEVEL.npy for a kind that "
    + "draws no random numbers, such as fog-3.npy)"

  /// Why a name stands for no condition, where more can be said than what names look like.
  package static func problem(ofName name: String) -> String? {
    guard let parts = parts(ofName: name) else { return nil }
    return problem(
      noise: parts.noise, level: parts.level, seed: parts.seed.flatMap { UInt64($0) })
  }

  /// Whether a name is that of a kind at level 0, which the clean images have.
  package static func isOfLevelZero(name: String) -> Bool { parts(ofName: name)?.level == 0 }

  /// The words for the images as they are, which no kind is called.
  private static let cleanWords = ["clean", ConditionColumns.clean]

  /// Why a kind does not have a level, or a seed or none, or cannot be called that; nil where all is well.
  package static func problem(noise: String, level: Double, seed: UInt64?) -> String? {
    if level == 0 { return "level 0 is that of the clean images: call it clean" }
    if cleanWords.contains(noise) {
      return
        "\(noise) is the word for the clean images, whose level is 0: call them clean; another kind has "
        + "another name, such as own-\(noise)"
    }
    if noise.utf8.count > noiseLimit, noise.utf8.allSatisfy({ $0 < 0x80 }) {
      return "the name of its kind has \(noise.utf8.count) letters; expected at most \(noiseLimit)"
    }
    if let problem = problem(ofRegistered: noise, level: level, seed: seed) { return problem }
    let name = Condition(noise: noise, level: level, seed: seed).name
    guard let read = parts(ofName: name), read.noise != noise else { return nil }
    return
      "\(noise) of level \(level.shortestText) would be called \(name), which is \(read.noise) of level "
      + "\(read.level.shortestText); give the kind another name, such as \(noise)_"
  }

  /// Why a kind of this program does not have a level, or a seed or none; nil where it does, and for other kinds.
  private static func problem(
    ofRegistered noise: String, level: Double, seed: UInt64?
  ) -> String? {
    guard let kind = NoiseKind(named: noise) else { return nil }
    if !kind.isLevel(level) {
      return "\(kind.name) is a kind of noise of this program, whose levels are "
        + "\(NoiseKind.severities.lowerBound) to \(NoiseKind.severities.upperBound), not "
        + "\(level.shortestText); another kind has another name, such as own-\(kind.name)"
    }
    if kind.isRandom, seed == nil {
      return "\(kind.name) draws random numbers, and its seed is missing: "
        + "\(kind.name)-\(level.shortestText)-s0 where there is one seed alone"
    }
    if !kind.isRandom, seed != nil {
      return "\(kind.name) draws no random numbers and has no seed: "
        + "\(kind.name)-\(level.shortestText)"
    }
    return nil
  }

  /// A condition of a list that people write: the clean images have the kind `clean` or `none`, or the level 0 of any
  /// kind.
  ///
  /// - Returns: The condition; nil for what no condition is.
  package init?(kind: String, level: Double, seed: UInt64?) {
    guard Self.isNoiseName(kind) else { return nil }
    if level == 0 {
      self = .clean
      return
    }
    guard level > 0, level.isFinite, Self.problem(noise: kind, level: level, seed: seed) == nil
    else { return nil }
    self.init(noise: kind, level: level, seed: seed)
  }

  /// The condition of a line of a table: its columns `noise`, `level` and `seed`; nil for any other text.
  ///
  /// Tables of runs are read as they are, also where a user's list would have to call the kind otherwise.
  package init?(tableFields fields: [String]) {
    precondition(fields.count == 3)
    guard fields[0] != "none" else {
      guard Double(fields[1]) == 0, fields[2].isEmpty else { return nil }
      self = .clean
      return
    }
    guard let level = Double(fields[1]), level > 0, level.isFinite else { return nil }
    let seed = UInt64(fields[2])
    guard seed != nil || fields[2].isEmpty, Self.isNoiseName(fields[0]) else { return nil }
    guard Self.problem(ofRegistered: fields[0], level: level, seed: seed) == nil else { return nil }
    self.init(noise: fields[0], level: level, seed: seed)
  }

  /// The most letters of a kind's name: it is a part of names of files, which end at 255 bytes.
  static let noiseLimit = 100

  /// Whether a kind of noise can be called that, which names of files are made of: at most 100 ASCII letters, digits,
  /// `_` and `-`, a letter first.
  private static func isNoiseName(_ text: String) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    return text.utf8.count <= noiseLimit && text.utf8.first.map(isLetter) ?? false
      && text.utf8.allSatisfy { byte in
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
      }
  }

  /// The columns `noise`, `level` and `seed` of every table.
  package var tableFields: [String] {
    [noise ?? "none", level.shortestText, seed.map { "\($0)" } ?? ""]
  }
}
