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

  @Test func `a class is in one group, and settings are in their range`() {
    let twice = problem {
      _ = try settings(["statistics.groups.one=a,b", "statistics.groups.two=b"])
    }
    #expect(twice.contains("statistics.groups.two: names b, which is in another group already"))
    #expect(problem { _ = try settings(["statistics.folds=1"]) }.contains("from 2"))
    #expect(problem { _ = try settings(["statistics.replicate=1"]) }.contains("did you mean"))
  }
}
