/// The first functions of the persistence landscape of a diagram, on a grid.
///
/// λₖ(t) is the k-th largest of max(0, min(t − b, d − t)) over the finite bars (Bubenik 2015,
/// Statistical topological data analysis using persistence landscapes, Journal of Machine Learning
/// Research 16, 77–102).
public struct PersistenceLandscape: Sendable, Hashable {
  /// The values of t.
  public let grid: SampleGrid
  /// λ₁, λ₂, …, each at all values of the grid: [functions, grid].
  public let functions: [[Double]]
  /// How many bars without a finite end were left out.
  public let excludedCount: Int
}

extension PersistenceDiagram {
  /// The persistence landscape of one dimension.
  ///
  /// - Parameters:
  ///   - dimension: which bars count.
  ///   - functionCount: how many functions, from the first; those past the number of bars are 0.
  ///   - grid: where they are evaluated.
  ///   - essential: what is done with bars that never die.
  /// - Returns: the functions, and how many bars were left out.
  /// - Throws: `TopologyError.invalid` for a bad value to clip at, no function, or more than 10⁸
  ///   values in all.
  /// - Complexity: O(n) for each value of the grid and, where bars overlap, times the functions.
  public func landscape(
    dimension: Int, functionCount: Int, grid: SampleGrid, essential: EssentialBars = .excluded
  ) throws -> PersistenceLandscape {
    guard functionCount > 0, functionCount <= 100_000_000 / grid.count else {
      throw TopologyError.invalid(
        "a landscape of \(functionCount) functions at \(grid.count) values: expected at least one "
          + "function and at most 100000000 values in all")
    }
    let (bars, excluded) = try finiteBars(dimension: dimension, essential: essential)
    var functions = [[Double]](
      repeating: [Double](repeating: 0, count: grid.count), count: functionCount)
    for index in 0..<grid.count {
      let value = grid[index]
      for bar in bars {
        // Bars are sorted by birth.
        if bar.birth >= value { break }
        var height = min(value - bar.birth, bar.death - value)
        // The height takes its place among the largest; the least falls out.
        var level = 0
        while height > 0, level < functionCount {
          if functions[level][index] < height { swap(&functions[level][index], &height) }
          level += 1
        }
      }
    }
    return PersistenceLandscape(grid: grid, functions: functions, excludedCount: excluded)
  }
}
