import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing
import Topology

@testable import RunAnalyses

/// The topology of embeddings whose diagrams are known by hand.
struct TopologyTablesTests {
  private static let classes =
    [String](repeating: "square", count: 4) + [String](repeating: "a/b", count: 3)

  /// Two classes: a unit square and three points on a line; conditions give the square's side.
  private func run(
    sides: KeyValuePairs<String, Double>, _ settings: [String] = []
  ) throws -> HandmadeRun {
    try run(
      sides.map { condition, side in
        (
          condition,
          Matrix([
            [0, 0], [Float(side), 0], [Float(side), Float(side)], [0, Float(side)],
            [10, 0], [11, 0], [13, 0],
          ])
        )
      }, settings)
  }

  private func run(
    _ embeddings: [(String, Matrix<Float>)], _ settings: [String]
  ) throws -> HandmadeRun {
    let run = try HandmadeRun(
      embeddings: embeddings.map { (key: $0.0, value: $0.1) }, classes: Self.classes)
    try TopologyRun(run, ["topology.halvings=3"] + settings).write()
    return run
  }

  private func has(_ run: HandmadeRun, _ name: String) -> Bool {
    FileManager.default.fileExists(atPath: run.run.file(name))
  }

  private func lines(
    _ run: HandmadeRun, _ filter: [String: String] = [:], of name: String = "distances.csv"
  ) throws -> [[String: String]] {
    try run.lines(name).filter { line in filter.allSatisfy { line[$0.key] == $0.value } }
  }

  @Test func `a diagram a class and one over all, and a line a distance`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-0.5-s0": 2])
    let square = try String(
      contentsOfFile: run.run.file("diagrams/class-square-clean.csv"), encoding: .utf8)
    #expect(
      square == "dimension,birth,death\n0,0,1\n0,0,1\n0,0,1\n0,0,inf\n1,1,1.4142135381698608\n")
    let line = try String(
      contentsOfFile: run.run.file("diagrams/class-a%2Fb-gaussian-0.5-s0.csv"), encoding: .utf8)
    #expect(line == "dimension,birth,death\n0,0,1\n0,0,2\n0,0,inf\n")
    #expect(has(run, "diagrams/all-clean.csv"))
    // Three clouds, two dimensions, one level, three distances, two scales.
    #expect(try lines(run).count == 3 * 2 * 3 * 2)
  }

  @Test func `distances by hand, with their bounds`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-0.5-s0": 2])
    // H0: three bars [0, 1) become [0, 2): each costs half its length or 1. H1: [1, √2) and [2, 2√2).
    let expected = [
      ("0", "bottleneck", "inf", 1.0), ("0", "wasserstein", "1", 3.0),
      ("0", "wasserstein", "2", 3.0.squareRoot()),
      ("1", "bottleneck", "inf", 2.0.squareRoot() - 1),
    ]
    for (dimension, metric, order, distance) in expected {
      let line = try #require(
        try lines(
          run,
          [
            "scope": "class-square", "dimension": dimension, "metric": metric, "order": order,
            "scale": "none",
          ]
        ).first)
      let found = try #require(line["distance"].flatMap { Double($0) })
      #expect(abs(found - distance) < 1e-6, "\(line)")
      if metric == "bottleneck" {
        // The diagonal grows most: from √2 to 2√2.
        let bound = try #require(line["bound"].flatMap { Double($0) })
        #expect(abs(bound - 2.0.squareRoot()) < 1e-6)
        #expect(line["ratio"] == (found / bound).shortestText)
      } else {
        #expect(line["bound"] == "" && line["ratio"] == "")
      }
    }
    // The line did not move; a zero bound has no ratio.
    let still = try lines(run, ["scope": "class-a/b", "metric": "bottleneck"])
    #expect(still.count == 4)
    #expect(still.allSatisfy { $0["distance"] == "0" && $0["bound"] == "0" && $0["ratio"] == "" })
  }

  @Test func `divided by its median, a cloud that swells does not change`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-0.5-s0": 2])
    let scaled = try lines(run, ["scope": "class-square", "scale": "median"])
    #expect(scaled.count == 6)
    #expect(scaled.allSatisfy { Double($0["distance"] ?? "") ?? 1 < 1e-7 }, "\(scaled)")
  }

  @Test func `two seeds at a level are compared with each other`() throws {
    let run = try run(sides: [
      "clean": 1, "gaussian-1-s0": 2, "gaussian-1-s1": 2.5, "gaussian-2-s0": 3,
    ])
    func reference(_ level: String, _ seed: String) throws -> String? {
      try lines(
        run,
        [
          "scope": "class-square", "dimension": "0", "metric": "bottleneck", "scale": "none",
          "level": level, "seed": seed,
        ]
      ).first?["between_seeds"]
    }
    #expect(try reference("1", "0") == "0.5")
    #expect(try reference("1", "1") == "0.5")
    #expect(try reference("2", "0") == "")
  }

  @Test func `halves of a clean square are two pairs`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-1-s0": 2])
    let line = try #require(
      try lines(
        run,
        [
          "scope": "class-square", "dimension": "0", "metric": "bottleneck", "scale": "none",
        ]
      ).first)
    // Two edges or two diagonals: both halves are always alike.
    #expect(line["between_halves"] == "0")
    // Three halvings have no interval.
    #expect(line["between_halves_low"] == "" && line["between_halves_high"] == "")
  }

  @Test func `an interval of halves by hand`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-1-s0": 2], ["topology.halvings=39"])
    let line = try #require(
      try lines(
        run, ["scope": "class-a/b", "dimension": "0", "metric": "bottleneck", "scale": "none"]
      ).first)
    // A point, and a pair of places 1, 2 or 3 apart whose only bar is as far from the diagonal as half its
    // length.
    #expect(line["between_halves_low"] == "0.5" && line["between_halves_high"] == "1.5")
    let square = try #require(
      try lines(
        run, ["scope": "class-square", "dimension": "0", "metric": "bottleneck", "scale": "none"]
      ).first)
    #expect(square["between_halves_low"] == "0" && square["between_halves_high"] == "0")
  }

  @Test func `with a threshold the ratio is empty`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-1-s0": 2], ["topology.threshold=1.5"])
    let all = try lines(run, ["metric": "bottleneck"])
    #expect(!all.isEmpty && all.allSatisfy { $0["ratio"] == "" })
    // At 1.5 the larger square is four essential points, the smaller one: not comparable.
    let square = try lines(run, ["scope": "class-square", "dimension": "0", "scale": "none"])
    #expect(square.allSatisfy { $0["distance"] == "inf" })
  }

  @Test func `a metric that is none is refused with the names of those that are`() {
    let error = #expect(throws: RunError.self) {
      try run(sides: ["clean": 1], ["topology.metric=hamming"])
    }
    let names = Metric.all.map(\.name).joined(separator: ", ")
    #expect(error.map { "\($0)" }?.contains("expected one of \(names)") == true)
  }

  @Test func `an image whose coordinates are all equal has no correlation, and is named`() throws {
    let points = Matrix<Float>(
      (0..<7).map { (i: Int) -> [Float] in
        i == 1 ? [4, 4, 4] : [Float(i), Float(i * i % 5), 2]
      })
    let message = problem { _ = try run([("clean", points)], ["topology.metric=correlation"]) }
    #expect(message.contains("point 1 (rows count from 0) is constant"), "\(message)")
    let good = Matrix<Float>((0..<7).map { [Float($0), Float($0 * $0 % 5), 9] })
    let measured = try run(
      [("clean", good), ("gaussian-1-s0", good)], ["topology.metric=correlation", Self.bands])
    #expect(has(measured, "distances.csv") && !has(measured, "bands.csv"))
  }

  @Test func `landmarks stand for the cloud, with a certified error`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-1-s0": 2], ["topology.landmarks=3"])
    let table = try CSV(path: run.run.file("landmarks.csv"))
    #expect(
      table.header == [
        "scope", "noise", "level", "seed", "landmarks", "points", "covering_radius", "error",
      ])
    // Three of the square's corners; the fourth is a side away.
    #expect(
      table.records.map(\.fields).filter { $0[0] == "class-square" } == [
        ["class-square", "none", "0", "", "3", "4", "1", "2"],
        ["class-square", "gaussian", "1", "0", "3", "4", "2", "4"],
      ])
    #expect(!table.records.contains { $0.fields[0] == "class-a/b" })
    let images = try lines(run, ["scope": "class-square"], of: "landmark_rows.csv")
    #expect(images.map { $0["landmark"] } == ["0", "1", "2"])
    let squares = run.samples.labels.indices.filter {
      run.samples.classes[run.samples.labels[$0]] == "square"
    }
    let rows = images.compactMap { $0["row"].flatMap { Int($0) } }
    #expect(rows.count == 3 && rows[0] == squares[0] && rows.allSatisfy(squares.contains))
    #expect(images.map { $0["path"] } == rows.map { run.samples.paths[$0] })
  }

  private static let bands = "topology.band-replicates=200"

  @Test func `the band of three places on a line by hand`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-1-s0": 2], [Self.bands])
    let line = try lines(run, ["scope": "class-a/b"], of: "bands.csv")
    #expect(line.map { $0["level"] } == ["0", "1"])
    // Of the places 0, 1 and 3 a third of the pairs leave one out by 2, the others by 1. Twice that for
    // diameters, and twice for subsamples.
    for line in line {
      #expect(line["half_width"] == "8" && line["confidence"] == "0.95")
      #expect(line["points"] == "3" && line["subsample"] == "2" && line["replicates"] == "200")
      // The component that never ends.
      #expect(line["significant_h0"] == "1" && line["significant_h1"] == "0")
    }
    #expect(try lines(run, of: "bands.csv").count == 3 * 2)
  }

  @Test func `bands where they are wanted, and where the theorem holds`() throws {
    let few = try run(
      sides: ["clean": 1, "gaussian-1-s0": 2],
      ["topology.max-dimension=0", "topology.landmarks=3", Self.bands])
    let scopes = try lines(few, of: "bands.csv").map { [$0["scope"], $0["significant_h1"]] }
    #expect(scopes == [["class-a/b", ""], ["class-a/b", ""]])
    let none = try run(sides: ["clean": 1, "gaussian-1-s0": 2])
    #expect(has(none, "distances.csv") && !has(none, "bands.csv"))
    let points = Matrix<Float>((0..<7).map { [Float($0) + 1, Float($0 * $0) - 3] })
    let cosine = try run(
      [("clean", points), ("gaussian-1-s0", points)], ["topology.metric=cosine", Self.bands])
    #expect(has(cosine, "distances.csv") && !has(cosine, "bands.csv"))
  }

  @Test func `two classes are tested, and the square that collapses is a witness`() throws {
    let run = try run(sides: ["clean": 1, "gaussian-1-s0": 0.01])
    let tests = try lines(run, of: "diagram_tests.csv")
    #expect(tests.map { $0["dimension"] } == ["0", "0", "1", "1"])
    #expect(tests.allSatisfy { $0["diagrams"] == "2" && $0["method"] == "exact" })
    #expect(tests.allSatisfy { $0["p_adjusted"] == "" && $0["note"]?.isEmpty == false })
    let loop = try lines(
      run, ["dimension": "1", "scope": "class-square", "role": "cycle"], of: "witnesses.csv")
    let rows = loop.compactMap { $0["row"].flatMap { Int($0) } }
    #expect(
      rows == [0, 1, 2, 3] || rows == [0, 3, 2, 1] || rows == [1, 0, 3, 2] || rows == [2, 1, 0, 3])
    #expect(loop.allSatisfy { $0["change"] == "vanished" && $0["class"] == "square" })
    // The same loop in the cloud of all comes first.
    #expect(loop.first?["rank"] == "2")
  }

  @Test func `no tests where they are not wanted, of one class, and of nothing noisy`() throws {
    let unwanted = try run(
      sides: ["clean": 1, "gaussian-1-s0": 2], ["topology.test-permutations=0"])
    #expect(has(unwanted, "distances.csv") && !has(unwanted, "diagram_tests.csv"))
    let points = Matrix<Float>([[0, 0], [1, 0], [0, 2]])
    let one = try HandmadeRun(
      ["clean": points, "gaussian-1-s0": points], classes: ["a", "a", "a"])
    try TopologyRun(one).write()
    #expect(has(one, "distances.csv") && !has(one, "diagram_tests.csv"))
    let clean = try run(sides: ["clean": 1])
    #expect(try lines(clean).isEmpty && !has(clean, "diagram_tests.csv"))
  }

  @Test func `without a clean condition there are diagrams and no distances`() throws {
    let run = try run(sides: ["gaussian-1-s0": 2])
    #expect(try lines(run).isEmpty)
    #expect(has(run, "diagrams/class-square-gaussian-1-s0.csv"))
  }
}
