import Analyses
import Files
import Runs

/// The corruption errors of every kind of noise, relative to a declared baseline's: `corruption.csv`.
struct CorruptionTable {
  let errors: LevelErrors
  let levels: [NoiseLevel]
  let baseline: CorruptionBaseline?

  func table() -> Table {
    var table = Table(CorruptionColumns.file)
    for kind in levels.compactMap(\.noise).uniqued {
      let measured = levels.filter { $0.noise == kind }.map(\.level)
      let own = measured.compactMap { errors.error(kind, $0) }
      let relative = relative(kind, measured, own)
      table.append([
        ConditionColumns.noise(kind),
        CorruptionColumns.levels(measured.map(\.shortestText).joined(separator: " ")),
        CorruptionColumns.baseline(baseline?.name),
        CorruptionColumns.meanError(own.reduce(0, +) / Double(own.count)),
        CorruptionColumns.corruptionError(relative?.corruption),
        CorruptionColumns.relativeCorruptionError(
          baseline?.isLearnt == true ? relative?.relative : nil),
      ])
    }
    return table
  }

  /// The errors beside the baseline's; nil without one, and where it lacks one of the levels.
  private func relative(_ kind: String, _ levels: [Double], _ own: [Double]) -> CorruptionError? {
    guard let baseline, let clean = errors.error(nil, 0),
      let baselineClean = baseline.errors.error(nil, 0)
    else { return nil }
    let others = levels.compactMap { baseline.errors.error(kind, $0) }
    guard others.count == own.count else { return nil }
    return CorruptionError(
      errors: own, clean: clean, baselineErrors: others, baselineClean: baselineClean)
  }
}
