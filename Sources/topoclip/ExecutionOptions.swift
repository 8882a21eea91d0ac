import ArgumentParser
import LinearAlgebra

/// The options that change how a command runs and never what it computes.
struct ExecutionOptions: ParsableArguments {
  @Option(help: "Worker threads (default all cores); never changes a result.")
  var threads: Int?
  @Flag(help: "No progress on standard error.")
  var quiet = false

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): expected 1 to 1024")
    }
  }

  /// Makes the options hold for the process.
  func apply() {
    if let threads { Parallel.workers = threads }
  }
}
