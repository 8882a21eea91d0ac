import ArgumentParser
public import Benchmarks

struct TrainingBenchmarkCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "training",
    abstract: "Pairs a second of training steps, and peak memory, beside PyTorch.",
    discussion: """
      A step is forward pass, symmetric InfoNCE, backward pass and AdamW in float32 on random data. tiny \
      trains both towers of a model of the built-in one's size on batches of 128 pairs, b32-frozen-text \
      ViT-B/32's image tower on batches of 16, with the texts embedded anew in every step. Each \
      measurement is a process of its own, the median of its steps after two warm-ups; with --peers, \
      PyTorch is measured in turn by the script train_peers.py. The median over --rounds counts.

      Examples:
        topoclip benchmark training
        topoclip benchmark training --peers peers --python .peers-clip/bin/python
        topoclip benchmark training --workloads tiny --seconds 10 --json > training.json
      """)

  @Option(help: "tiny, b32-frozen-text, or both separated by a comma (default both).")
  var workloads: String?
  @Option(help: "About how long a measurement takes.")
  var seconds = 20.0
  @Option(help: "How often each is measured.")
  var rounds = 3
  @Option(help: ArgumentHelp("The folder of the peers' scripts.", valueName: "dir"))
  var peers: String?
  @Option(help: "The Python that runs them.")
  var python = "python3"
  @OptionGroup var result: BenchmarkOutput
  @Option(help: .hidden)
  var measure: TrainingWorkload?
  @OptionGroup var execution: ExecutionOptions

  func validate() throws { _ = try asUsage(benchmark) }

  func run() throws {
    if let measure {
      let line = try TrainingBenchmark.measurement(measure, seconds: seconds)
      try Console.output(line, to: result.output)
    } else {
      try result.write(benchmark().run())
    }
  }

  private func benchmark() throws -> TrainingBenchmark {
    try TrainingBenchmark(
      workloads: workloads, rounds: rounds, seconds: seconds,
      peers: peers.map { PeerScripts(folder: $0, python: python) }, isQuiet: execution.quiet)
  }
}

extension TrainingWorkload: ExpressibleByArgument {}
