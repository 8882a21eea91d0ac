package import Files

extension ConfigurationSection {
  /// The classes that `key` names, draws with `class-seed`, or takes all of; `15 by seed 0`, as manifests have a
  /// draw, holds both.
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
      if names.count == 1, let match = names[0].wholeMatch(of: /([1-9][0-9]*) by seed ([0-9]+)/),
        let count = Int(match.1), let written = UInt64(match.2)
      {
        return .sample(
          count: try sample(count, key), seed: has("class-seed") ? seed : written)
      }
      // A class may be called 0.
      guard names.count == 1, let count = Int(names[0]), count > 0 else { return .named(names) }
      return .sample(count: try sample(count, key), seed: seed)
    }
  }

  /// A number of classes to draw, in range.
  private func sample(_ count: Int, _ key: String) throws -> Int {
    let range = 1...1_000_000
    guard range.contains(count) else {
      throw error(key, "is \(count); expected all, class names or \(range.words)")
    }
    return count
  }
}
