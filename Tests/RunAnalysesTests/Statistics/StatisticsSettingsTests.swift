import Fixtures
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct StatisticsSettingsTests {
  private func settings(_ assignments: [String]) throws -> StatisticsSettings {
    try StatisticsSettings(ConfigurationSection(assignments: assignments).section("statistics"))
  }

  @Test func `defaults, and what an assignment changes`() throws {
    let statistics = try settings(["statistics.groups.big=b,a", "statistics.seed=7"])
    #expect(statistics.replicates == 2000 && statistics.seed == 7 && statistics.baseline == nil)
    #expect(statistics.groups == [.init(name: "big", classes: ["b", "a"])])
    let settings = statistics.canonicalObject("statistics")
    #expect(settings["statistics.groups.big"] == "b,a")
    let again = StatisticsSettings(configuration: settings)
    #expect(again.seed == 7 && again.folds == 5 && again.groups.isEmpty)
  }

  @Test func `permutations are as many as the tests need, or as are asked for`() throws {
    let automatic = try settings([])
    #expect(automatic.permutations == nil && automatic.permutationCount(tests: 1) == 4999)
    #expect(automatic.permutationCount(tests: 124) == 12_399)
    #expect(try settings(["statistics.permutations=99"]).permutationCount(tests: 124) == 99)
    let again = StatisticsSettings(configuration: automatic.canonicalObject("statistics"))
    #expect(again == automatic)
  }

  @Test func `primary measures are those that are tested, at most eight`() throws {
    let chosen = try settings(["statistics.primary=angle,entropy_h1"])
    #expect(chosen.primary == ["angle", "entropy_h1"])
    let again = StatisticsSettings(configuration: chosen.canonicalObject("statistics"))
    #expect(again.primary == chosen.primary)
    #expect(
      problem { _ = try settings(["statistics.primary=angel"]) }.contains("did you mean angle?"))
    // A reference is no test.
    #expect(
      problem { _ = try settings(["statistics.primary=accuracy_clean"]) }.contains("is no measure"))
    #expect(problem { _ = try settings(["statistics.primary=angle,angle"]) }.contains("twice"))
    let names = AnalysisRegistry.measures.filter { $0.family != .reference }.prefix(9).map(\.name)
    #expect(
      problem { _ = try settings(["statistics.primary=" + names.joined(separator: ",")]) }
        .contains("has 9 measures; expected at most 8"))
    let known = Set(AnalysisRegistry.measures.map(\.name))
    #expect(known.isSuperset(of: StatisticsSettings().primary))
  }

  @Test func `a class is in one group, and settings are in their range`() {
    let twice = problem {
      _ = try settings(["statistics.groups.one=a,b", "statistics.groups.two=b"])
    }
    #expect(twice.contains("statistics.groups.two: names b, which is in another group already"))
    #expect(problem { _ = try settings(["statistics.folds=1"]) }.contains("from 2"))
    #expect(problem { _ = try settings(["statistics.replicate=1"]) }.contains("did you mean"))
  }
}
