/// All analyses of a run, in the order in which they are run: each behind those whose results it uses.
package enum AnalysisRegistry {
  package static let all: [any RunAnalysis.Type] = [
    ZeroShotAnalysis.self, AnglesAnalysis.self, GeometryAnalysis.self, LayoutsAnalysis.self,
    TopologyAnalysis.self, StatisticsAnalysis.self,
  ]

  /// Their names.
  package static let names = all.map { $0.name }

  /// All measures of change, a family after the other, in the order of `changes.csv`.
  package static let measures = {
    let measures =
      TopologyAnalysis.measures + GeometryAnalysis.measures + AnglesAnalysis.measures
      + StatisticsAnalysis.measures
    return ChangeMeasure.Family.allCases.flatMap { family in
      measures.filter { $0.family == family }
    }
  }()
}
