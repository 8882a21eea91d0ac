import ArgumentParser
import Benchmarks
import Files

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
        topoclip benchmark topology --data topology --workloads class120,mix2000,circle3000
        topoclip benchmark topology --data tda --peers peers --python .peers/bin/python --json
      """)

  @Option(help: ArgumentHelp("The folder of inputs.", valueName: "dir"))
  var data = CacheFolder.path() + "/benchmark-topology"
  @Option(help: "Names separated by commas (default all).")
  var workloads: String?
  @Option(help: "How often each is measured.")
  var rounds = 3
  @Option(help: ArgumentHelp("The folder of the peers' timing scripts.", valueName: "dir"))
  var peers: String?
  @Option(help: "The Python that runs them.")
  var python = "python3"
  @OptionGroup var result: BenchmarkOutput
  @OptionGroup var execution: ExecutionOptions

  func validate() throws { _ = try asUsage(benchmark) }

  func run() throws { try result.write(benchmark().run()) }

  private func benchmark() throws -> TopologyBenchmark {
    try TopologyBenchmark(
      folder: data, workloads: workloads, rounds: rounds,
      peers: peers.map { PeerScripts(folder: $0, python: python) }, isQuiet: execution.quiet)
  }
}
