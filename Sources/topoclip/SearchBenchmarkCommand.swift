import ArgumentParser
import Benchmarks
import CLIP
import Explorer

struct SearchBenchmarkCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "The explorer's search: milliseconds a query, and whether it finds what it should.",
    discussion: """
      Its index is made beside POINTS, and removed. Random directions are looked for; with --model texts are embedded too, none of \
      them twice.

      Examples:
        topoclip benchmark search points.npy
        topoclip benchmark search points.npy --model random:b32 --rounds 200 --json
      """)

  @Argument(help: "A .npy file of float32 unit vectors, one a row.")
  var points: String
  @Option(help: "A model whose text tower is measured too.")
  var model: String?
  @Option(help: "How many images are looked for.")
  var count = 100
  @Option(help: "How often.")
  var rounds = 50
  @OptionGroup var result: BenchmarkOutput
  @OptionGroup var execution: ExecutionOptions

  func validate() throws {
    guard SearchRequest.counts.contains(count) else {
      throw ValidationError("--count \(count): expected 1 to 1000")
    }
    guard SearchBenchmark.roundNumbers.contains(rounds) else {
      throw ValidationError("--rounds \(rounds): expected 1 to 10000")
    }
  }

  func run() throws {
    let model = try model.map { try CLIPModel(named: $0, seed: 0) }
    try result.write(
      SearchBenchmark(points: points, model: model, count: count, rounds: rounds).run())
  }
}

extension SearchBenchmark.Report: BenchmarkResult {}
