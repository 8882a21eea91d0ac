package import Analyses
import LinearAlgebra
package import Runs

extension RunContext {
  /// The nearest other images of every image: the exact ones by the Euclidean distance of unit rows.
  ///
  /// They are found once, for the most that the settings of `geometry` ask for; fewer are the first of those.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - count: How many neighbours, from 1 to fewer than there are images.
  /// - Returns: The neighbours, nearest first.
  /// - Throws: `FileError` naming embeddings without neighbours; `RunError.interrupted`.
  package func neighbors(_ condition: Condition, count: Int) throws -> NearestNeighbors {
    let geometry = analyses[GeometryAnalysis.self].neighborCounts(samples)
    let most = max(count, geometry.overlap, geometry.dimension)
    let all = try neighborLists.value("\(most) of \(condition.name)") {
      try analyzing(file(condition)) {
        try NearestNeighbors(
          of: unitRows(condition), count: most, metric: .euclidean,
          control: .interruptible(isQuiet: true))
      }
    }
    return count == most ? all : all.nearest(count)
  }
}

extension GeometrySettings {
  /// Neighbours for the overlap and the dimension: those of the settings, or all that there are.
  func neighborCounts(_ samples: SampleTable) -> (overlap: Int, dimension: Int) {
    let most = samples.labels.count - 1
    return (min(overlapNeighbors, most), min(dimensionNeighbors, most))
  }
}
