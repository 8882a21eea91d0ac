import Analyses
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct TrackingTableTests {
  private func rows(groups: [StatisticsSettings.Group] = []) throws -> [TrackingTable.Row] {
    try table(groups: groups).rows
  }

  private func table(
    groups: [StatisticsSettings.Group] = [], primary: [String] = ["tracking"]
  ) throws -> TrackingTable {
    var settings = StatisticsSettings(configuration: ["statistics.permutations": "999"])
    settings.groups = groups
    settings.primary = primary
    return try ClassChanges.madeUp().correlations(settings, UnitStore(folder: nil))
  }

  private func row(
    _ rows: [TrackingTable.Row], _ measure: String, _ scope: TrackedMeasure.Scope
  ) throws -> TrackingTable.Row {
    try #require(
      rows.first {
        $0.correlation.measure == measure && $0.correlation.scope == scope
          && $0.correlation.statistic == .spearman
      })
  }

  @Test func `within levels the level is nothing, and pooled it is all`() throws {
    let rows = try rows()
    let tracking = try row(rows, "tracking", .within).correlation
    #expect(tracking.numbers.estimate > 0.999 && tracking.family == .primary)
    #expect(tracking.note == "no interval: 1 in size, with or without a class")
    #expect(tracking.numbers.classCount == 10 && tracking.conditionCount == 2)
    let alone = try row(rows, "level_alone", .within).correlation
    #expect(abs(alone.numbers.estimate) < 0.5 && alone.family == .further && alone.note == "")
    #expect(alone.numbers.interval?.method == .jackknife)
    let pooled = try row(rows, "level_alone", .pooled).correlation
    #expect(pooled.numbers.estimate > 0.6 && pooled.note == "confounded by level")
    #expect(pooled.numbers.permutedMean > 0.6 && pooled.adjusted == nil && pooled.family == .none)
  }

  @Test func `each family is corrected by itself, and references are no tests`() throws {
    let apart = try rows()
    let reference = try row(apart, "moved", .within).correlation
    #expect(reference.adjusted == nil && reference.family == .reference && !reference.isUntestable)
    // One of each family: nothing is corrected.
    for name in ["tracking", "level_alone"] {
      let alone = try row(apart, name, .within).correlation
      #expect(alone.adjusted == alone.numbers.pValue && alone.holm == alone.numbers.pValue)
    }
    #expect(try row(apart, "tracking", .within).correlation.joint == 0.001)
    #expect(try row(apart, "level_alone", .within).correlation.joint == nil)
    let together = try table(primary: []).rows
    let tracking = try row(together, "tracking", .within).correlation
    // Two measures: the smaller p counts twice by Holm; by the largest of both no permutation is as large.
    #expect(tracking.holm == 2 * tracking.numbers.pValue && tracking.adjusted == 0.001)
    // Of four classes or fewer, and of numbers that are all equal, there is no correlation.
    #expect(
      !apart.contains {
        ["partial", "accuracy_clean", "class_size"].contains($0.correlation.measure)
      })
    #expect(try row(apart, "size_clean", .within).correlation.family == .reference)
    // All began at the same accuracy: the relative drop has the same order.
    let relative = try row(apart, "tracking", .relative).correlation
    #expect(relative.numbers.estimate == tracking.numbers.estimate)
    #expect(relative.adjusted == nil && relative.note.hasPrefix("sensitivity: relative drop; "))
    let levels = apart.map(\.correlation).filter { $0.measure == "tracking" && $0.scope == .level }
    #expect(levels.map(\.level) == [1, 2, 1, 2] && levels[0].conditionCount == 1)
  }

  @Test func `over kinds of noise the primary measures are one family`() throws {
    let (first, second) = (ClassChanges.madeUp(), ClassChanges.madeUp(noise: "my_noise"))
    let both = ClassChanges(
      conditions: first.conditions + second.conditions, classes: first.classes,
      classCounts: first.classCounts,
      accuracy: first.accuracy.map { accuracy in
        (clean: accuracy.clean, noisy: accuracy.noisy.map { $0 + $0 })
      },
      measures: first.measures.map {
        MeasuredChange($0.measure, values: $0.values.map { $0 + $0 })
      }, cleanSizes: first.cleanSizes)
    var settings = StatisticsSettings(configuration: ["statistics.permutations": "999"])
    settings.primary = ["level_alone"]
    let rows = try both.correlations(settings, UnitStore(folder: nil)).rows.map(\.correlation)
      .filter { $0.measure == "level_alone" && $0.scope == .within && $0.statistic == .spearman }
    // The same numbers twice are one test on the same permutations.
    #expect(rows.count == 2 && rows.allSatisfy { $0.joint == $0.adjusted && $0.joint != nil })
  }

  @Test func `a group has the result within levels alone`() throws {
    let group = StatisticsSettings.Group(name: "low", classes: (0..<5).map { "class \($0)" })
    let rows = try rows(groups: [group]).filter { $0.group == "low" }.map(\.correlation)
    #expect(!rows.isEmpty && rows.allSatisfy { $0.scope == .within })
    // All 5! orders are tried.
    #expect(
      rows.allSatisfy {
        $0.numbers.classCount == 5 && $0.numbers.interval == nil && $0.joint == nil
          && $0.numbers.permutationCount == 120
      })
    // Of those the least p is 2 / 120.
    #expect(
      rows.filter { $0.measure == "tracking" }.allSatisfy { $0.adjusted == 2.0 / 120 })
    #expect(rows.allSatisfy { $0.note.contains("no interval of fewer than 6 classes") })
  }

  @Test func `of four classes no p could stand the correction, and none is given`() throws {
    let group = StatisticsSettings.Group(name: "four", classes: (0..<4).map { "class \($0)" })
    let rows = try rows(groups: [group]).filter { $0.group == "four" }.map(\.correlation)
    // 2 / 4! > 0.05.
    #expect(
      !rows.isEmpty
        && rows.allSatisfy { $0.adjusted == nil && $0.holm == nil && $0.detectable == nil })
    #expect(rows.contains { $0.note.hasPrefix("could not be tested; ") })
    #expect(rows.allSatisfy { ($0.family == .reference) != $0.isUntestable })
  }

  @Test func `what would have been found is between what is tested and 1`() throws {
    let alone = try row(rows(), "level_alone", .within).correlation
    let detectable = try #require(alone.detectable)
    #expect(alone.adjusted ?? 0 > 0.05 && detectable > abs(alone.numbers.estimate))
    #expect(detectable > 0.5 && detectable < 1)
  }

  @Test func `a measure that goes with unequal class sizes is told`() throws {
    let even = ClassChanges.madeUp()
    func note(_ counts: [Int]) throws -> (correlation: Double?, note: String) {
      let changes = ClassChanges(
        conditions: even.conditions, classes: even.classes, classCounts: counts,
        accuracy: even.accuracy, measures: even.measures, cleanSizes: even.cleanSizes)
      let settings = StatisticsSettings(configuration: ["statistics.permutations": "99"])
      let found = try row(
        changes.correlations(settings, UnitStore(folder: nil)).rows, "tracking", .within
      ).correlation
      return (found.sizeCorrelation, found.note)
    }
    #expect(try note(even.classCounts).correlation == nil)
    let (correlation, told) = try note((0..<10).map { 100 + 10 * $0 })
    #expect(abs((correlation ?? 0) - 1) < 1e-12 && told.hasSuffix("goes with class size"))
    // As large a correlation, but sizes that hardly differ.
    #expect(try !note((0..<10).map { 100 + $0 }).note.contains("class size"))
  }

  @Test func `clean accuracy is correlated with what other images lose`() throws {
    // From one image of twenty on are right when clean, none under noise.
    let clean = (0..<10).map { label in (0..<20).map { $0 < 1 + 2 * label } }
    let noisy = clean.map { $0.map { _ in false } }
    var changes = ClassChanges.madeUp()
    changes = ClassChanges(
      conditions: changes.conditions, classes: changes.classes,
      classCounts: [Int](repeating: 20, count: 10),
      accuracy: (
        clean: clean.map { Double($0.count { $0 }) / 20 },
        noisy: clean.map { _ in [0, 0] }
      ), measures: changes.measures, cleanSizes: changes.cleanSizes,
      halves: AccuracyHalves(clean: clean, noisy: [noisy, noisy], seed: 1))
    let settings = StatisticsSettings(configuration: ["statistics.permutations": "999"])
    let rows = try changes.correlations(settings, UnitStore(folder: nil)).rows
    let found = try row(rows, "accuracy_clean", .within).correlation
    // Halves of ten images say less than all, whose correlation is 1.
    #expect(found.numbers.estimate > 0.8 && found.numbers.estimate < 0.99)
    #expect(found.note.hasPrefix("clean accuracy and drop from different halves of the images"))
    #expect(found.numbers.pValue < 0.05 && found.adjusted == nil)
    #expect(
      !rows.contains {
        $0.correlation.measure == "accuracy_clean" && $0.correlation.statistic == .kendall
      })
    changes.halves = nil
    let shared = try row(
      changes.correlations(settings, UnitStore(folder: nil)).rows, "accuracy_clean", .within
    ).correlation
    #expect(shared.numbers.estimate > 0.999)
    #expect(shared.note.hasPrefix("shares the clean estimate with the drop"))
  }

  @Test func `the table for a person has the strongest first, and says what is a reference`() throws
  {
    let text = try table(primary: ["tracking", "level_alone"]).markdown
    let lines = text.split(separator: "\n").dropFirst(2)
    #expect(lines.count == 4 && lines.last?.contains("level_alone") == true)
    #expect(text.contains("| moved | 1.00 |") && text.contains("| reference |"))
  }
}
