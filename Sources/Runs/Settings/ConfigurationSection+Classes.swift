package import Files

extension ConfigurationSection {
  /// The classes that `key` names, draws with `class-seed`, or takes all of.
  ///
  /// `15 by seed 0` is how a manifest writes a number and its seed.
  package func classSelection(
    key: String, fallback: ClassSelection
  ) throws -> ClassSelection {
    let seed = try value("class-seed", default: 0, expected: Self.wholeNumber) { UInt64($0) }
    let names = try list(key, expected: "all, a number, or class names") {
      $0.isEmpty ? nil : $0
    }
    switch (names, fallback) {
    case (nil, .sample(let count, _)): return .sample(count: count, seed: seed)
    case (nil, _): return fallback
    case (["all"], _): return .all
    case (let names?, _):
      if names.count == 1, let count = Self.positive(names[0]) {
        return .sample(count: count, seed: seed)
      }
      if names.count == 1, let match = names[0].wholeMatch(of: /([0-9]+) by seed ([0-9]+)/),
        let count = Self.positive(String(match.1)), let written = UInt64(match.2)
      {
        return .sample(count: count, seed: has("class-seed") ? seed : written)
      }
      return .named(names)
    }
  }
}
