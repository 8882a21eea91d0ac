import ArgumentParser
import Benchmarks
import Experiments
import Files
import Foundation
import RunAnalyses
import Runs

struct TopologyBenchmarkCommand: ExecutingCommand {
  static let configuration = CommandConfiguration(
    commandName: "topology",
    abstract:
      "Persistence diagrams and their distances: seconds and memory, beside other programs.",
    discussion: """
      P is a whole process from a binary file to a CSV, C the computation alone from distances in \
      memory. Each workload runs --rounds times, in turn with a peer when --peers names the folder of \
      the scripts that time them (tda_peers.py, distance_peers.py); the best counts. Inputs that have \
      a formula are made in --data when they are not there; the others are left out when missing.

      Examples:
        topoclip benchmark topology --data /tmp/topology --workloads class120,mix2000,circle3000
        topoclip benchmark topology --data tda --peers peers --python .peers/bin/python --json
      """)

  @Option(help: ArgumentHelp("The folder of inputs.", valueName: "dir"))
  var data = FileManager.default.temporaryDirectory.appending(path: "topoclip-benchmark").path
  @Option(help: "Names separated by commas (default all).")
  var workloads: String?
  @Option(help: "How often each is measured.")
  var rounds = 3
  @Option(help: ArgumentHelp("The folder of the peers' timing scripts.", valueName: "dir"))
  var peers: String?
  @Option(help: "The Python that runs them.")
  var python = "python3"
  @Flag(help: "JSON in place of a table.")
  var json = false
  @Option(help: ArgumentHelp("A file in place of standard output.", valueName: "file"))
  var output: String?
  @OptionGroup var execution: ExecutionOptions

  private var names: [String]? {
    workloads?.split(separator: ",").map(String.init)
  }

  func validate() throws {
    for name in names ?? [] where !TopologyBenchmark.workloadNames.contains(name) {
      throw ValidationError(
        "--workloads: there is no \(name); there are "
          + TopologyBenchmark.workloadNames.joined(separator: ", "))
    }
    guard (1...1000).contains(rounds) else {
      throw ValidationError("--rounds \(rounds): expected 1 to 1000")
    }
  }

  func run() throws {
    let benchmark = TopologyBenchmark(
      folder: data, names: names, rounds: rounds,
      peers: peers.map { PeerScripts(folder: $0, python: python) },
      isQuiet: execution.quiet)
    let report = try benchmark.run()
    let text = try json ? encodedReport(report) : Self.table(report)
    try Console.output(text, to: output)
  }

  private static func table(_ report: BenchmarkReport<TopologyBenchmark.Row>) -> String {
    func seconds(_ value: Double) -> String { String(format: "%.4f", value) }
    var text = "\(report.processor), \(report.threads) threads (distances: one)\n"
    text += "| workload | | best s | median s | MiB | peer | its best s | its MiB | ratio |\n"
    text += "|---|---|---:|---:|---:|---|---:|---:|---:|\n"
    for row in report.rows {
      let memory = row.peakMemoryBytes.map { "\($0 >> 20)" } ?? ""
      text += "| \(row.workload) | \(row.mode) | \(seconds(row.seconds)) "
      text += "| \(seconds(row.medianSeconds)) | \(memory) "
      if let peer = row.peer {
        text += "| \(peer.tool) | \(seconds(peer.seconds)) "
        text += "| \(peer.peakMebibytes.map { "\($0)" } ?? "") "
        text += "| \(String(format: "%.1f", peer.seconds / row.seconds)) |\n"
      } else {
        text += "| | | | |\n"
      }
    }
    return text
  }
}
