import Files
import Foundation
import LinearAlgebra
import Runs

/// How fast layouts, neighbours and subspace angles are on this machine, beside other programs, and
/// how good the layouts are by one judge.
package struct LayoutBenchmark {
  /// The figures of a workload by one tool.
  package struct Row: BenchmarkRow {
    /// The workload.
    package let workload: String
    /// `topoclip`, a whole process from a binary file to a CSV, or a peer, whose script times the fit
    /// alone.
    package let tool: String
    /// The best of the rounds.
    package let seconds: Double
    /// The median of the rounds.
    package let medianSeconds: Double
    /// The largest resident memory of the process.
    package let peakMebibytes: Int?
    /// What the judge says of the layout; nil for what is no layout, or without a judge.
    package let quality: Quality?

    enum CodingKeys: String, CodingKey {
      case workload, tool, seconds, quality
      case medianSeconds = "median_seconds"
      case peakMebibytes = "peak_mebibytes"
    }
  }

  /// What the judge prints.
  package struct Quality: Codable, Sendable {
    /// The Kullback–Leibler divergence at perplexity 30 over 91 neighbours.
    package let kl: Double
    /// Trustworthiness at 15 neighbours.
    package let trustworthiness: Double
    /// The share of the 10 nearest neighbours kept.
    package let recall10: Double
    /// The silhouette by class.
    package let silhouette: Double
  }

  private let folder: String
  private let names: [String]?
  private let rounds: Int
  private let peers: PeerScripts
  private let tools: [String]?
  private let isQuiet: Bool

  /// A benchmark of the sets in `folder`, which the peers' scripts make when they are not there.
  ///
  /// - Parameters:
  ///   - folder: The sets.
  ///   - workloads: Names separated by commas; nil for all.
  ///   - rounds: How often each is measured.
  ///   - peers: The scripts that make the sets, time other programs and judge layouts.
  ///   - tools: The peers to measure, separated by commas; nil for all of a workload, `none` for ours alone.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    folder: String, workloads: String?, rounds: Int, peers: PeerScripts, tools: String?,
    isQuiet: Bool
  ) throws {
    func chosen(_ option: String, _ text: String?, _ known: [String]) throws -> [String]? {
      try text.map { $0 == "none" ? [] : try Benchmarks.names(option, $0, known: known) }
    }
    names = try chosen("workloads", workloads, LayoutWorkload.all.map(\.name))
    self.tools = try chosen("tools", tools, Set(LayoutWorkload.all.flatMap(\.peers)).sorted())
    try requireRounds(rounds)
    self.folder = folder
    self.rounds = rounds
    self.peers = peers
    self.isQuiet = isQuiet
  }

  /// Measures every workload, ours in turn with the peers, and has the layouts judged.
  ///
  /// - Returns: The report.
  /// - Throws: `RunError.failure` when a process or a script fails.
  package func run() throws -> BenchmarkReport<Row> {
    if !FileManager.default.fileExists(atPath: "\(folder)/map50000-labels.csv") {
      announce("making the sets in \(folder)", isQuiet: isQuiet)
      _ = try peers.output("map_workloads.py", [folder])
    }
    var rows: [Row] = []
    for workload in LayoutWorkload.all where names?.contains(workload.name) ?? true {
      for row in try measure(workload) {
        announce(
          "\(row.workload): \(row.tool) \(String(format: "%.3f", row.seconds)) s", isQuiet: isQuiet)
        rows.append(row)
      }
    }
    return BenchmarkReport(rows: rows)
  }

  private func measure(_ workload: LayoutWorkload) throws -> [Row] {
    let scratch = try PrivateFolder()
    defer { scratch.remove() }
    let output = scratch.path + "/layout.csv"
    let files = [
      LayoutWorkload.points: "\(folder)/\(workload.set).npy",
      LayoutWorkload.labels: "\(folder)/\(workload.set)-labels.csv", LayoutWorkload.output: output,
    ]
    let arguments =
      workload.arguments.map { files[$0] ?? $0 } + ["--threads", "\(Parallel.workers)", "--quiet"]
    let others = workload.peers.filter { tools?.contains($0) ?? true }
    var ours: [Double] = []
    var peak: Int?
    var theirs = [[PeerScripts.Answer]](repeating: [], count: others.count)
    for _ in 0..<rounds {
      try Interruption.check()
      let measured = try MeasuredProcess(arguments)
      ours.append(measured.seconds)
      peak = [peak, measured.peakMemoryBytes.map { $0 >> 20 }].compactMap(\.self).max()
      // In turn with ours, so that both meet the same load of the machine.
      for (index, tool) in others.enumerated() {
        try Interruption.check()
        theirs[index].append(
          try peers.run(
            "map_peers.py", [folder, workload.set, tool, "--threads", "\(Parallel.workers)"]))
      }
    }
    let own = try row(
      workload, "topoclip", seconds: ours, peak: peak, layout: workload.isLayout ? output : nil)
    return try [own]
      + zip(others, theirs).map { tool, answers in
        try row(
          workload, tool, seconds: answers.map(\.duration),
          peak: answers.compactMap(\.peakMebibytes).max(),
          layout: workload.isLayout ? "\(folder)/layouts/\(workload.set)-\(tool).npy" : nil)
      }
  }

  private func row(
    _ workload: LayoutWorkload, _ tool: String, seconds: [Double], peak: Int?, layout: String?
  ) throws -> Row {
    let sorted = seconds.sorted()
    return Row(
      workload: workload.name, tool: tool, seconds: sorted[0],
      medianSeconds: sorted[sorted.count / 2], peakMebibytes: peak,
      quality: try layout.map {
        try peers.decode(Quality.self, "map_quality.py", [folder, workload.set, $0])
      })
  }
}

extension LayoutBenchmark.Row {
  package static func table(_ report: BenchmarkReport<Self>) -> String {
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
