public import ArgumentParser
import Benchmarks
public import CLIP

struct EncoderBenchmarkCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "encoder",
    abstract: "Images and prompts a second, and peak memory, beside other encoders.",
    discussion: """
      Speed does not depend on the weights: seeded random ones serve unless --model names a checkpoint. \
      With --peers, PyTorch, ONNX Runtime and OpenVINO are timed in turn with ours, --rounds times each, \
      on batches of the last size; the median counts.

      Examples:
        topoclip benchmark encoder --architecture b32
        topoclip benchmark encoder --architecture b32 --batches 1,8,32 --json > encoder.json
        topoclip benchmark encoder --precision bfloat16 --peers peers --python .peers-clip/bin/python
      """)

  @Option(help: "b32, b16, l14 or l14-336.")
  var architecture = Architecture.b32
  @Option(help: "A CLIP in Hugging Face layout in place of random weights.")
  var model: String?
  @Option(help: "float32 or bfloat16.")
  var precision = Precision.float32
  @Option(help: "panels, onednn or openblas (default the fastest on this machine).")
  var backend: MatrixBackend?
  @Option(help: "Images in a call, separated by commas.")
  var batches = "1,8,32"
  @Option(help: "Prompts in a call.")
  var promptBatch = 32
  @Option(help: "About how long to measure each figure.")
  var seconds = 6.0
  @Option(help: ArgumentHelp("The folder of the peers' timing script.", valueName: "dir"))
  var peers: String?
  @Option(help: "The Python that runs it.")
  var python = "python3"
  @Option(help: "How often ours and each peer are measured in turn.")
  var rounds = 5
  @OptionGroup var result: BenchmarkOutput
  @OptionGroup var execution: ExecutionOptions

  func validate() throws { _ = try asUsage(benchmark) }

  func run() throws { try result.write(benchmark().run()) }

  private func benchmark() throws -> EncoderBenchmark {
    try EncoderBenchmark(
      architecture: architecture, model: model, arithmetic: Arithmetic(precision, backend: backend),
      batches: batches, promptBatch: promptBatch, secondsPerFigure: seconds,
      peers: peers.map { PeerScripts(folder: $0, python: python) }, rounds: rounds,
      isQuiet: execution.quiet)
  }
}

extension Architecture: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension MatrixBackend: ExpressibleByArgument {}
