import Analyses
import Files
import Foundation
import LinearAlgebra
import Runs

/// How fast training is on this machine, beside PyTorch.
package struct TrainingBenchmark {
  /// The figures of a workload; each measurement is a process of its own.
  package struct Row: BenchmarkRow {
    /// The workload.
    package let workload: TrainingWorkload
    /// Pairs in a batch.
    package let batch: Int
    /// Pairs a second: the median over the rounds of the medians within one.
    package let samplesPerSecond: Double
    /// The medians of the rounds.
    package let rounds: [Double]
    /// The largest resident memory of the process, in MiB.
    package let peakMebibytes: Int
    /// PyTorch's figures; nil when it was not measured.
    package let peer: Peer?

    enum CodingKeys: String, CodingKey {
      case workload, batch, rounds, peer
      case samplesPerSecond = "samples_per_second"
      case peakMebibytes = "peak_mebibytes"
    }
  }

  /// What PyTorch did, in turn with ours.
  package struct Peer: Codable, Sendable {
    /// Pairs a second.
    package let samplesPerSecond: Double
    /// The medians of the rounds.
    package let rounds: [Double]
    /// The largest resident memory of the process, in MiB.
    package let peakMebibytes: Int
    /// Our pairs a second divided by its.
    package let ratio: Double

    enum CodingKeys: String, CodingKey {
      case rounds, ratio
      case samplesPerSecond = "samples_per_second"
      case peakMebibytes = "peak_mebibytes"
    }
  }

  private let workloads: [TrainingWorkload]
  private let rounds: Int
  private let seconds: Double
  private let peers: PeerScripts?
  private let isQuiet: Bool

  /// A benchmark.
  ///
  /// - Parameters:
  ///   - workloads: Names separated by commas; nil for all.
  ///   - rounds: How often each is measured.
  ///   - seconds: About how long a measurement takes.
  ///   - peers: The script that times PyTorch; nil for none.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    workloads: String?, rounds: Int, seconds: Double, peers: PeerScripts?, isQuiet: Bool
  ) throws {
    self.workloads = try workloads.map(Self.chosen) ?? TrainingWorkload.allCases
    try requireRounds(rounds)
    try requireSeconds(seconds)
    self.rounds = rounds
    self.seconds = seconds
    self.peers = peers
    self.isQuiet = isQuiet
  }

  private static func chosen(_ text: String) throws -> [TrainingWorkload] {
    let workloads = try text.split(separator: ",").map { name in
      guard let workload = TrainingWorkload(rawValue: String(name)) else {
        let known = TrainingWorkload.allCases.map(\.rawValue).joined(separator: ", ")
        throw OptionError("--workloads \(name): expected some of \(known)")
      }
      return workload
    }
    try require(!workloads.isEmpty, "--workloads: names none")
    return workloads
  }

  /// Measures ours and PyTorch once a round, so that both meet the same load of the machine.
  ///
  /// - Throws: `RunError.failure` when a process fails.
  package func run() throws -> BenchmarkReport<Row> {
    BenchmarkReport(rows: try workloads.map(measure))
  }

  /// Measures a workload in this process and returns a line of JSON, as the peers' script prints it.
  package static func measurement(_ workload: TrainingWorkload, seconds: Double) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(
      decoding: try encoder.encode(workload.measure(seconds: seconds)), as: UTF8.self) + "\n"
  }

  private func measure(_ workload: TrainingWorkload) throws -> Row {
    var ours: [TrainingWorkload.Measurement] = []
    var theirs: [TrainingWorkload.Measurement] = []
    // This program as a script: its memory is then that of the measurement alone.
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    for round in 1...rounds {
      try Interruption.check()
      ours.append(
        try CheckedJSONDecoder().decode(
          TrainingWorkload.Measurement.self,
          from: PeerScripts.output([
            program, "benchmark", "training", "--measure", workload.rawValue, "--seconds",
            "\(seconds)", "--threads", "\(Parallel.workers)",
          ])))
      say(round, workload, "topoclip", ours)
      guard let peers else { continue }
      try Interruption.check()
      theirs.append(
        try peers.decode(
          TrainingWorkload.Measurement.self, "train_peers.py",
          [workload.rawValue, "--threads", "\(Parallel.workers)", "--seconds", "\(seconds)"],
          // OpenBLAS's settings for another CPU are not the peer's.
          ["OPENBLAS_CORETYPE": nil, "OPENBLAS_L2_SIZE": nil]))
      say(round, workload, "PyTorch", theirs)
    }
    let rate = Self.median(ours)
    return Row(
      workload: workload, batch: workload.batchSize, samplesPerSecond: rate,
      rounds: ours.map(\.samplesPerSecond), peakMebibytes: Self.peak(ours),
      peer: theirs.isEmpty
        ? nil
        : Peer(
          samplesPerSecond: Self.median(theirs), rounds: theirs.map(\.samplesPerSecond),
          peakMebibytes: Self.peak(theirs), ratio: rate / Self.median(theirs)))
  }

  private func say(
    _ round: Int, _ workload: TrainingWorkload, _ name: String,
    _ measurements: [TrainingWorkload.Measurement]
  ) {
    guard let last = measurements.last else { return }
    announce(
      "round \(round), \(workload.rawValue), \(name): "
        + "\(String(format: "%.2f", last.samplesPerSecond)) pairs a second, "
        + "\(last.peakMebibytes) MiB", isQuiet: isQuiet)
  }

  private static func median(_ measurements: [TrainingWorkload.Measurement]) -> Double {
    measurements.map(\.samplesPerSecond).median ?? .nan
  }

  private static func peak(_ measurements: [TrainingWorkload.Measurement]) -> Int {
    measurements.map(\.peakMebibytes).max() ?? 0
  }
}

extension TrainingBenchmark.Row {
  package static func table(_ report: BenchmarkReport<Self>) -> String {
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
