import ArgumentParser
import Runs

/// A command that may work for long: the first signal asks it for an end, and it ends with 75 at the next safe place.
///
/// `Topoclip.run` takes the signals over before it starts one.
protocol StoppableCommand: ParsableCommand {}

/// Such a command, with the options that change how it runs; `Topoclip.run` makes them hold.
protocol ExecutingCommand: StoppableCommand {
  var execution: ExecutionOptions { get }
}

/// A command that is its options and the job that they ask for.
protocol JobCommand: ExecutingCommand {
  associatedtype Work: Job
  /// The job.
  ///
  /// - Throws: `OptionError` for options that are wrong or do not go together.
  func job() throws -> Work
}

extension JobCommand {
  func validate() throws { _ = try asUsage(job) }

  func run() throws { try Console.output(job().run()) }
}

/// What is wrong with options, as the argument parser tells it: with the command's usage.
func asUsage<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as OptionError {
    throw ValidationError(error.description)
  }
}
