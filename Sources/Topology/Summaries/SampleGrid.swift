/// Evenly spaced values from one end of an interval to the other, both included.
public struct SampleGrid: Sendable, Hashable {
  /// The first value.
  public let lower: Double
  /// The last value.
  public let upper: Double
  /// How many values there are.
  public let count: Int

  /// A grid of `count` values.
  ///
  /// - Throws: `TopologyError.invalid` unless both ends are finite, the first below the last and
  ///   not an overflow apart, and there are 2 to 1,000,000 values.
  public init(from lower: Double, to upper: Double, count: Int) throws {
    guard lower < upper, (upper - lower).isFinite else {
      throw TopologyError.invalid(
        "a grid from \(lower) to \(upper): expected finite ends, the first below the last")
    }
    guard (2...1_000_000).contains(count) else {
      throw TopologyError.invalid("a grid of \(count) values: expected 2 to 1000000")
    }
    self.lower = lower
    self.upper = upper
    self.count = count
  }

  /// The value at an index.
  public subscript(index: Int) -> Double {
    index == count - 1 ? upper : lower + (upper - lower) * (Double(index) / Double(count - 1))
  }

  /// All values, ascending.
  public var values: [Double] { (0..<count).map { self[$0] } }
}
