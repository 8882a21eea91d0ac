import Fixtures
import RunAnalyses
import RunFixtures
import Runs
import Testing

@testable import Experiments

/// The table of settings in experiments/README.md is the program's.
struct DocumentedSettingsTests {
  private func documented() throws -> [DocumentedSetting] {
    try DocumentedSetting.all(under: "All settings, with their defaults")
  }

  /// What some settings belong to, without which they are refused.
  private let surroundings = [
    [], ["dataset.path=textures"], ["precision=bfloat16"], ["noise.kind=shot"],
  ]

  private func settings(_ assignments: [String]) throws -> [String] {
    let experiment = try experiment(assignments)
    return experiment.canonicalSettings.map { "\($0.key)=\($0.value)" }
      + ["\(experiment.precision)", experiment.output, experiment.cache ?? ""]
  }

  @Test func `every setting of the table is there, and has the value that it has unless given`()
    throws
  {
    let documented = try documented()
    #expect(documented.count > 50)
    for setting in documented {
      let equal = try surroundings.contains { surroundings in
        guard let given = try? settings(surroundings + ["\(setting.path)=\(setting.value)"]) else {
          return false
        }
        return try given == settings(surroundings)
      }
      #expect(equal, "\(setting.path): \(setting.value)")
    }
  }

  @Test func `a setting that is misspelt would be told`() throws {
    #expect(problem { _ = try settings(["noise.levles="]) }.contains("did you mean noise.levels?"))
    #expect(try settings(["angles.null-draws=201"]) != settings([]))
  }

  @Test func `every setting of an analysis is in the table`() throws {
    func keys<Analysis: RunAnalysis>(_ analysis: Analysis.Type) -> [String] {
      Analysis.Settings.declared.map { "\(Analysis.name).\($0.key)" }
    }
    let paths = Set(try documented().map(\.path))
    for analysis in AnalysisRegistry.all {
      for key in keys(analysis) { #expect(paths.contains(key), "\(key)") }
    }
  }

  @Test func `the keys that tell an experiment from a plan of a training`() throws {
    func keys(_ heading: String) throws -> Set<String> {
      Set(
        try DocumentedSetting.all(under: heading).compactMap {
          $0.path.split(separator: ".").first.map { String($0) }
        })
    }
    let experiment = try keys("All settings, with their defaults")
    let plan = try keys("All keys of a training plan, with their defaults")
    #expect(ConfigurationKind.experiment.ownKeys == experiment.subtracting(plan))
    #expect(ConfigurationKind.trainingPlan.ownKeys == plan.subtracting(experiment))
  }
}
