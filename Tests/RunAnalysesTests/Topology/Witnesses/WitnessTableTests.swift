import Files
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing
import Topology

@testable import RunAnalyses

struct WitnessTableTests {
  /// One class of points in the plane, clean and noisy; the lines of its table.
  private func lines(
    clean: [(Float, Float)], noisy: [(Float, Float)], _ settings: [String] = []
  ) throws -> [[String: String]] {
    func matrix(_ points: [(Float, Float)]) -> Matrix<Float> {
      Matrix(points.map { [$0.0, $0.1] })
    }
    let run = try HandmadeRun(
      ["clean": matrix(clean), "blur-2": matrix(noisy)],
      classes: clean.map { _ in "only" })
    try TopologyRun(run, settings).write()
    guard FileManager.default.fileExists(atPath: run.run.file("witnesses.csv")) else { return [] }
    return try run.lines("witnesses.csv")
  }

  /// Twelve places around the unit circle in the order of `rows`, the widest gap between the first and the
  /// last of them.
  private static let rows = [3, 11, 0, 7, 5, 1, 9, 2, 10, 4, 8, 6]

  private func circle(radius: Float) -> [(Float, Float)] {
    var points = [(Float, Float)](repeating: (0, 0), count: 12)
    for (place, row) in Self.rows.enumerated() {
      let angle = Float(place) * 29.5 * .pi / 180
      points[row] = (radius * cos(angle), radius * sin(angle))
    }
    return points
  }

  @Test func `a circle that noise collapses: the loop's own images, in order`() throws {
    let lines = try lines(clean: circle(radius: 1), noisy: circle(radius: 0.01)).filter {
      $0["dimension"] == "1" && $0["scope"] == "class-only"
    }
    #expect(lines.allSatisfy { $0["change"] == "vanished" && $0["noise"] == "blur" })
    #expect(lines.allSatisfy { $0["level"] == "2" && $0["seed"] == "" })
    #expect(lines.allSatisfy { $0["noisy_birth"] == "" && $0["noisy_death"] == "" })
    let first = try #require(lines.first)
    let (birth, death) = (
      Double(first["birth"] ?? "") ?? .nan, Double(first["death"] ?? "") ?? .nan
    )
    #expect(abs(birth - 2 * sin(35.5 * .pi / 360)) < 1e-6)  // 360 − 11 · 29.5 degrees
    #expect(first["displacement"] == ((death - birth) / 2).shortestText)
    // The edge that closes the circle is the widest gap.
    let ends = lines.filter { $0["role"] == "birth" }.compactMap { $0["row"] }
    #expect(Set(ends) == ["3", "6"] && ends.count == 2)
    let around = lines.filter { $0["role"] == "cycle" }
    #expect(around.map { $0["vertex"] } == (0..<12).map { "\($0)" })
    let rows = around.compactMap { $0["row"].flatMap { Int($0) } }
    #expect(rows == Self.rows || rows == Self.rows.reversed())
    #expect(around.allSatisfy { $0["path"] == "\($0["row"] ?? "").png" && $0["class"] == "only" })
  }

  @Test func `a circle that swells moves its loop`() throws {
    let lines = try lines(clean: circle(radius: 1), noisy: circle(radius: 1.01)).filter {
      $0["dimension"] == "1" && $0["scope"] == "class-only"
    }
    let first = try #require(lines.first)
    // The cloud of all is the same one, and comes before it.
    #expect(first["change"] == "moved" && first["rank"] == "2")
    let values = ["death", "noisy_death", "displacement"].map { Double(first[$0] ?? "") ?? .nan }
    #expect(abs(values[1] - 1.01 * values[0]) < 1e-6)
    #expect(abs(values[2] - 0.01 * values[0]) < 1e-6)
  }

  @Test func `a component that comes nearer: the images of the edge that joined it`() throws {
    let lines = try lines(
      clean: [(0, 0), (10, 0), (1, 0), (3, 0)], noisy: [(0, 0), (4, 0), (1, 0), (3, 0)]
    ).filter { $0["scope"] == "class-only" && $0["rank"] == "2" }
    // Deaths 1, 2, 7 become 1, 1, 2. To move 7 to 2 costs more than to let it vanish, 3.5, and with it
    // the 1 that is new.
    #expect(lines.map { $0["role"] } == ["death", "death"])
    #expect(Set(lines.map { $0["row"] }) == ["1", "3"])
    let line = try #require(lines.first)
    #expect(line["death"] == "7" && line["dimension"] == "0" && line["birth"] == "0")
    #expect(line["change"] == "vanished" && line["displacement"] == "3.5")
  }

  @Test func `so many bars of each dimension as are wanted, the largest first`() throws {
    let points = HandmadeRun.clusters(20).values
    func pairs(_ values: [Float]) -> [(Float, Float)] {
      stride(from: 0, to: values.count, by: 4).map { (values[$0], values[$0 + 1]) }
    }
    let other = HandmadeRun.clusters(20, seed: 2, spread: 0.3).values
    let lines = try lines(clean: pairs(points), noisy: pairs(other), ["topology.witnesses=3"])
    for dimension in ["0", "1"] {
      let own = lines.filter { $0["dimension"] == dimension }
      #expect(Set(own.compactMap { $0["rank"] }) == ["1", "2", "3"])
      let displacements = own.compactMap { Double($0["displacement"] ?? "") }
      #expect(displacements == displacements.sorted(by: >) && displacements.allSatisfy { $0 > 0 })
    }
    #expect(
      try self.lines(clean: pairs(points), noisy: pairs(other), ["topology.witnesses=0"]) == [])
    #expect(try self.lines(clean: pairs(points), noisy: pairs(points)) == [])
    #expect(
      try self.lines(clean: pairs(points), noisy: pairs(other), ["topology.witness-points=59"])
        .isEmpty)
  }

  /// Points of a landmark cloud are not rows; the edge's length tells whether they were translated.
  @Test func `landmarks are named by their rows`() throws {
    let values = HandmadeRun.clusters(10).values
    let clean = stride(from: 0, to: values.count, by: 4).map { (values[$0], values[$0 + 1]) }
    let lines = try lines(
      clean: clean, noisy: clean.map { ($0.0 / 2, $0.1 / 2) }, ["topology.landmarks=9"]
    ).filter { $0["dimension"] == "0" }
    #expect(!lines.isEmpty && lines.count.isMultiple(of: 2))
    for place in stride(from: 0, to: lines.count, by: 2) {
      let ends = lines[place...place + 1].compactMap { $0["row"].flatMap { Int($0) } }
      let (a, b) = (clean[ends[0]], clean[ends[1]])
      let length = hypot(Double(a.0 - b.0), Double(a.1 - b.1))
      #expect(abs(length - (Double(lines[place]["death"] ?? "") ?? .nan)) < 1e-6)
    }
  }
}
