import Files
import Foundation
import LinearAlgebra
import RunFixtures
import Testing
import Topology

@testable import RunAnalyses
@testable import Runs

struct DiagramTestTests {
  /// Classes whose only bar, of H0, is as long as the numbers say; the lines of the table.
  private func lines(
    clean: [Double], noisy: KeyValuePairs<String, [Double]>, medians: [Double?]? = nil,
    _ assignments: [String] = []
  ) throws -> [[String: String]] {
    let settings = try TopologySettings(
      ConfigurationSection(assignments: ["topology.max-dimension=0"] + assignments)
        .section("topology"))
    func diagrams(_ lengths: [Double]) throws -> [MeasuredDiagram] {
      try lengths.enumerated().map { index, length in
        MeasuredDiagram(
          diagram: try PersistenceDiagram([.init(dimension: 0, birth: 0, death: length)]),
          median: medians.map { $0[index] } ?? 1)
      }
    }
    let kinds = DiagramGroup.kinds(upTo: 0)
    func group(_ kind: DistanceKind, _ noisy: [Double]?) throws -> DiagramGroup {
      try DiagramGroup(
        kind, of: diagrams(noisy ?? clean), clean: noisy.map { _ in try diagrams(clean) },
        exactLimit: settings.exactWassersteinLimit, control: ComputationControl())
    }
    let conditions = try noisy.map { try #require(Condition(name: $0.key)) }
    let tests = try zip(conditions, noisy).map { condition, lengths in
      try kinds.map {
        try DiagramTest(
          $0, condition, clean: group($0, nil), noisy: group($0, lengths.value),
          settings: settings)
      }
    }
    let csv = try CSV(DiagramTest.table(conditions, kinds, tests).csv, file: "diagram_tests.csv")
    return csv.records.map { Dictionary(uniqueKeysWithValues: zip(csv.header, $0.fields)) }
  }

  @Test func `groups that have nothing in common, by hand`() throws {
    let lines = try lines(clean: [1, 1, 1, 1], noisy: ["gaussian-1-s0": [9, 9, 9, 9]])
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
    let lines = try lines(clean: lengths, noisy: ["gaussian-1-s0": lengths])
    #expect(lines.map { $0["p"] } == ["1", "1"] && lines.map { $0["p_holm"] } == ["1", "1"])
  }

  @Test func `classes without a scale are left out of it`() throws {
    let lines = try lines(
      clean: [1, 1, 1, 1], noisy: ["gaussian-1-s0": [9, 9, 9, 9]], medians: [1, nil, 0, 1])
    #expect(lines.map { $0["diagrams"] } == ["4", "2"])
    #expect(lines[1]["p"] == (2.0 / 6).shortestText)
    let one = try self.lines(
      clean: [1, 1], noisy: ["gaussian-1-s0": [9, 9]], medians: [1, nil])
    #expect(one[1]["diagrams"] == "1" && one[1]["p"] == "" && one[1]["p_holm"] == "")
    #expect(one[0]["p_holm"] == one[0]["p"])
  }

  @Test func `infinite distances leave a line empty`() throws {
    let lines = try lines(clean: [1, 1], noisy: ["blur-2": [.infinity, 1], "blur-3": [2, 2]])
    #expect(lines.map { $0["level"] } == ["2", "2", "3", "3"])
    #expect(lines.map { $0["p"] == "" } == [true, true, false, false])
  }

  @Test func `random ways where all are too many`() throws {
    let clean = (0..<12).map { Double($0 % 3 + 1) }
    let lines = try lines(
      clean: clean, noisy: ["gaussian-1-s0": clean.map { $0 + 40 }],
      ["topology.test-permutations=99"])
    #expect(lines.map { $0["method"] } == ["random", "random"])
    #expect(lines.map { $0["p"] } == ["0.01", "0.01"])
  }
}
