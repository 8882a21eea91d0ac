import ArgumentParser
import Benchmarks
import Experiments
import Files
import Foundation
import RunAnalyses
import Runs

struct LayoutBenchmarkCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "layouts",
    abstract:
      "t-SNE, UMAP, neighbours and angles: seconds, memory and quality, beside other programs.",
    discussion: """
      Ours is a whole process from a binary file to a CSV; a peer's seconds are of its fit alone. Each \
      workload runs --rounds times, in turn with the peers; the best counts. --peers names the folder of \
      the scripts that make the sets (map_workloads.py), time other programs (map_peers.py) and judge \
      every layout alike (map_quality.py).

      Examples:
        topoclip benchmark layouts --peers peers --python .peers/bin/python
        topoclip benchmark layouts --peers peers --workloads tsne-map5640 --tools scranpy-tsne --json
        topoclip benchmark layouts --peers peers --tools none --rounds 5
      """)

  @Option(help: ArgumentHelp("The folder of the sets; made there when missing.", valueName: "dir"))
  var data = FileManager.default.temporaryDirectory.appending(path: "topoclip-layouts").path
  @Option(help: "Names separated by commas (default all).")
  var workloads: String?
  @Option(help: "How often each is measured.")
  var rounds = 1
  @Option(help: ArgumentHelp("The folder of the peers' scripts.", valueName: "dir"))
  var peers: String
  @Option(help: "The peers to measure, separated by commas, or none (default all).")
  var tools: String?
  @Option(help: "The Python that runs them.")
  var python = "python3"
  @Flag(help: "JSON in place of a table.")
  var json = false
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "file"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  private static func list(_ text: String?) -> [String]? {
    text.map { $0 == "none" ? [] : $0.split(separator: ",").map(String.init) }
  }

  func validate() throws {
    for (option, names, known) in [
      ("workloads", Self.list(workloads), LayoutBenchmark.workloadNames),
      ("tools", Self.list(tools), LayoutBenchmark.peerNames),
    ] {
      for name in names ?? [] where !known.contains(name) {
        throw ValidationError(
          "--\(option): there is no \(name); there are \(known.joined(separator: ", "))")
      }
    }
    guard (1...1000).contains(rounds) else {
      throw ValidationError("--rounds \(rounds): expected 1 to 1000")
    }
  }

  func run() throws {
    let report = try LayoutBenchmark(
      folder: data, names: Self.list(workloads), rounds: rounds,
      peers: PeerScripts(folder: peers, python: python), tools: Self.list(tools),
      isQuiet: execution.quiet
    ).run()
    let text = try json ? encodedReport(report) : Self.table(report)
    try Console.output(text, to: output)
  }

  private static func table(_ report: BenchmarkReport<LayoutBenchmark.Row>) -> String {
    var text = "\(report.processor), \(report.threads) threads\n"
    text += "| workload | tool | best s | median s | MiB | KL | trust | recall | silhouette |\n"
    text += "|---|---|---:|---:|---:|---:|---:|---:|---:|\n"
    for row in report.rows {
      let quality = row.quality.map { quality in
        [quality.kl, quality.trustworthiness, quality.recall10, quality.silhouette]
          .map { String(format: "%.3f", $0) }.joined(separator: " | ")
      }
      text += "| \(row.workload) | \(row.tool) | \(String(format: "%.3f", row.seconds)) "
      text += "| \(String(format: "%.3f", row.medianSeconds)) "
      text += "| \(row.peakMebibytes.map { "\($0)" } ?? "") | \(quality ?? " | | | ") |\n"
    }
    return text
  }
}
