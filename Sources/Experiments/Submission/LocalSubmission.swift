import Foundation
import LinearAlgebra
import Logging
import Runs

/// What is missing of a plan as processes of this machine: the shards of a stage, a few at a time, then those of the
/// next, then the merge.
struct LocalSubmission {
  let plan: SubmittedPlan
  /// This program's path.
  let program: String
  /// The stages that are computed.
  var stages = ShardStage.allCases
  /// Whether the shards are merged in the end.
  var merges = true
  /// Whether the merge makes figures and page.
  var report = true
  /// How many processes there are at a time.
  var processes = 1

  /// How long a process that ends may wait for the next to start.
  private static let patience = 0.02

  /// Runs the processes to their end.
  ///
  /// - Parameter isStopping: Whether a signal has come.
  /// - Returns: What is to be said when there was nothing to do.
  /// - Throws: `RunError.failure` with the shards that failed, once all of their stage have ended;
  ///   `RunError.interrupted` when a signal came, which is passed on to every process.
  func run(_ isStopping: () -> Bool = { Interruption.isRequested }) throws -> String {
    guard !plan.isDone else { return plan.doneText }
    // A process that was asked to stop is waited for: it may finish its last cell.
    try Interruption.whileFinishing {
      for stage in stages {
        let missing = plan.missing[stage] ?? []
        let threads = max(1, Parallel.workers / max(1, min(processes, missing.count)))
        let failed = try finish(
          missing.map { plan.arguments(stage) + [String($0)] + options(threads) }, isStopping)
        guard failed.isEmpty else {
          let shards = IndexRanges(failed.map { missing[$0] })
          throw RunError.failure(
            "\(plan.run): of the \(stage.rawValue), \(failed.count == 1 ? "shard" : "shards") \(shards) failed, each with a message above; the same "
              + "command tries them again")
        }
      }
      if merges {
        let merge = plan.mergeArguments(report: report) + options(Parallel.workers)
        guard try finish([merge], isStopping).isEmpty else {
          throw RunError.failure("\(plan.run): the merge failed, with a message above")
        }
      }
    }
    return ""
  }

  private func options(_ threads: Int) -> [String] { ["--quiet", "--threads", String(threads)] }

  /// Runs processes, a few at a time.
  ///
  /// - Returns: The places of those that failed.
  private func finish(_ commands: [[String]], _ isStopping: () -> Bool) throws -> [Int] {
    var (next, failed, isInterrupted, wasPassedOn) = (0, [Int](), false, false)
    var running: [(place: Int, process: ShardProcess)] = []
    var fault: (any Error)?
    while true {
      isInterrupted = isInterrupted || isStopping()
      if isInterrupted, !wasPassedOn {
        wasPassedOn = true
        for (_, process) in running { process.stop() }
      }
      while fault == nil, !isInterrupted, next < commands.count, running.count < processes {
        do {
          running.append((next, try ShardProcess(program: program, commands[next])))
          next += 1
        } catch {
          // Those at work are not left to themselves.
          fault = error
          if !wasPassedOn { for (_, process) in running { process.stop() } }
          wasPassedOn = true
        }
      }
      if running.isEmpty { break }
      Thread.sleep(forTimeInterval: Self.patience)
      running.removeAll { place, process in
        guard let code = process.code() else { return false }
        switch code {
        case 0: break
        // The system's own way to stop what was started.
        case 75, 128 + SIGTERM, 128 + SIGINT: isInterrupted = true
        default:
          failed.append(place)
          // It could not say so itself.
          if code > 128 {
            Logger(label: "topoclip").warning(
              """
              \(commands[place].joined(separator: " ")) was ended by the signal \(code - 128); where memory has run \
              out, give fewer --processes
              """)
          }
        }
        return true
      }
    }
    if let fault { throw fault }
    guard !isInterrupted else { throw RunError.interrupted(finished: 0, of: 0) }
    return failed
  }
}
