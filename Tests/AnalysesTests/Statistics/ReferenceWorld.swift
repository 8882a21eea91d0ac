import Foundation
import LinearAlgebra

/// Classes of a made-up study: references, measures of change that go with them, and an outcome.
struct ReferenceWorld {
  let outcome: [[Double]]
  let references: [[[Double]]]
  let measures: [[[Double]]]
  let levels: [Int]

  /// How often a simulation of the tests runs a world, and by how many standard errors a share may be off:
  /// few worlds in an ordinary run, more by the factor that `TOPOCLIP_SIMULATIONS` says, and then the share
  /// is printed.
  static let factor =
    ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap(Int.init) ?? 1

  /// A world.
  ///
  /// References and measures share a factor of the classes, so that each measure goes with the outcome
  /// whether or not it adds anything. One more factor, of all measures, is what they add. Every number has
  /// a part of its class, the same at all levels, and a part of class and level; levels differ in mean and
  /// in spread.
  ///
  /// - Parameters:
  ///   - classes: How many classes.
  ///   - levels: How many levels, a condition each.
  ///   - references: How many references; only the first differs between levels.
  ///   - measures: How many measures.
  ///   - effect: How much of the measures' own factor is in the outcome.
  ///   - isHeavy: Whether the outcome has the tails of a t distribution of three degrees of freedom.
  ///   - isCoarse: Whether the outcome is rounded, so that classes tie.
  ///   - seed: Other numbers, another world.
  init(
    classes: Int, levels: Int, references: Int, measures: Int, effect: Double,
    isHeavy: Bool = false, isCoarse: Bool = false, seed: Int
  ) {
    let perClass = 2 + (references + measures + 4) * (1 + levels)
    let numbers = RandomStream(domain: "test/reference world", seed: UInt64(seed))
      .normals(count: classes * perClass).map { Double($0) }
    func number(_ label: Int, _ place: Int) -> Double { numbers[label * perClass + place] }
    func mixed(_ label: Int, _ level: Int, _ column: Int) -> Double {
      let start = 2 + column * (1 + levels)
      return 0.8 * number(label, start) + 0.6 * number(label, start + 1 + level)
    }
    func grid(_ value: (Int, Int) -> Double) -> [[Double]] {
      (0..<classes).map { label in (0..<levels).map { value(label, $0) } }
    }
    let made = (0..<references).map { column in
      grid { label, level in
        // Only the first differs between levels, as the distance of the embeddings does.
        let own = column == 0 ? mixed(label, level, 0) : number(label, 2 + column * (1 + levels))
        return 0.6 * number(label, 0) + 0.8 * own + (column == 0 ? Double(3 * level) : 0)
      }
    }
    self.references = made
    self.measures = (0..<measures).map { column in
      grid { label, level in
        let spread = 1 + Double(level)
        return 5 * Double(level) + spread
          * (0.6 * number(label, 0) + 0.5 * number(label, 1)
            + 0.6 * mixed(label, level, references + column))
      }
    }
    outcome = grid { label, level in
      var noise = mixed(label, level, references + measures)
      if isHeavy {
        let square = (1...3).reduce(0.0) {
          let other = mixed(label, level, references + measures + $1)
          return $0 + other * other
        }
        noise *= (3 / max(square, 1e-3)).squareRoot()
      }
      let said = made.reduce(0.0) { $0 + 0.5 * $1[label][level] }
      let value = Double(1 + level) * (said + 2 * effect * number(label, 1) + noise)
      // Shares of few images are equal in many classes.
      return isCoarse ? (value / 2).rounded() : value
    }
    self.levels = Array(0..<levels)
  }

  /// The share of worlds in which something holds.
  static func share(of worlds: Int, _ holds: @Sendable (Int) throws -> Bool) throws -> Double {
    Double(try Parallel.tryMap(count: worlds) { try holds($0) }.count(where: \.self))
      / Double(worlds)
  }

  /// What a share may be off by chance: four standard errors of so many worlds.
  static func slack(_ share: Double, _ worlds: Int) -> Double {
    4 * (share * (1 - share) / Double(worlds)).squareRoot()
  }

  /// Says what a large simulation measured.
  static func report(_ what: String, _ share: Double, _ worlds: Int) {
    guard factor > 1 else { return }
    let error = (share * (1 - share) / Double(worlds)).squareRoot()
    print("simulation: \(what): \(share) ± \(String(format: "%.4f", error)) of \(worlds) worlds")
  }
}
