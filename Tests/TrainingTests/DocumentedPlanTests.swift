import Fixtures
import RunFixtures
import Runs
import Testing

@testable import Training

/// The table of a plan's keys in experiments/README.md is the program's.
struct DocumentedPlanTests {
  private func documented() throws -> [DocumentedSetting] {
    try DocumentedSetting.all(under: "All keys of a training plan, with their defaults")
  }

  /// Plans that have the one or the other key.
  private let plans = [
    "{model: m, data: {train: p.csv}}", "{shape: {}, data: {textures: all}}",
    "{model: m, data: {train: p.csv, label-column: label}, objective: {loss: supervised}}",
    "{model: m, data: {train: p.csv, label-column: label}, objective: {loss: pairwise}}",
  ]

  private func settings(_ yaml: String, _ assignments: [String] = []) throws -> [String] {
    let plan = try TrainingPlan(
      ConfigurationTree(yaml: yaml, file: "plan.yaml"),
      assignments: assignments.map { try .init(argument: $0) }, fallbackName: "plan")
    return plan.canonicalSettings.map { "\($0.key)=\($0.value)" }
      + ["\(plan.weights)", "\(plan.logInterval)", plan.output]
  }

  @Test func `every key of the table is there, and has the value that it has unless given`() throws
  {
    let documented = try documented()
    #expect(documented.count > 50)
    for setting in documented {
      let equal = try plans.contains { plan in
        guard let given = try? settings(plan, ["\(setting.path)=\(setting.value)"]) else {
          return false
        }
        return try given == settings(plan)
      }
      #expect(equal, "\(setting.path): \(setting.value)")
    }
  }

  @Test func `a value that is another would be told`() throws {
    #expect(try settings(plans[0], ["batches.size=32"]) != settings(plans[0]))
    #expect(problem { _ = try settings(plans[0], ["batches.sise="]) }.contains("batches.size"))
  }
}
