import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct LevelTablesTests {
  private let labels = [0, 0, 0, 0, 0, 1]
  private let samples = SampleTable(
    paths: (0..<6).map { "\($0)" }, classNames: ["a", "a", "a", "a", "a", "b"],
    splits: [String](repeating: "", count: 6))
  private let right: [[Float]] = [[1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [0, 1]]
  private let wrong: [[Float]] = [[0, 1], [0, 1], [0, 1], [0, 1], [0, 1], [0, 1]]

  private func tables(groups: [StatisticsSettings.Group] = []) throws -> LevelTables {
    var settings = StatisticsSettings(configuration: ["statistics.replicates": "100"])
    settings.groups = groups
    return LevelTables(
      scores: [
        try scores(right, labels: labels), try scores(right, labels: labels, "gaussian-1-s0"),
        try scores(wrong, labels: labels, "gaussian-1-s1"),
        try scores(wrong, labels: labels, "blur-2"),
      ], samples: samples, settings: settings, temperature: nil)
  }

  private func column(_ table: ResultTable, _ name: String) throws -> [ResultTable.Value] {
    let index = try #require(table.columns.firstIndex(of: name))
    return table.rows.map { $0[index] }
  }

  @Test func `seeds of a level are one row`() throws {
    let table = try tables().accuracy()
    #expect(try column(table, "noise") == [.text("none"), .text("gaussian"), .text("blur")])
    #expect(try column(table, "seeds") == [.count(1), .count(2), .count(1)])
    #expect(try column(table, "top1") == [.number(1), .number(7.0 / 12), .number(1.0 / 6)])
    #expect(
      try column(table, "drop") == [.missing, .number(1 - 7.0 / 12), .number(1 - 1.0 / 6)])
  }

  @Test func `levels of a noise are tested in pairs, on the same images`() throws {
    let table = try tables().tests()
    // Clean against each; a level of one noise is not compared with one of another.
    #expect(try column(table, "noise_b") == [.text("gaussian"), .text("blur")])
    #expect(try column(table, "difference") == [.number(2.5 / 6), .number(5.0 / 6)])
    #expect(try column(table, "differing") == [.count(5), .count(5)])
    // Five images of one sign: 2 of 2⁵ choices are as far from zero.
    #expect(try column(table, "p") == [.number(0.0625), .number(0.0625)])
    #expect(try column(table, "p_holm") == [.number(0.125), .number(0.125)])
  }

  @Test func `groups of classes have their own accuracy`() throws {
    let table = try tables(groups: [
      .init(name: "left", classes: ["a"]), .init(name: "right", classes: ["b", "absent"]),
      .init(name: "none", classes: ["absent"]),
    ]).groups()
    #expect(
      try column(table, "group").prefix(4) == [
        .text("left"), .text("left"), .text("left"), .text("right"),
      ])
    #expect(
      try column(table, "count") == [
        .count(5), .count(5), .count(5), .count(1), .count(1), .count(1),
      ])
    #expect(
      try column(table, "top1") == [
        .number(1), .number(0.5), .number(0), .number(1), .number(1), .number(1),
      ])
  }

  @Test func `reliability counts every image of every seed once`() throws {
    let table = try tables().reliability()
    let counts = try column(table, "count").map { value -> Int in
      if case .count(let count) = value { count } else { -1 }
    }
    #expect(table.rows.count == 3 * 15 && counts.reduce(0, +) == 6 + 12 + 6)
    #expect(try column(table, "bin_low").first == .number(0))
    #expect(try column(table, "bin_high").last == .number(1))
  }
}
