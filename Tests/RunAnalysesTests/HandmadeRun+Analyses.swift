import RunFixtures
import Runs

@testable import RunAnalyses

extension HandmadeRun {
  /// What the analyses share, with settings as `--set` has them.
  func context(
    _ assignments: [String] = [], logitScale: Double? = nil,
    store: UnitStore = UnitStore(folder: nil)
  ) throws -> RunContext {
    RunContext(
      run: run, samples: samples, conditions: conditions,
      analyses: try AnalysisSet(ConfigurationSection(assignments: assignments)),
      chosen: Set(AnalysisRegistry.names), logitScale: logitScale, store: store)
  }
}

extension RunContext {
  /// An analysis under its settings here.
  func analysis<Analysis: RunAnalysis>(_ type: Analysis.Type) -> Analysis {
    Analysis(analyses[type])
  }

  /// Finishes an analysis's units and writes its files, as a sweep does.
  @discardableResult
  func perform<Analysis: RunAnalysis>(_ type: Analysis.Type) throws -> String {
    let analysis = analysis(type)
    for unit in try analysis.units(self) { try unit.finish(in: store) }
    return try analysis.write(self)
  }

  /// The names of an analysis's units that the store lacks.
  func unfinished<Analysis: RunAnalysis>(_ type: Analysis.Type) throws -> [String] {
    try analysis(type).units(self).filter { !store.contains($0.key) }.map(\.key.name)
  }
}
