import Testing

@testable import RunAnalyses


struct StatisticsSettingsTests {
  @Test func `defaults, and what an assignment changes`() throws {
    let statistics = try experiment(["statistics.groups.big=b,a", "statistics.seed=7"]).statistics
    #expect(statistics.replicates == 2000 && statistics.seed == 7 && statistics.baseline == nil)
    #expect(statistics.groups == [.init(name: "big", classes: ["b", "a"])])
    let settings = Dictionary(uniqueKeysWithValues: statistics.canonicalSettings)
    #expect(settings["statistics.groups.big"] == "b,a")
    let again = StatisticsSettings(configuration: settings)
    #expect(again.seed == 7 && again.folds == 5 && again.groups.isEmpty)
  }

  @Test func `a class is in one group, and settings are in their range`() {
    let twice = problem {
      _ = try experiment(["statistics.groups.one=a,b", "statistics.groups.two=b"])
    }
    #expect(twice.contains("statistics.groups.two: names b, which is in another group already"))
    #expect(problem { _ = try experiment(["statistics.folds=1"]) }.contains("from 2"))
    #expect(problem { _ = try experiment(["statistics.replicate=1"]) }.contains("did you mean"))
    let random = problem { _ = try experiment(["model=random:b32", "control=true"]) }
    #expect(random.contains("control"))
  }
}
