import Analyses
package import CLIP
import Files
import Foundation
import LinearAlgebra
import Runs

/// Other encoders that are timed in turn with ours, by the script `clip_peers.py`.
///
/// Called as `clip_peers.py ARCHITECTURE KIND BATCH` with the threads in `NT` and the seconds a figure in
/// `BUD`, it prints a line of JSON: `med` images a second, and the process's memory `rss_mb`.
package struct EncoderPeers: Sendable {
  /// What one encoder did, ours or a peer.
  package struct Result: Codable, Sendable {
    /// `topoclip`, or the peer as the script calls it.
    package let name: String
    /// Images in one call.
    package let batch: Int
    /// The median over the rounds of the medians within one.
    package let medianPerSecond: Double
    /// The medians of the rounds.
    package let rounds: [Double]
    /// Our median divided by this one.
    package let ratio: Double
    /// The largest resident memory of the peer's process, in MiB; nil for ours.
    package let peakMebibytes: Int?

    enum CodingKeys: String, CodingKey {
      case name, batch, rounds, ratio
      case medianPerSecond = "median_per_second"
      case peakMebibytes = "peak_mebibytes"
    }
  }

  private let scripts: PeerScripts
  private let architecture: Architecture
  private let precision: Precision
  private let rounds: Int
  private let isQuiet: Bool

  /// Peers at a precision, to be measured `rounds` times.
  package init(
    _ scripts: PeerScripts, architecture: Architecture, precision: Precision, rounds: Int,
    isQuiet: Bool
  ) {
    precondition(rounds > 0)
    self.scripts = scripts
    self.architecture = architecture
    self.precision = precision
    self.rounds = rounds
    self.isQuiet = isQuiet
  }

  /// PyTorch, ONNX Runtime (which has no bfloat16 for CPUs), and OpenVINO in one stream and in two.
  private var kinds: [String] {
    switch precision {
    case .float32: ["hf-sdpa", "ort", "ov-f32", "ov-tput-f32"]
    case .bfloat16: ["hf-bf16w", "ov-bf16", "ov-tput-bf16"]
    }
  }

  /// Measures ours and every peer once a round, so that all meet the same load of the machine.
  func compare(
    batch: Int, seconds: Double, ours: () throws -> EncoderBenchmark.Rate
  ) throws -> [Result] {
    struct Line: Decodable {
      let med: Double
      let memory: Int

      enum CodingKeys: String, CodingKey {
        case med
        case memory = "rss_mb"
      }
    }
    // OpenBLAS's settings for another CPU would slow the peers.
    let environment = [
      "NT": "\(Parallel.workers)", "BUD": "\(seconds)", "OPENBLAS_CORETYPE": nil,
      "OPENBLAS_L2_SIZE": nil,
    ]
    let script = "clip_peers.py"
    _ = try scripts.output(script, [architecture.rawValue, "export", "1"], environment)
    var rates: [String: [Double]] = [:]
    var memory: [String: Int] = [:]
    let own = "topoclip"
    for round in 1...rounds {
      for name in [own] + kinds {
        try Interruption.check()
        if name == own {
          rates[own, default: []].append(try ours().medianPerSecond)
        } else {
          let line = try scripts.decode(
            Line.self, script, [architecture.rawValue, name, "\(batch)"], environment)
          rates[name, default: []].append(line.med)
          memory[name] = line.memory
        }
        announce(
          "round \(round), \(name): \(String(format: "%.2f", rates[name]?.last ?? 0)) images a second",
          isQuiet: isQuiet)
      }
    }
    func median(_ name: String) -> Double { rates[name]?.median ?? .nan }
    return ([own] + kinds).map { name in
      Result(
        name: name, batch: batch, medianPerSecond: median(name), rounds: rates[name] ?? [],
        ratio: median(own) / median(name), peakMebibytes: memory[name])
    }
  }
}
