import FileAnalyses
import Foundation
import LinearAlgebra
import Topology

/// A job of the topology benchmark.
struct TopologyWorkload: Sendable {
  /// What is measured, and of which files.
  enum Job: Sendable {
    /// Diagrams computed in this process from distances in memory: the computation alone.
    case diagrams(files: [String], kind: TopologyInput.Kind)
    /// `topoclip persistence FILE` as a process of its own.
    case process(file: String, isDistances: Bool)
    /// Distances of pairs of diagrams in this process, on one thread.
    case distances(pairs: [(String, String)], DiagramMetric, tolerance: Double)
  }

  /// The workload's name, as the peers' scripts have it where they have it.
  let name: String
  let job: Job
  var maximumDimension = 1
  var threshold: Double?
  /// The peer to compare with: the script, and its arguments after the data folder.
  var peer: (script: String, arguments: [String])?

  /// The letter of the published tables: P a whole process, C the computation alone.
  var mode: String {
    if case .process = job { "P" } else { "C" }
  }

  /// All workloads whose inputs are in `folder`, made by `TopologyWorkload.generate` or by others.
  static func all(in folder: String) -> [TopologyWorkload] {
    func file(_ name: String) -> String { "\(folder)/\(name)" }
    func tool(_ workload: String, _ tool: String) -> (String, [String]) {
      ("tda_peers.py", [workload, tool, "--repeat", "1"])
    }
    func judge(_ workload: String, _ tool: String) -> (String, [String]) {
      ("distance_peers.py", [workload, tool])
    }
    let classes = (0..<47).map { file(String(format: "class120/c%02d.npy", $0)) }
    let small = (0..<141).map { index in
      let stem = file(String(format: "diagrams/small/%03d", index))
      return (stem + "-a.csv", stem + "-b.csv")
    }
    func pair(_ name: String) -> [(String, String)] {
      [(file("diagrams/\(name)-a.csv"), file("diagrams/\(name)-b.csv"))]
    }
    let points = TopologyInput.Kind.points(.euclidean)
    return [
      TopologyWorkload(
        name: "class120", job: .diagrams(files: classes, kind: points),
        peer: tool("class120", "holos-lib")),
      TopologyWorkload(
        name: "class120-h2", job: .diagrams(files: classes, kind: points), maximumDimension: 2,
        peer: tool("class120-h2", "holos-lib")),
      TopologyWorkload(
        name: "mix2000", job: .process(file: file("mix2000.distances.npy"), isDistances: true),
        peer: tool("mix2000", "holos")),
      TopologyWorkload(
        name: "mix5640", job: .process(file: file("mix5640.distances.npy"), isDistances: true),
        peer: tool("mix5640", "holos")),
      TopologyWorkload(
        name: "mix5640-points", job: .process(file: file("mix5640.npy"), isDistances: false)),
      TopologyWorkload(
        name: "mix16000-points", job: .process(file: file("mix16000.npy"), isDistances: false)),
      TopologyWorkload(
        name: "mix40000-points", job: .process(file: file("mix40000.npy"), isDistances: false)),
      TopologyWorkload(
        name: "circle3000", job: .process(file: file("circle3000.npy"), isDistances: false)),
      TopologyWorkload(
        name: "clifford2000", job: .process(file: file("clifford2000.npy"), isDistances: false)),
      TopologyWorkload(
        name: "dragon2000",
        job: .process(file: file("dragon2000.points.npy"), isDistances: false),
        peer: tool("dragon2000", "holos")),
      TopologyWorkload(
        name: "sphere_3_192",
        job: .diagrams(files: [file("sphere_3_192.distances.npy")], kind: .distances),
        maximumDimension: 2, peer: tool("sphere_3_192", "holos-lib")),
      TopologyWorkload(
        name: "random50_16",
        job: .process(file: file("random50_16.points.npy"), isDistances: false),
        maximumDimension: 7, peer: tool("random50_16", "holos")),
      TopologyWorkload(
        name: "o3_1024", job: .diagrams(files: [file("o3_1024.points.npy")], kind: points),
        maximumDimension: 3, threshold: 1.8, peer: tool("o3_1024", "gudhi-ec")),
      TopologyWorkload(
        name: "o3_4096", job: .diagrams(files: [file("o3_4096.points.npy")], kind: points),
        maximumDimension: 3, threshold: 1.4, peer: tool("o3_4096", "gudhi-ec")),
      TopologyWorkload(
        name: "torus4", job: .diagrams(files: [file("torus4.points.npy")], kind: points),
        threshold: 0.15, peer: tool("torus4", "holos-lib")),
      TopologyWorkload(
        name: "bottleneck-small", job: .distances(pairs: small, .bottleneck, tolerance: 0),
        peer: judge("small", "gudhi")),
      TopologyWorkload(
        name: "bottleneck-1000", job: .distances(pairs: pair("n1000"), .bottleneck, tolerance: 0),
        peer: judge("n1000", "hera")),
      TopologyWorkload(
        name: "bottleneck-10000",
        job: .distances(pairs: pair("n10000"), .bottleneck, tolerance: 0),
        peer: judge("n10000", "hera")),
      TopologyWorkload(
        name: "w1-1000",
        job: .distances(pairs: pair("n1000"), .firstWasserstein, tolerance: 0.01),
        peer: judge("n1000", "hera-w1-1%")),
      TopologyWorkload(
        name: "w1-10000",
        job: .distances(pairs: pair("n10000"), .firstWasserstein, tolerance: 0.01),
        peer: judge("n10000", "hera-w1-1%")),
    ]
  }

  /// The files that the job reads.
  var files: [String] {
    switch job {
    case .diagrams(let files, _): files
    case .process(let file, _): [file]
    case .distances(let pairs, _, _): pairs.flatMap { [$0.0, $0.1] }
    }
  }
}
