public import ArgumentParser
import Benchmarks
import Experiments
import Files
import Foundation
import RunAnalyses
import Runs

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
  @Flag(help: "JSON in place of a table.")
  var json = false
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "file"))
  var output: String?
  @Option(help: .hidden)
  var measure: TrainingWorkload?
  @OptionGroup var execution: ExecutionOptions

  private func chosen() throws -> [TrainingWorkload] {
    guard let workloads else { return TrainingWorkload.allCases }
    return try workloads.split(separator: ",").map { name in
      guard let workload = TrainingWorkload(rawValue: String(name)) else {
        let known = TrainingWorkload.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--workloads \(name): expected some of \(known)")
      }
      return workload
    }
  }

  func validate() throws {
    if try chosen().isEmpty { throw ValidationError("--workloads: names none") }
    guard (1...1000).contains(rounds) else {
      throw ValidationError("--rounds \(rounds): expected 1 to 1000")
    }
    guard seconds > 0, seconds <= 3600 else {
      throw ValidationError("--seconds \(seconds): expected a number above 0, at most 3600")
    }
  }

  func run() throws {
    if let measure {
      try Console.output(
        TrainingBenchmark.measurement(measure, seconds: seconds), to: output)
      return
    }
    let report = try TrainingBenchmark(
      chosen(), rounds: rounds, seconds: seconds,
      peers: peers.map { PeerScripts(folder: $0, python: python) }, isQuiet: execution.quiet
    ).run()
    try Console.output(json ? encodedReport(report) : Self.table(report), to: output)
  }

  private static func table(_ report: BenchmarkReport<TrainingBenchmark.Row>) -> String {
    func rounded(_ value: Double) -> String { String(format: "%.2f", value) }
    var text = "\(report.threads) threads, \(report.processor)\n"
    text += "| training | batch | pairs a second | MiB | PyTorch | MiB | ours / it |\n"
    text += "|---|---:|---:|---:|---:|---:|---:|\n"
    for row in report.rows {
      text += "| \(row.workload.rawValue) | \(row.batch) | \(rounded(row.samplesPerSecond)) "
      text += "| \(row.peakMebibytes) "
      text += "| \(row.peer.map { rounded($0.samplesPerSecond) } ?? "") "
      text += "| \(row.peer.map { "\($0.peakMebibytes)" } ?? "") "
      text += "| \(row.peer.map { rounded($0.ratio) } ?? "") |\n"
    }
    return text
  }
}

extension TrainingWorkload: ExpressibleByArgument {}
