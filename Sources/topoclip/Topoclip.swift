import Analyses
import ArgumentParser
import Files
import Foundation
import LinearAlgebra
import Logging
import Runs
import Topology
import Version

@main
struct Topoclip: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topoclip",
    abstract: "How the space that CLIP embeds images in bends when the images get noisy.",
    discussion: """
      The main job embeds labelled images under paired Gaussian noise and writes accuracy tables, \
      subspace angles, layouts, comparisons and persistence diagrams for every level:

        topoclip sweep --dataset DIR --model DIR --levels 0,0.5,1,2

      Exit codes: 0 done, 1 failed, 2 usage, 3 shards are missing (status), 75 interrupted after saving (run it \
      again to go on).
      Standard output that is full or closed is a failure, told on standard error; one whose reader has \
      seen enough, as in topoclip columns | head -1, is none.
      """,
    version: "topoclip \(ProgramVersion.current)",
    subcommands: [
      SweepCommand.self, EmbedCommand.self, AnalyseCommand.self, ZeroShotCommand.self,
      AnglesCommand.self,
      PersistenceCommand.self, DistanceCommand.self, LayoutCommand.self, NeighborsCommand.self,
      SimilarityCommand.self, TrainCommand.self, LinkCommand.self, ScoreCommand.self,
      SignWritingCommand.self,
      TexturesCommand.self, ExploreCommand.self,
      PlanCommand.self, ShardCommand.self, StatusCommand.self, MergeCommand.self,
      SubmitCommand.self,
      TokenizeCommand.self, ReportCommand.self, DiffCommand.self, VerifyCommand.self,
      GcCommand.self,
      ColumnsCommand.self,
      BenchmarkCommand.self,
    ])

  @Flag(help: "The licences of the work of others that the program contains and uses.")
  var licences = false

  func run() throws {
    guard licences else { throw CleanExit.helpRequest(self) }
    try Console.output(ThirdParty.report)
  }

  static func main() {
    StandardStreams.prepare()
    requireTextArguments()
    BLAS.restartIfKernelsAreBelowCPU()
    LoggingSystem.bootstrap { StreamLogHandler(label: $0, stream: StandardErrorStream()) }
    Foundation.exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// The one root of every command: parses, makes the execution's options hold, takes the signals over, runs, and
  /// turns every error into one message and an exit code.
  ///
  /// Commands block the thread that calls them, and their parallel loops must not be called from inside a task. A
  /// command that waits for others, as a server does, is an `AsyncParsableCommand`; this function is then
  /// asynchronous for its sake and awaits it where `run()` stands, and `Interruption` stays the one flag that says
  /// when to stop.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      (command as? any ExecutingCommand)?.execution.apply()
      if command is any StoppableCommand { try Interruption.install() }
      try command.run()
      return ExitCodes.done
    } catch {
      return report(error)
    }
  }

  /// Says what became of a command.
  ///
  /// - Returns: The exit code.
  private static func report(_ error: any Error) -> Int32 {
    switch error {
    case let failure as StandardStreams.Failure where failure.isReaderGone:
      return ExitCodes.done
    case RunError.interrupted, RunError.interruptedTraining:
      Console.error("\(error)")
      return ExitCodes.interrupted
    case is CancellationError:
      Console.error("\(RunError.interrupted(finished: 0, of: 0))")
      return ExitCodes.interrupted
    case let code as ExitCode:
      return code.rawValue
    case let error as OptionError:
      // Found only when a list of files was read.
      return report(ValidationError(error.description))
    case _ where isParsing(error):
      let text = fullMessage(for: error)
      if exitCode(for: error).isSuccess {
        do {
          try Console.output(text + "\n")
        } catch {
          return report(error)
        }
        return ExitCodes.done
      }
      Console.error(text)
      return ExitCodes.usage
    default:
      let isOurs = (error as NSError).domain != NSCocoaErrorDomain
      Console.error("topoclip: \(isOurs ? "\(error)" : FileError.words(for: error))")
      if case RunError.setting = error { return ExitCodes.usage }
      return ExitCodes.failed
    }
  }

  /// What the process ends with.
  private enum ExitCodes {
    static let done: Int32 = 0
    static let failed: Int32 = 1
    static let usage: Int32 = 2
    static let interrupted: Int32 = 75
  }

  /// Whether the error is the argument parser's own: usage, help or version.
  private static func isParsing(_ error: any Error) -> Bool {
    exitCode(for: error) != .failure || error is ValidationError || error is CleanExit
  }
}

/// The program's two streams.
enum Console {
  /// Writes a result to standard output.
  ///
  /// - Throws: `StandardStreams.Failure`, which ends the program as it should; work that is to be done all the
  ///   same comes first.
  static func output(_ text: String) throws { try StandardStreams.output(text) }

  /// Writes a result to the file named, whole or not at all, or to standard output.
  static func output(_ text: String, to path: String?) throws {
    if let path {
      try AtomicFile.write(text, to: path)
    } else {
      try output(text)
    }
  }

  /// Writes a message and a line end to standard error.
  static func error(_ text: String) { StandardStreams.error(text + "\n") }
}
