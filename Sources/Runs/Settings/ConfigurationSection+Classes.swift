package import Files

extension ConfigurationSection {
  /// The classes that `key` names, draws with `class-seed`, or takes all of.
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
      // A class may be called 0.
      guard names.count == 1, let count = Int(names[0]), count > 0 else { return .named(names) }
      let range = 1...1_000_000
      guard range.contains(count) else {
        throw error(key, "is \(count); expected all, class names or \(range.words)")
      }
      return .sample(count: count, seed: seed)
    }
  }
}
