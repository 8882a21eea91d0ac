import ArgumentParser
import Benchmarks

struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure this program on this machine.",
    subcommands: [
      EncoderBenchmarkCommand.self, TopologyBenchmarkCommand.self, LayoutBenchmarkCommand.self,
      TrainingBenchmarkCommand.self, SearchBenchmarkCommand.self,
    ])
}

/// In which form a benchmark's report goes where.
struct BenchmarkOutput: ParsableArguments {
  @Flag(help: "JSON in place of a table.")
  var json = false
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "file"))
  var output: String?

  func write(_ report: some BenchmarkResult) throws {
    try Console.output(json ? report.json() : report.table, to: output)
  }
}
