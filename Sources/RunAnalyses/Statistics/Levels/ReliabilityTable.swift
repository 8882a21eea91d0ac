import Analyses
import Runs

/// The reliability diagram of every level, before and after scaling: `reliability.csv`.
struct ReliabilityTable {
  let levels: ClassifiedLevels

  func table() throws -> Table {
    var table = Table(ReliabilityColumns.file)
    for level in levels.levels {
      let scores = try levels.scores(level)
      for isScaled in [false, true] {
        let calibrations = scores.compactMap { isScaled ? $0.scaled : $0.calibration }
        let bins = AccuracyStatistics.pooled(calibrations.map { $0.reliability() })
        for (index, bin) in bins.enumerated() {
          func mean(_ sum: Double) -> Double? { bin.count > 0 ? sum / Double(bin.count) : nil }
          table.append(
            level.cells + [
              ReliabilityColumns.scaled(isScaled),
              ReliabilityColumns.low(Double(index) / Double(bins.count)),
              ReliabilityColumns.high(Double(index + 1) / Double(bins.count)),
              ReliabilityColumns.count(bin.count),
              ReliabilityColumns.confidence(mean(bin.confidence)),
              ReliabilityColumns.accuracy(mean(Double(bin.correct))),
            ])
        }
      }
    }
    return table
  }
}
