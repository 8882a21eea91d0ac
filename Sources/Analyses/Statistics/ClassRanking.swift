/// What goes together over classes, in several scopes at once, and can be told again when classes are permuted or left
/// out as wholes.
protocol ClassRanking: Sendable {
  /// How many classes there are.
  var classCount: Int { get }
  /// The correlation of each scope when every class is there so many times; nil where it is not defined.
  func drawn(_ counts: [Int32], _ scratch: inout RankedClasses.Scratch) -> [Double?]
  /// The correlation of each scope when the y of class `order[c]` is given to class c; nil where it is not defined,
  /// which no order changes.
  func permuted(_ order: [Int], _ scratch: inout RankedClasses.Scratch) -> [Double?]
}

extension ClassRanking {
  /// The correlation of each scope, of all classes.
  func whole(_ scratch: inout RankedClasses.Scratch) -> [Double?] {
    drawn([Int32](repeating: 1, count: classCount), &scratch)
  }

  /// The correlations of each scope with one class left out, a class after the other.
  func leftOut(
    _ scratch: inout RankedClasses.Scratch, check: () throws -> Void
  ) rethrows -> [[Double?]] {
    var counts = [Int32](repeating: 1, count: classCount)
    return try (0..<classCount).map { label in
      try check()
      counts[label] = 0
      defer { counts[label] = 1 }
      return drawn(counts, &scratch)
    }
  }
}
