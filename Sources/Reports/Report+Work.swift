import RunAnalyses
package import Runs

extension Report {
  /// What drawing the figures of a run and writing its page computes: for estimates.
  package static func work(_ shape: RunShape) -> Work {
    let figures = figureCount(shape)
    return Work(steps: 1.4e8 * Double(figures))
      + .writing(files: 2, lines: Double(shape.images + 20 * shape.classes))
  }

  /// About how many figures a run has.
  private static func figureCount(_ shape: RunShape) -> Int {
    let series = max(shape.noises, 1)
    let isNoisy = shape.noises > 0
    var count = 0
    for name in shape.analyses {
      switch name {
      case ZeroShotAnalysis.name: count += 2 + shape.noises + (isNoisy ? 0 : 1)
      case ProbeAnalysis.name: count += 1
      case AnglesAnalysis.name: count += 1 + 2 * shape.noises
      case GeometryAnalysis.name: count += 1
      case LayoutsAnalysis.name: count += 4 * series
      case TopologyAnalysis.name: count += (isNoisy ? 7 : 5) * series
      case StatisticsAnalysis.name: count += 3 * series + 1
      default: count += 1
      }
    }
    return count
  }
}
