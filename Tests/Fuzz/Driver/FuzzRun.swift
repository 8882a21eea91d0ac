import Fixtures
import Foundation
import Fuzzing
import Synchronization

/// The executions of a target.
struct FuzzRun {
  private let target: FuzzTarget
  private let options: FuzzOptions
  private let seeds: [Data]

  /// A run of a target.
  ///
  /// - Throws: What making its seeds throws.
  init(_ target: FuzzTarget, _ options: FuzzOptions) throws {
    self.target = target
    self.options = options
    seeds = try target.seeds(corpus: Checkout.folder.appending(path: "Tests/Fuzz/Corpus"))
  }

  /// Makes the executions, on as many threads as were asked for, which share nothing but the target.
  ///
  /// - Returns: What was made.
  /// - Throws: When a file that was named cannot be read.
  func run() throws -> FuzzTally {
    if !options.files.isEmpty {
      return try tally(options.files.map { try Data(contentsOf: URL(filePath: $0)) })
    }
    if let only = options.only { return tally([input(only)], from: only) }
    var total = try soundTally()
    let next = Mutex(options.first)
    let tallies = Mutex<[FuzzTally]>([])
    let start = ContinuousClock.now
    let end = options.first + (options.runs ?? target.shortRuns)
    let threads = (0..<options.threads).map { slot in
      let thread = Thread {
        var tally = FuzzTally()
        while true {
          let number = next.withLock { next in
            defer { next += 1 }
            return next
          }
          guard number < end, elapsed(start) < options.seconds else { break }
          execute(input(number), number, slot, &tally)
        }
        tallies.withLock { $0.append(tally) }
      }
      thread.stackSize = 8 << 20
      thread.start()
      return thread
    }
    while tallies.withLock({ $0.count }) < threads.count { usleep(1000) }
    for tally in tallies.withLock({ $0 }) { total.add(tally) }
    total.seconds = elapsed(start)
    return total
  }

  /// The input of a number: one of the seeds, damaged.
  private func input(_ number: Int) -> Data {
    var mutator = Mutator(seed: options.seed << 40 ^ UInt64(number))
    return mutator.mutated(seeds[number % seeds.count])
  }

  private func tally(_ inputs: [Data], from first: Int = 0) -> FuzzTally {
    var tally = FuzzTally()
    for (place, input) in inputs.enumerated() {
      if let error = execute(input, first + place, 0, &tally) { print("refused: \(error)") }
    }
    return tally
  }

  /// The seeds as they are.
  ///
  /// - Throws: The last error when all of them are refused: nothing would be tried but how that is said.
  private func soundTally() throws -> FuzzTally {
    var tally = FuzzTally()
    let errors = seeds.enumerated().compactMap { execute($1, $0, 0, &tally) }
    if let error = errors.last, errors.count == seeds.count { throw error }
    return tally
  }

  @discardableResult private func execute(
    _ input: Data, _ number: Int, _ slot: Int, _ tally: inout FuzzTally
  ) -> (any Error)? {
    CrashNote.begin(slot, target.name, seed: options.seed, number: number, input)
    let (start, peak) = (processorSeconds(), peakMemory())
    let error = target.execute(input)
    let seconds = processorSeconds() - start
    let growth = peakMemory() - peak
    CrashNote.end(slot)
    tally.runs += 1
    tally.bytes += input.count
    if error == nil { tally.taken += 1 }
    if seconds > tally.slowest {
      tally.slowest = seconds
      if seconds > options.slowest {
        tally.slowestPath = CrashNote.keep(input, target.name, number)
      }
    }
    if tally.growth == nil, growth > 64 * input.count + options.growth << 20 {
      tally.growth =
        "\(input.count) bytes took \(growth >> 20) MiB; they are in \(CrashNote.keep(input, target.name, number))"
    }
    return error
  }
}

private func elapsed(_ start: ContinuousClock.Instant) -> Double {
  (ContinuousClock.now - start) / .seconds(1)
}

/// Seconds of the processor that this thread has taken: other processes do not count.
private func processorSeconds() -> Double {
  var usage = rusage()
  // RUSAGE_THREAD, which the header shows to GNU programs alone.
  unsafe getrusage(1, &usage)
  return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6
}

/// The most memory that the process has had, in bytes.
private func peakMemory() -> Int {
  var usage = rusage()
  unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}
