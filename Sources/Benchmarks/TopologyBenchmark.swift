import Files
import Foundation
import LinearAlgebra
import Runs
import Topology

/// How fast diagrams and their distances are on this machine, beside other programs.
public struct TopologyBenchmark {
  /// The figures of a workload.
  public struct Row: BenchmarkRow {
    /// The workload.
    public let workload: String
    /// `P`, a whole process, or `C`, the computation alone.
    public let mode: String
    /// The best of the rounds.
    public let seconds: Double
    /// The median of the rounds.
    public let medianSeconds: Double
    /// The largest resident memory of the process; nil for `C`.
    public let peakMemoryBytes: Int?
    /// Bars a dimension, or the sum of the distances.
    public let result: [Double]
    /// The peer, its best seconds, and what it found.
    public let peer: Peer?

    enum CodingKeys: String, CodingKey {
      case workload, mode, seconds, result, peer
      case medianSeconds = "median_seconds"
      case peakMemoryBytes = "peak_memory_bytes"
    }
  }

  /// What a peer took.
  public struct Peer: Codable, Sendable {
    /// The tool, as the script calls it.
    public let tool: String
    /// The best of the rounds.
    public let seconds: Double
    /// Bars a dimension, or the sum of the distances.
    public let result: [Double]
    /// The largest resident memory of the script, in MiB; nil when it does not say.
    public let peakMebibytes: Int?

    enum CodingKeys: String, CodingKey {
      case tool, seconds, result
      case peakMebibytes = "peak_mebibytes"
    }

    init(tool: String, _ answer: PeerScripts.Answer) {
      self.tool = tool
      seconds = answer.duration
      result = answer.bars ?? answer.sum.map { [$0] } ?? []
      peakMebibytes = answer.peakMebibytes
    }
  }

  private let folder: String
  private let names: [String]?
  private let rounds: Int
  private let peers: PeerScripts?
  private let isQuiet: Bool

  /// A benchmark of the workloads whose inputs are in `folder`.
  ///
  /// - Parameters:
  ///   - folder: The inputs; those of our own making that are missing are made there.
  ///   - workloads: Names separated by commas; nil for all.
  ///   - rounds: How often each is measured.
  ///   - peers: Other programs, measured in turn with ours; nil for none.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  public init(
    folder: String, workloads: String?, rounds: Int, peers: PeerScripts?, isQuiet: Bool
  ) throws {
    names = try workloads.map {
      try Benchmarks.names(
        "workloads", $0, known: TopologyWorkload.all(in: "").map(\.name))
    }
    try requireRounds(rounds)
    self.folder = folder
    self.rounds = rounds
    self.peers = peers
    self.isQuiet = isQuiet
  }

  /// Measures; a workload whose input is missing and cannot be made is named and left out.
  ///
  /// - Returns: A row a workload.
  /// - Throws: `FileError` for a damaged input, `RunError.failure` when a process fails.
  public func run() throws -> BenchmarkReport<Row> {
    var rows: [Row] = []
    for workload in TopologyWorkload.all(in: folder)
    where names?.contains(workload.name) ?? true {
      try Interruption.check()
      try workload.makeInputs(in: folder)
      if let missing = workload.files.first(where: { !FileManager.default.fileExists(atPath: $0) })
      {
        announce("\(workload.name): left out, there is no \(missing)", isQuiet: isQuiet)
        continue
      }
      let row = try measure(workload)
      announce(
        "\(row.workload): \(String(format: "%.4f", row.seconds)) s"
          + (row.peer.map { ", \($0.tool) \(String(format: "%.4f", $0.seconds)) s" } ?? ""),
        isQuiet: isQuiet)
      rows.append(row)
    }
    return BenchmarkReport(rows: rows)
  }

  private func measure(_ workload: TopologyWorkload) throws -> Row {
    let once = try workload.prepared()
    var seconds: [Double] = []
    var peak: Int?
    var result: [Double] = []
    var peer: Peer?
    for _ in 0..<rounds {
      try Interruption.check()
      let measured = try once()
      seconds.append(measured.seconds)
      peak = [peak, measured.peakMemoryBytes].compactMap(\.self).max()
      result = measured.result
      // In turn with ours, so that both meet the same load of the machine.
      if let peers, let script = workload.peer {
        let answer = try peers.run(script.script, [folder] + script.arguments)
        let other = Peer(tool: script.arguments[1], answer)
        if other.seconds < peer?.seconds ?? .infinity { peer = other }
      }
    }
    seconds.sort()
    return Row(
      workload: workload.name, mode: workload.mode, seconds: seconds[0],
      medianSeconds: seconds[rounds / 2], peakMemoryBytes: peak, result: result, peer: peer)
  }
}

extension TopologyBenchmark.Row {
  /// The table of a report of such rows, in Markdown.
  public static func table(_ report: BenchmarkReport<Self>) -> String {
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
