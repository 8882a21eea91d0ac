import Foundation

/// What executions came to.
struct FuzzTally: Sendable {
  var runs = 0
  /// Those whose input the parser took.
  var taken = 0
  var bytes = 0
  /// Of the wall clock.
  var seconds = 0.0
  /// The longest execution, in seconds of the processor.
  var slowest = 0.0
  /// Where its input is, if it was too slow.
  var slowestPath: String?
  /// What took too much memory.
  var growth: String?

  mutating func add(_ other: FuzzTally) {
    runs += other.runs
    taken += other.taken
    bytes += other.bytes
    if other.slowest > slowest { (slowest, slowestPath) = (other.slowest, other.slowestPath) }
    growth = growth ?? other.growth
  }

  /// A line for people.
  func line(_ name: String) -> String {
    func padded(_ value: some CustomStringConvertible, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - "\(value)".count)) + "\(value)"
    }
    let rate = seconds > 0 ? Int(Double(runs) / seconds) : 0
    return name + padded(runs, 28 - name.count) + " runs" + padded(rate, 8) + " a second"
      + padded(taken * 100 / max(1, runs), 5) + " % taken" + padded(bytes / max(1, runs), 8)
      + " bytes each, longest " + String(format: "%.3f", slowest) + " s"
  }
}
