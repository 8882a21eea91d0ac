import RunFixtures
import Runs

@testable import RunAnalyses

/// The topology of a handmade run, as a sweep computes it.
struct TopologyRun {
  let run: HandmadeRun
  let analysis: TopologyAnalysis
  let context: RunContext

  /// A run under some settings; other analyses are not chosen.
  init(
    _ run: HandmadeRun, _ assignments: [String] = [], store: UnitStore = UnitStore(folder: nil),
    isChosen: Bool = true
  ) throws {
    self.run = run
    let analyses = try AnalysisSet(ConfigurationSection(assignments: assignments))
    analysis = TopologyAnalysis(analyses[TopologyAnalysis.self])
    context = RunContext(
      run: run.run, samples: run.samples, conditions: run.conditions, analyses: analyses,
      chosen: isChosen ? [TopologyAnalysis.name] : [], store: store)
  }

  /// Finishes all units and writes the tables.
  func write() throws {
    for unit in try analysis.units(context) { try unit.finish(in: context.store) }
    _ = try analysis.write(context)
  }

  /// The digests of the units' keys, by their names.
  func keys() throws -> [String: String] {
    try Dictionary(
      uniqueKeysWithValues: analysis.units(context).map { ($0.key.name, "\($0.key.digest)") })
  }
}
