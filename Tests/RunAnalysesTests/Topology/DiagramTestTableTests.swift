import Files
import Foundation
import LinearAlgebra
import RunFixtures
import Testing
import Topology

@testable import RunAnalyses
@testable import Runs

struct DiagramTestTableTests {
  /// Classes whose only bar, of H0, is as long as the numbers say; the lines of the table.
  private func lines(
    clean: [Double], noisy: [String: [Double]], medians: [Double?]? = nil,
    _ settings: [String] = []
  ) throws -> [[String: String]]? {
    let conditions = [Condition.clean] + noisy.keys.compactMap { Condition(name: $0) }.sorted()
    let clouds = try clean.indices.map { index in
      var cloud = DiagramDistanceTable.Cloud(scope: Scope(name: "class-\(index)", rows: []))
      for condition in conditions {
        let length = condition == .clean ? clean[index] : noisy[condition.name]?[index] ?? 0
        cloud.diagrams[condition] = MeasuredDiagram(
          diagram: try PersistenceDiagram([.init(dimension: 0, birth: 0, death: length)]),
          median: medians.map { $0[index] } ?? 1)
      }
      return cloud
    }
    let table = try DiagramTestTable(
      clouds: clouds, conditions: conditions,
      settings: TopologySettings(
        ConfigurationSection(assignments: ["topology.max-dimension=0"] + settings).section(
          "topology")),
      control: ComputationControl()
    ).csv()
    return try table.map { text in
      let csv = try CSV(text, file: "diagram_tests.csv")
      return csv.records.map { Dictionary(uniqueKeysWithValues: zip(csv.header, $0.fields)) }
    }
  }

  @Test func `groups that have nothing in common, by hand`() throws {
    let lines = try #require(
      try lines(clean: [1, 1, 1, 1], noisy: ["gaussian-1-s0": [9, 9, 9, 9]]))
    #expect(lines.map { $0["scale"] } == ["none", "median"])
    let line = lines[0]
    #expect(line["diagrams"] == "4" && line["method"] == "exact" && line["dimension"] == "0")
    #expect(line["metric"] == "wasserstein" && line["order"] == "2" && line["loss"] == "0")
    // Of 70 ways, the groups as they are and the groups exchanged.
    #expect(line["p"] == (2.0 / 70).shortestText)
    // Both scales say the same; Holm multiplies by two.
    #expect(lines.map { $0["p_holm"] } == [String](repeating: (4.0 / 70).shortestText, count: 2))
    // A way with k of the first group in the first: 9 and 1 are 8 apart, or min(8, √(4.5² + 0.5²)).
    let apart = (4.5 * 4.5 + 0.5 * 0.5).squareRoot()
    let mean = [1.0, 16, 36, 16, 1].enumerated().reduce(0) { sum, item in
      let unlike = Double(item.offset * (4 - item.offset))
      return sum + item.element * 2 * unlike * apart / 12
    }
    #expect(abs((Double(line["mean_loss"] ?? "") ?? .nan) - mean / 70) < 1e-12)
  }

  @Test
  func `diagrams that do not change have the largest loss there is: the test is conservative`()
    throws
  {
    let lengths = [1.0, 2, 4, 8]
    let lines = try #require(try lines(clean: lengths, noisy: ["gaussian-1-s0": lengths]))
    #expect(lines.map { $0["p"] } == ["1", "1"] && lines.map { $0["p_holm"] } == ["1", "1"])
  }

  @Test func `classes without a scale are left out of it`() throws {
    let lines = try #require(
      try lines(
        clean: [1, 1, 1, 1], noisy: ["gaussian-1-s0": [9, 9, 9, 9]], medians: [1, nil, 0, 1]))
    #expect(lines.map { $0["diagrams"] } == ["4", "2"])
    #expect(lines[1]["p"] == (2.0 / 6).shortestText)
    let one = try #require(
      try self.lines(
        clean: [1, 1], noisy: ["gaussian-1-s0": [9, 9]], medians: [1, nil]))
    #expect(one[1]["diagrams"] == "1" && one[1]["p"] == "" && one[1]["p_holm"] == "")
    #expect(one[0]["p_holm"] == one[0]["p"])
  }

  @Test func `infinite distances leave a line empty`() throws {
    let lines = try #require(
      try lines(clean: [1, 1], noisy: ["blur-2": [.infinity, 1], "blur-3": [2, 2]]))
    #expect(lines.map { $0["level"] } == ["2", "2", "3", "3"])
    #expect(lines.map { $0["p"] == "" } == [true, true, false, false])
  }

  @Test func `random ways where all are too many, and no table without groups`() throws {
    let clean = (0..<12).map { Double($0 % 3 + 1) }
    let noisy = ["gaussian-1-s0": clean.map { $0 + 40 }]
    let lines = try #require(
      try lines(clean: clean, noisy: noisy, ["topology.test-permutations=99"]))
    #expect(lines.map { $0["method"] } == ["random", "random"])
    #expect(lines.map { $0["p"] } == ["0.01", "0.01"])
    #expect(try self.lines(clean: clean, noisy: noisy, ["topology.test-permutations=0"]) == nil)
    #expect(try self.lines(clean: [1], noisy: ["gaussian-1-s0": [2]]) == nil)
    #expect(try self.lines(clean: [1, 2], noisy: [:]) == nil)
  }
}
