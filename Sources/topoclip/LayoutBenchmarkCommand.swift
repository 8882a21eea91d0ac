import ArgumentParser
import Benchmarks
import Files

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
  var data = CacheFolder.path() + "/benchmark-layouts"
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
  @OptionGroup var result: BenchmarkOutput
  @OptionGroup var execution: ExecutionOptions

  func validate() throws { _ = try asUsage(benchmark) }

  func run() throws { try result.write(benchmark().run()) }

  private func benchmark() throws -> LayoutBenchmark {
    try LayoutBenchmark(
      folder: data, workloads: workloads, rounds: rounds,
      peers: PeerScripts(folder: peers, python: python), tools: tools, isQuiet: execution.quiet)
  }
}
