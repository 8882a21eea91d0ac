import Analyses
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct LinkTableTests {
  /// Ten classes under two levels; what they lose grows with their number, as does `tracking`.
  private func changes(levels: [String] = ["gaussian-1-s0", "gaussian-2-s0"]) throws
    -> ClassChanges
  {
    let noise = RandomStream(domain: "test/link", seed: 3).normals(count: 20)
    let count = 10
    func measure(_ name: String, _ value: (Int, Int) -> Double?) -> ClassChanges.Measure {
      ClassChanges.Measure(
        name: name,
        values: (0..<count).map { label in levels.indices.map { value(label, $0) } })
    }
    return ClassChanges(
      conditions: try levels.map { try #require(Condition(name: $0)) },
      classes: (0..<count).map { "class \($0)" }, classCounts: [Int](repeating: 100, count: count),
      accuracy: (
        clean: (0..<count).map { _ in 1 },
        noisy: measure("accuracy") { 0.9 - 0.03 * Double($0) - 0.4 * Double($1) }
      ),
      measures: [
        measure("tracking") { Double($0) + 100 * Double($1) },
        measure("level_alone") { Double(noise[2 * $0 + $1]) + 100 * Double($1) },
        measure("paired_distance") { Double($0 * $0) + Double($1) },
        measure("partial") { $0 < 7 ? nil : Double($1) },
      ],
      cleanSizes: (0..<count).map { 1 + Double($0 * $0) })
  }

  private func rows(groups: [StatisticsSettings.Group] = []) throws -> [LinkTable.Row] {
    var settings = StatisticsSettings(configuration: [
      "statistics.replicates": "200", "statistics.permutations": "999",
    ])
    settings.groups = groups
    return try LinkTable(changes: changes(), settings: settings).rows()
  }

  private func row(
    _ rows: [LinkTable.Row], _ measure: String, _ scope: LinkTable.Row.Scope
  ) throws -> LinkTable.Row {
    try #require(
      rows.first { $0.measure == measure && $0.scope == scope && $0.statistic == .spearman })
  }

  @Test func `within levels the level is nothing, and pooled it is all`() throws {
    let rows = try rows()
    let tracking = try row(rows, "tracking", .within)
    #expect(tracking.correlation.estimate > 0.999 && tracking.note == "primary")
    #expect(tracking.correlation.classCount == 10 && tracking.conditionCount == 2)
    let alone = try row(rows, "level_alone", .within)
    #expect(abs(alone.correlation.estimate) < 0.5)
    let pooled = try row(rows, "level_alone", .pooled)
    #expect(pooled.correlation.estimate > 0.6 && pooled.note == "confounded by level")
    #expect(pooled.correlation.permutedMean > 0.6 && pooled.adjusted == nil)
  }

  @Test func `Holm's family is the measures that are no references`() throws {
    let rows = try rows()
    let reference = try row(rows, "paired_distance", .within)
    #expect(reference.adjusted == nil && reference.note == "reference")
    let tracking = try row(rows, "tracking", .within)
    // Two measures are tested: the smaller p counts twice.
    #expect(tracking.adjusted == 2 * tracking.correlation.pValue)
    // Of four classes or fewer, and of numbers that are all equal, there is no correlation.
    #expect(!rows.contains { $0.measure == "partial" || $0.measure == "accuracy_clean" })
    #expect(try row(rows, "size_clean", .within).note == "reference")
    // All began at the same accuracy: the relative drop has the same order.
    let relative = try row(rows, "tracking", .relative)
    #expect(relative.correlation.estimate == tracking.correlation.estimate)
    #expect(relative.adjusted == nil && relative.note == "sensitivity: relative drop")
    let levels = rows.filter { $0.measure == "tracking" && $0.scope == .level }
    #expect(levels.map(\.level) == [1, 2, 1, 2] && levels[0].conditionCount == 1)
  }

  @Test func `a group has the result within levels alone`() throws {
    let group = StatisticsSettings.Group(name: "low", classes: (0..<5).map { "class \($0)" })
    let rows = try rows(groups: [group]).filter { $0.group == "low" }
    #expect(!rows.isEmpty && rows.allSatisfy { $0.scope == .within && $0.note != "primary" })
    #expect(rows.allSatisfy { $0.correlation.classCount == 5 && $0.correlation.interval == nil })
    // Of 5! orders the least p is 2 / 120, and two measures are tested: it can be below 0.05.
    #expect(rows.contains { $0.adjusted != nil } && rows.allSatisfy { !$0.isUntestable })
  }

  @Test func `of four classes no p could stand the correction, and none is given`() throws {
    let group = StatisticsSettings.Group(name: "four", classes: (0..<4).map { "class \($0)" })
    let rows = try rows(groups: [group]).filter { $0.group == "four" }
    // 2 tests · 2 / 4! > 0.05.
    #expect(!rows.isEmpty && rows.allSatisfy { $0.adjusted == nil })
    #expect(rows.contains { $0.note == "too few classes to test" })
  }

  @Test func `the table for a person has the strongest first, and says what is a reference`() throws
  {
    let text = LinkTable.markdown(try rows())
    let lines = text.split(separator: "\n").dropFirst(2)
    #expect(lines.count == 4 && lines.last?.contains("level_alone") == true)
    #expect(text.contains("| paired_distance | 1.00 |") && text.contains("| reference |"))
  }
}
