import Dispatch
import Foundation
import Synchronization

/// The end of a process that was asked to stop and is still at work.
///
/// Every long loop asks between its steps whether to stop, and what is finished then is saved. Where a step takes
/// longer, as in a decomposition of a large matrix or in a program that draws, it is not waited for: cells, units and
/// files are written aside and renamed, so that a process may end at any moment. The cell in hand of a shard is waited
/// for, within bounds, and what must not be cut off however long it takes.
extension Interruption {
  /// How long the work in hand may go on after the signal.
  static let grace = DispatchTimeInterval.milliseconds(1500)
  /// How often it is looked whether what must not be cut off has ended.
  private static let patience = DispatchTimeInterval.milliseconds(20)
  /// The pieces of work under way that must not be cut off.
  private static let unfinished = Atomic<Int>(0)
  /// The pieces of work under way that are worth waiting for.
  private static let pieces = Atomic<Int>(0)
  /// How long those may go on.
  ///
  /// A job is told a minute before its time limit. One that is cancelled has less (Slurm's KillWait), and is then ended as
  /// by any other kill.
  private static let patienceForPieces = DispatchTimeInterval.seconds(50)
  /// What such a process ends with: interrupted, to be run again.
  private static let exitCode: Int32 = 75

  /// Does what a process that was asked to stop has still to do, such as saving the state of a training, however
  /// long it takes.
  package static func whileFinishing<Result>(_ body: () throws -> Result) rethrows -> Result {
    unfinished.add(1, ordering: .acquiringAndReleasing)
    defer { unfinished.subtract(1, ordering: .acquiringAndReleasing) }
    return try body()
  }

  /// Does work of pieces of which the one in hand, such as a cell, is finished after the signal where that takes less
  /// than a minute: a job that is stopped again and again would else begin the same one each time.
  package static func whileFinishingPiece<Result>(_ body: () throws -> Result) rethrows -> Result {
    pieces.add(1, ordering: .acquiringAndReleasing)
    defer { pieces.subtract(1, ordering: .acquiringAndReleasing) }
    return try body()
  }

  /// Ends the process when the time for the work in hand is over.
  ///
  /// - Parameter queue: Where that is waited for: a queue with a thread of its own.
  static func startDeadline(on queue: DispatchQueue) {
    end(after: grace, last: .now() + patienceForPieces, on: queue)
  }

  private static func end(
    after time: DispatchTimeInterval, last: DispatchTime, hasWaited: Bool = false,
    on queue: DispatchQueue
  ) {
    queue.asyncAfter(deadline: .now() + time) {
      let isAtWork =
        unfinished.load(ordering: .acquiring) > 0
        || pieces.load(ordering: .acquiring) > 0 && DispatchTime.now() < last
      if isAtWork { return end(after: patience, last: last, hasWaited: true, on: queue) }
      // Whoever has just finished has something to say, and ends by itself.
      if hasWaited { return end(after: grace, last: last, on: queue) }
      StandingLock.endAll()
      announce("\(RunError.interrupted(finished: 0, of: 0))", isQuiet: false)
      // Without the destructors of libraries whose threads are at work.
      _exit(exitCode)
    }
  }
}
