import Files
import Foundation
import LinearAlgebra
import Topology
public import Version

/// How fast diagrams and their distances are on this machine, beside other programs.
public struct TopologyBenchmark {
  /// What was measured, and on what.
  public struct Report: Codable, Sendable {
    /// The program that was measured.
    public let program: ProgramVersion
    /// The machine's processor.
    public let processor: String
    /// Worker threads; the distances use one.
    public let threads: Int
    /// A row a workload.
    public let rows: [Row]
  }

  /// The figures of a workload.
  public struct Row: Codable, Sendable {
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
  }

  /// Where the peers' scripts are, and the Python that runs them.
  public struct Peers: Sendable {
    let folder: String
    let python: String

    /// Scripts in `folder`, run by `python`.
    public init(folder: String, python: String) {
      self.folder = folder
      self.python = python
    }
  }

  private let folder: String
  private let names: [String]?
  private let rounds: Int
  private let peers: Peers?
  private let isQuiet: Bool

  /// A benchmark of the workloads whose inputs are in `folder`.
  ///
  /// - Parameters:
  ///   - folder: The inputs; those of our own making that are missing are made there.
  ///   - names: The workloads; nil for all.
  ///   - rounds: How often each is measured.
  ///   - peers: Other programs, measured in turn with ours; nil for none.
  ///   - isQuiet: Whether to say nothing on standard error.
  public init(folder: String, names: [String]?, rounds: Int, peers: Peers?, isQuiet: Bool) {
    precondition(rounds > 0)
    self.folder = folder
    self.names = names
    self.rounds = rounds
    self.peers = peers
    self.isQuiet = isQuiet
  }

  /// The names of all workloads.
  public static var workloadNames: [String] { TopologyWorkload.all(in: "").map(\.name) }

  /// Measures; a workload whose input is missing and cannot be made is named and left out.
  ///
  /// - Returns: A row a workload.
  /// - Throws: `FileError` for a damaged input, `ExperimentError.failure` when a process fails.
  public func run() throws -> Report {
    var rows: [Row] = []
    for workload in TopologyWorkload.all(in: folder)
    where names?.contains(workload.name) ?? true {
      try Interruption.check()
      try workload.makeInputs(in: folder)
      if let missing = workload.files.first(where: { !FileManager.default.fileExists(atPath: $0) })
      {
        say("\(workload.name): left out, there is no \(missing)")
        continue
      }
      let row = try measure(workload)
      say(
        "\(row.workload): \(String(format: "%.4f", row.seconds)) s"
          + (row.peer.map { ", \($0.tool) \(String(format: "%.4f", $0.seconds)) s" } ?? ""))
      rows.append(row)
    }
    let host = Manifest.Host.current()
    return Report(
      program: .current, processor: host.processor, threads: host.threads, rows: rows)
  }

  private func say(_ line: String) {
    if !isQuiet { FileHandle.standardError.write(Data((line + "\n").utf8)) }
  }

  private func measure(_ workload: TopologyWorkload) throws -> Row {
    let once = try workload.prepared()
    var seconds: [Double] = []
    var peak: Int?
    var result: [Double] = []
    var peer: Peer?
    for _ in 0..<rounds {
      let measured = try once()
      seconds.append(measured.seconds)
      peak = [peak, measured.peakMemoryBytes].compactMap(\.self).max()
      result = measured.result
      // In turn with ours, so that both meet the same load of the machine.
      if let peers, let script = workload.peer {
        let other = try PeerScript(peers, script, dataFolder: folder).run()
        if other.seconds < peer?.seconds ?? .infinity { peer = other }
      }
    }
    seconds.sort()
    return Row(
      workload: workload.name, mode: workload.mode, seconds: seconds[0],
      medianSeconds: seconds[rounds / 2], peakMemoryBytes: peak, result: result, peer: peer)
  }
}

/// A peer's script, which prints a JSON object a measurement.
private struct PeerScript {
  private let peers: TopologyBenchmark.Peers
  private let arguments: [String]
  private let tool: String

  private struct Answer: Decodable {
    let wallSeconds: Double?
    let computeSeconds: Double?
    let seconds: Double?
    let bars: [Double]?
    let sum: Double?
    let peakMebibytes: Int?

    enum CodingKeys: String, CodingKey {
      case seconds, bars, sum
      case wallSeconds = "wall_s"
      case computeSeconds = "compute_s"
      case peakMebibytes = "peak_mb"
    }
  }

  init(
    _ peers: TopologyBenchmark.Peers, _ script: (script: String, arguments: [String]),
    dataFolder: String
  ) {
    self.peers = peers
    arguments = ["\(peers.folder)/\(script.script)", dataFolder] + script.arguments
    tool = script.arguments[1]
  }

  func run() throws -> TopologyBenchmark.Peer {
    let process = Process()
    // A name without a folder is looked up as a shell does.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [peers.python] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch {
      throw ExperimentError.failure("\(peers.python): cannot be started: \(error)")
    }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0,
      let answer = try? JSONDecoder().decode(Answer.self, from: output),
      let seconds = answer.wallSeconds ?? answer.computeSeconds ?? answer.seconds
    else {
      throw ExperimentError.failure(
        "\(([peers.python] + arguments).joined(separator: " ")): gave no measurement (exit code "
          + "\(process.terminationStatus)); its messages are above")
    }
    return TopologyBenchmark.Peer(
      tool: tool, seconds: seconds, result: answer.bars ?? answer.sum.map { [$0] } ?? [],
      peakMebibytes: answer.peakMebibytes)
  }
}
