import ArgumentParser
import Experiments
import Files
import Foundation
import LinearAlgebra
import Logging
import Runs
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

      Exit codes: 0 done, 1 failed, 2 usage, 75 interrupted after saving (run it again to go on).
      """,
    version: "topoclip \(ProgramVersion.current)",
    subcommands: [
      SweepCommand.self, EmbedCommand.self, ZeroShotCommand.self, AnglesCommand.self,
      PersistenceCommand.self, DistanceCommand.self, LayoutCommand.self, NeighborsCommand.self,
      SimilarityCommand.self, TrainCommand.self, LinkCommand.self, TexturesCommand.self,
      TokenizeCommand.self, ReportCommand.self, DiffCommand.self, BenchmarkCommand.self,
    ])

  static func main() {
    BLAS.restartIfKernelsAreBelowCPU()
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    Foundation.exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Parses and runs; every error becomes one message and an exit code.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      return 0
    } catch RunError.interrupted(let finished, let total) {
      Console.error("\(RunError.interrupted(finished: finished, of: total))")
      return 75
    } catch let error as RunError {
      if case .interruptedTraining = error {
        Console.error("\(error)")
        return 75
      }
      Console.error("topoclip: \(error)")
      if case .setting = error { return 2 }
      return 1
    } catch  where isParsing(error) {
      let text = fullMessage(for: error)
      if exitCode(for: error).isSuccess {
        Console.output(text + "\n")
        return 0
      }
      Console.error(text)
      return 2
    } catch {
      Console.error("topoclip: \(error)")
      return 1
    }
  }

  /// Whether the error is the argument parser's own: usage, help or version.
  private static func isParsing(_ error: any Error) -> Bool {
    exitCode(for: error) != .failure || error is ValidationError || error is CleanExit
  }
}

/// The program's two streams.
enum Console {
  /// Writes a result to standard output.
  static func output(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// Writes a result to the file named, whole or not at all, or to standard output.
  static func output(_ text: String, to path: String?) throws {
    if let path {
      try AtomicFile.write(text, to: path)
    } else {
      output(text)
    }
  }

  /// Writes a message and a line end to standard error.
  static func error(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
