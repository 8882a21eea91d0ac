import Analyses
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct TrackingTableTests {
  private func rows(groups: [StatisticsSettings.Group] = []) throws -> [TrackingTable.Row] {
    try table(groups: groups).rows
  }

  private func table(groups: [StatisticsSettings.Group] = []) throws -> TrackingTable {
    var settings = StatisticsSettings(configuration: [
      "statistics.replicates": "200", "statistics.permutations": "999",
    ])
    settings.groups = groups
    return try ClassChanges.madeUp().correlations(settings, UnitStore(folder: nil))
  }

  private func row(
    _ rows: [TrackingTable.Row], _ measure: String, _ scope: TrackedMeasure.Scope
  ) throws -> TrackingTable.Row {
    try #require(
      rows.first {
        $0.measure.name == measure && $0.correlation.scope == scope
          && $0.correlation.statistic == .spearman
      })
  }

  @Test func `within levels the level is nothing, and pooled it is all`() throws {
    let rows = try rows()
    let tracking = try row(rows, "tracking", .within)
    #expect(tracking.correlation.numbers.estimate > 0.999 && tracking.note == "primary")
    #expect(
      tracking.correlation.numbers.classCount == 10 && tracking.correlation.conditionCount == 2)
    let alone = try row(rows, "level_alone", .within)
    #expect(abs(alone.correlation.numbers.estimate) < 0.5)
    let pooled = try row(rows, "level_alone", .pooled)
    #expect(pooled.correlation.numbers.estimate > 0.6 && pooled.note == "confounded by level")
    #expect(pooled.correlation.numbers.permutedMean > 0.6 && pooled.adjusted == nil)
  }

  @Test func `Holm's family is the measures that are no references`() throws {
    let rows = try rows()
    let reference = try row(rows, "moved", .within)
    #expect(reference.adjusted == nil && reference.note == "reference")
    let tracking = try row(rows, "tracking", .within)
    // Two measures are tested: the smaller p counts twice.
    #expect(tracking.adjusted == 2 * tracking.correlation.numbers.pValue)
    // Of four classes or fewer, and of numbers that are all equal, there is no correlation.
    #expect(!rows.contains { ["partial", "accuracy_clean"].contains($0.measure.name) })
    #expect(try row(rows, "size_clean", .within).note == "reference")
    // All began at the same accuracy: the relative drop has the same order.
    let relative = try row(rows, "tracking", .relative)
    #expect(relative.correlation.numbers.estimate == tracking.correlation.numbers.estimate)
    #expect(relative.adjusted == nil && relative.note == "sensitivity: relative drop")
    let levels = rows.filter {
      $0.measure.name == "tracking" && $0.correlation.scope == .level
    }
    #expect(
      levels.map(\.correlation.level) == [1, 2, 1, 2]
        && levels[0].correlation.conditionCount == 1)
  }

  @Test func `a group has the result within levels alone`() throws {
    let group = StatisticsSettings.Group(name: "low", classes: (0..<5).map { "class \($0)" })
    let rows = try rows(groups: [group]).filter { $0.group == "low" }
    #expect(
      !rows.isEmpty && rows.allSatisfy { $0.correlation.scope == .within && $0.note != "primary" })
    #expect(
      rows.allSatisfy {
        $0.correlation.numbers.classCount == 5 && $0.correlation.numbers.interval == nil
      })
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
    let text = try table().markdown
    let lines = text.split(separator: "\n").dropFirst(2)
    #expect(lines.count == 4 && lines.last?.contains("level_alone") == true)
    #expect(text.contains("| moved | 1.00 |") && text.contains("| reference |"))
  }
}
