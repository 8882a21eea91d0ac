public import ArgumentParser
import Benchmarks
public import CLIP
import Experiments
import Files
import Foundation
import Runs

struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure this program on this machine.",
    subcommands: [
      EncoderBenchmarkCommand.self, TopologyBenchmarkCommand.self, LayoutBenchmarkCommand.self,
      TrainingBenchmarkCommand.self,
    ])
}

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
  @Flag(help: "JSON in place of a table.")
  var json = false
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "file"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  private var batchSizes: [Int] { batches.split(separator: ",").compactMap { Int($0) } }

  func validate() throws {
    guard !batchSizes.isEmpty, batchSizes.count == batches.split(separator: ",").count,
      batchSizes.allSatisfy({ (1...4096).contains($0) })
    else { throw ValidationError("--batches \(batches): expected whole numbers from 1 to 4096") }
    guard (1...4096).contains(promptBatch) else {
      throw ValidationError("--prompt-batch \(promptBatch): expected 1 to 4096")
    }
    guard (1...1000).contains(rounds) else {
      throw ValidationError("--rounds \(rounds): expected 1 to 1000")
    }
    if peers != nil, model != nil {
      throw ValidationError("--model: peers have random weights; leave it out or --peers")
    }
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds \(seconds): expected a number above 0, at most 3600")
    }
  }

  func run() throws {
    let model =
      try model.map { try CLIPModel(directory: $0) } ?? CLIPModel(random: architecture, seed: 0)
    let peers = peers.map {
      EncoderPeers(
        PeerScripts(folder: $0, python: python), architecture: architecture, precision: precision,
        rounds: rounds, isQuiet: execution.quiet)
    }
    let report = try EncoderBenchmark(
      model, arithmetic: Arithmetic(precision, backend: backend), secondsPerFigure: seconds
    ).run(batches: batchSizes, promptBatch: promptBatch, peers: peers)
    let text = try json ? encodedReport(report) : Self.table(report)
    try Console.output(text, to: output)
  }

  private static func table(_ report: EncoderBenchmark.Report) -> String {
    func rounded(_ value: Double) -> String { String(format: "%.2f", value) }
    var text = "\(report.model), \(report.precision), \(report.threads) threads, "
    text += "\(report.processor), \(report.kernels)\n"
    text += "| items | batch | median a second | best | runs |\n|---|---:|---:|---:|---:|\n"
    for rate in report.rates {
      text += "| \(rate.kind) | \(rate.batch) | \(rounded(rate.medianPerSecond)) "
      text += "| \(rounded(rate.bestPerSecond)) | \(rate.runs) |\n"
    }
    text += "first embedding after \(rounded(report.secondsToFirstEmbedding)) s, "
    text += "peak memory \(report.imagePeakMemoryBytes >> 20) MiB with the image tower, "
    text += "\(report.peakMemoryBytes >> 20) MiB with the text tower too\n"
    guard let batch = report.comparison.first?.batch else { return text }
    text += "\n| encoder, batch \(batch) | images a second, median | rounds | ours / it | MiB |\n"
    text += "|---|---:|---|---:|---:|\n"
    for result in report.comparison {
      text += "| \(result.name) | \(rounded(result.medianPerSecond)) "
      text += "| \(result.rounds.map(rounded).joined(separator: ", ")) | \(rounded(result.ratio)) "
      text += "| \(result.peakMebibytes.map { "\($0)" } ?? "") |\n"
    }
    return text
  }
}

/// A report of a benchmark as JSON, its keys in order.
func encodedReport(_ report: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
}

extension Architecture: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
extension MatrixBackend: ExpressibleByArgument {}
