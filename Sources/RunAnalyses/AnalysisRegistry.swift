/// All analyses of a run, in the order in which they are run: each behind those whose results it uses.
public enum AnalysisRegistry {
  public static let all: [any RunAnalysis.Type] = [
    ZeroShotAnalysis.self, AnglesAnalysis.self, GeometryAnalysis.self, LayoutsAnalysis.self,
    TopologyAnalysis.self, StatisticsAnalysis.self,
  ]

  /// Their names.
  public static let names = all.map { $0.name }

  /// All measures of change, in the order of `changes.csv`.
  public static let measures =
    TopologyAnalysis.measures + GeometryAnalysis.measures + AnglesAnalysis.measures
    + StatisticsAnalysis.measures
}
