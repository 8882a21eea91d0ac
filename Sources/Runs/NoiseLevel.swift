import Files

/// A noise and a level: the conditions that are its seeds.
package struct NoiseLevel: Sendable, Equatable {
  package let noise: String?
  package let level: Double
  /// Which conditions these are, by their place in the list.
  package let conditions: [Int]

  /// The name of its conditions without their seeds.
  package var name: String { noise.map { "\($0)-\(level.shortestText)" } ?? "clean" }

  /// Those of a list of conditions, in its order.
  package static func all(_ conditions: [Condition]) -> [NoiseLevel] {
    var levels: [NoiseLevel] = []
    for (index, condition) in conditions.enumerated() {
      if let last = levels.last, last.noise == condition.noise, last.level == condition.level {
        levels[levels.count - 1] = NoiseLevel(
          noise: last.noise, level: last.level, conditions: last.conditions + [index])
      } else {
        levels.append(
          NoiseLevel(noise: condition.noise, level: condition.level, conditions: [index]))
      }
    }
    return levels
  }
}
