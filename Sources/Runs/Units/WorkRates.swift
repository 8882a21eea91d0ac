import LinearAlgebra

/// How many steps a machine does a second.
package struct WorkRates: Sendable, Equatable {
  /// All threads together.
  package let steps: Double
  /// One thread.
  package let serialSteps: Double

  /// The rates of the machine on which the factors of `Work` were measured, of two cores with AVX-512, when it is
  /// idle.
  package static let reference = WorkRates(steps: 7e8, serialSteps: 3.5e8)

  /// Rates that are known.
  package init(steps: Double, serialSteps: Double) {
    self.steps = steps
    self.serialSteps = serialSteps
  }

  /// Those of this machine as it is now, with whatever else it does, from some tenths of a second of trials.
  package static func measured() -> WorkRates {
    let count = 1 << 20
    let table = (0..<count).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) }
    let alone = rate(of: Double(count)) { _ = walk(table, from: 0) }
    let workers = Parallel.workers
    let together = rate(of: Double(workers * count)) {
      _ = Parallel.map(count: workers) { walk(table, from: UInt32($0)) }
    }
    return WorkRates(steps: together, serialSteps: alone)
  }

  /// The least time that a trial is repeated for, in seconds.
  private static let trial = 0.15

  /// How much of it a second, of a trial that is repeated.
  private static func rate(of amount: Double, _ body: () -> Void) -> Double {
    body()
    let start = ContinuousClock.now
    var rounds = 0.0
    var seconds = 0.0
    repeat {
      body()
      rounds += 1
      seconds = (ContinuousClock.now - start) / .seconds(1)
    } while seconds < trial
    return amount * rounds / seconds
  }

  /// A step an entry: from each to one that it decides, with a comparison.
  private static func walk(_ table: [UInt32], from start: UInt32) -> Double {
    var (place, sum) = (Int(start), 0.0)
    for _ in 0..<table.count {
      let entry = table[place]
      sum += entry & 8 == 0 ? Double(entry) : 1
      // Near ones, as most of what is walked through lies in the caches.
      place = (place + Int(entry & 255)) & (table.count - 1)
    }
    return sum
  }
}
