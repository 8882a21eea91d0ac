import Images

/// A noise and a level: the conditions that are its seeds.
struct NoiseLevel: Sendable, Equatable {
  let noise: NoiseKind?
  let level: Double
  /// Which conditions these are, by their place in the list.
  let conditions: [Int]

  /// Those of a list of conditions, in its order.
  static func all(_ conditions: [Condition]) -> [NoiseLevel] {
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

  /// The cells `noise` and `level` of every table.
  var tableValues: [ResultTable.Value] { [.text(noise?.name ?? "none"), .number(level)] }

  /// The names of those columns.
  static let tableColumns = ["noise", "level"]
}
