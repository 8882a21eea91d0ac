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
    var tests: [[DiagramTest]] = []
    for noise in conditions.compactMap(\.noise).uniqued {
      tests += try DiagramTest.all(
        noise, clean: kinds.map { try group($0, nil) },
        noisy: zip(conditions, noisy).filter { $0.0.noise == noise }.map { _, lengths in
          try kinds.map { try group($0, lengths.value) }
        }, settings: settings)
    }
    let csv = try CSV(DiagramTest.table(conditions, kinds, tests).csv, file: "diagram_tests.csv")
    return csv.records.map { Dictionary(uniqueKeysWithValues: zip(csv.header, $0.fields)) }
  }

  @Test func `groups that have nothing in common, by hand`() throws {
    let ones = [Double](repeating: 1, count: 6)
    let lines = try lines(clean: ones, noisy: ["gaussian-1-s0": ones.map { 9 * $0 }])
    #expect(lines.map { $0["scale"] } == ["none", "median"])
    let line = lines[0]
    #expect(line["diagrams"] == "6" && line["method"] == "exact" && line["dimension"] == "0")
    #expect(line["metric"] == "wasserstein" && line["order"] == "2" && line["loss"] == "0")
    #expect(line["design"] == "paired" && line["note"] == "")
    // Of 32 ways, the groups as they are.
    #expect(line["p"] == (1.0 / 32).shortestText)
    // Both scales say the same, which is not paid for; Holm multiplies by two.
    #expect(
      lines.map { $0["p_adjusted"] } == [String](repeating: (1.0 / 32).shortestText, count: 2))
    #expect(lines.map { $0["p_holm"] } == [String](repeating: (2.0 / 32).shortestText, count: 2))
    // 9 and 1 are 8 apart, or min(8, √(4.5² + 0.5²)); a pair of classes is across in half of the ways, twice.
    let apart = (4.5 * 4.5 + 0.5 * 0.5).squareRoot()
    #expect(abs((Double(line["mean_loss"] ?? "") ?? .nan) - 15 * apart / 30) < 1e-12)
  }

  @Test func `diagrams that do not change are tested, and nothing is found`() throws {
    let lengths = [1.0, 2, 4, 8, 16, 32]
    let lines = try lines(clean: lengths, noisy: ["gaussian-1-s0": lengths])
    #expect(lines.map { $0["p"] } == ["1", "1"] && lines.map { $0["p_holm"] } == ["1", "1"])
    #expect(lines.map { $0["p_adjusted"] } == ["1", "1"])
  }

  @Test func `five classes could never find anything, which is said`() throws {
    let ones = [Double](repeating: 1, count: 5)
    let lines = try lines(clean: ones, noisy: ["gaussian-1-s0": ones.map { 9 * $0 }])
    for line in lines {
      #expect(line["p"] == "0.0625" && line["p_adjusted"] == "" && line["p_holm"] == "")
      #expect(line["note"] == "could not be tested: 5 classes allow no p below 0.0625")
    }
    let six = [Double](repeating: 1, count: 6)
    let few = try self.lines(
      clean: six, noisy: ["gaussian-1-s0": six.map { 9 * $0 }], ["topology.test-permutations=9"])
    #expect(
      few[0]["note"]
        == "could not be tested: so few swaps allow no p below 0.1; raise topology.test-permutations"
    )
  }

  @Test func `classes without a scale are left out of it`() throws {
    let ones = [Double](repeating: 1, count: 8)
    let lines = try lines(
      clean: ones, noisy: ["gaussian-1-s0": ones.map { 9 * $0 }],
      medians: [1, nil, 0, 1, 1, 1, 1, 1])
    #expect(lines.map { $0["diagrams"] } == ["8", "6"])
    #expect(lines.map { $0["p"] } == [1.0 / 128, 1.0 / 32].map(\.shortestText))
    let one = try self.lines(
      clean: [1, 1], noisy: ["gaussian-1-s0": [9, 9]], medians: [1, nil])
    #expect(one[1]["diagrams"] == "1" && one[1]["p"] == "" && one[1]["p_adjusted"] == "")
    #expect(
      one.map { $0["note"] } == [
        "could not be tested: 2 classes allow no p below 0.5",
        "could not be tested: fewer than two classes have both diagrams",
      ])
  }

  @Test func `infinite distances leave a line empty`() throws {
    let lines = try lines(clean: [1, 1], noisy: ["blur-2": [.infinity, 1], "blur-3": [2, 2]])
    #expect(lines.map { $0["level"] } == ["2", "2", "3", "3"])
    #expect(lines.map { $0["p"] == "" } == [true, true, false, false])
    #expect(lines[0]["note"]?.contains("infinitely far apart") == true)
  }

  @Test func `random ways where all are too many, and a family a kind of noise`() throws {
    let clean = (0..<12).map { Double($0 % 3 + 1) }
    let far = clean.map { $0 + 40 }
    let setting = ["topology.test-permutations=99"]
    let one = try lines(clean: clean, noisy: ["gaussian-1-s0": far], setting)
    #expect(one.map { $0["method"] } == ["random", "random"])
    #expect(one.map { $0["p"] } == ["0.01", "0.01"])
    let two = try lines(
      clean: clean, noisy: ["gaussian-1-s0": far, "blur-1": far, "blur-2": clean], setting)
    #expect(two.map { $0["p_adjusted"] } == ["0.01", "0.01", "0.01", "0.01", "1", "1"])
    #expect(two.map { $0["p_holm"] } == ["0.02", "0.02", "0.04", "0.04", "1", "1"])
  }
}
