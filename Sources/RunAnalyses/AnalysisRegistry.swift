/// All analyses of a run, in the order in which they are run: each behind those whose results it uses.
package enum AnalysisRegistry {
  package static let all: [any RunAnalysis.Type] = [
    ZeroShotAnalysis.self,
    ProbeAnalysis.self,
    AnglesAnalysis.self,
    GeometryAnalysis.self,
    LayoutsAnalysis.self,
    TopologyAnalysis.self,
    FailuresAnalysis.self,
    StatisticsAnalysis.self,
  ]

  /// Their names.
  package static let names = all.map { $0.name }

  /// Those that say nothing of a run without embeddings of the classes.
  package static let ofClasses: Set = [ZeroShotAnalysis.name, FailuresAnalysis.name]

  /// All measures of change, a family after the other and within it the last analysis first: the order of
  /// `changes.csv`.
  package static let measures = ChangeMeasure.Family.allCases.flatMap { family in
    all.reversed().flatMap { $0.measures }.filter { $0.family == family }
  }
}
