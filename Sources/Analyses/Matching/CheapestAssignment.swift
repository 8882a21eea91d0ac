package import LinearAlgebra

/// The assignment of rows to columns, each to one of the other at most, whose costs add up to the least.
///
/// The shorter side is matched whole. Shortest augmenting paths over dual variables, one of Dijkstra's
/// searches a row (Jonker and Volgenant 1987, doi:10.1007/BF02278710; Crouse 2016,
/// doi:10.1109/TAES.2016.140952, for tables that are not square). Time O(s² l), memory O(s l) for sides of
/// s ≤ l.
package struct CheapestAssignment: Sendable {
  /// The column of every row; nil for a row that is left over.
  package let columns: [Int?]
  /// What the assigned pairs cost, each in order of the rows.
  package let costs: [Double]

  /// The cheapest assignment; of several, which one depends on the costs alone.
  ///
  /// - Parameter costs: [rows, columns], finite and below 1e100 in size; either side may be empty.
  package init(_ costs: Matrix<Double>) {
    precondition(costs.values.allSatisfy { abs($0) < 1e100 })  // so that no sum overflows
    let isTall = costs.rows > costs.columns
    let partners = Self.solve(isTall ? costs.transposed() : costs)
    var columns = [Int?](repeating: nil, count: costs.rows)
    for (short, long) in partners.enumerated() {
      if isTall { columns[long] = short } else { columns[short] = long }
    }
    self.columns = columns
    self.costs = columns.enumerated().compactMap { row, column in column.map { costs[row, $0] } }
  }

  /// The column of every row of a table with at least as many columns as rows.
  private static func solve(_ costs: Matrix<Double>) -> [Int] {
    var rowPotentials = [Double](repeating: 0, count: costs.rows)
    var columnPotentials = [Double](repeating: 0, count: costs.columns)
    var rowOf = [Int](repeating: -1, count: costs.columns)
    var distances = [Double](repeating: 0, count: costs.columns)
    var previous = [Int](repeating: -1, count: costs.columns)
    var isScanned = [Bool](repeating: false, count: costs.columns)
    for start in 0..<costs.rows {
      // The shortest path, in reduced costs, from this row to a column that is free.
      for column in 0..<costs.columns {
        distances[column] = .infinity
        isScanned[column] = false
      }
      var (row, length, last) = (start, 0.0, -1)
      var free = -1
      while free < 0 {
        var (nearest, least) = (-1, Double.infinity)
        for column in 0..<costs.columns where !isScanned[column] {
          let reach =
            length + (costs[row, column] - rowPotentials[row] - columnPotentials[column])
          if reach < distances[column] {
            distances[column] = reach
            previous[column] = last
          }
          // Of equals a free one: it ends the search.
          if distances[column] < least
            || (distances[column] == least && rowOf[column] < 0 && nearest >= 0
              && rowOf[nearest] >= 0)
          {
            (nearest, least) = (column, distances[column])
          }
        }
        (length, last) = (least, nearest)
        isScanned[nearest] = true
        if rowOf[nearest] < 0 { free = nearest } else { row = rowOf[nearest] }
      }
      rowPotentials[start] += length
      for column in 0..<costs.columns where isScanned[column] && column != free {
        rowPotentials[rowOf[column]] += length - distances[column]
        columnPotentials[column] -= length - distances[column]
      }
      var column = free
      while previous[column] >= 0 {
        rowOf[column] = rowOf[previous[column]]
        column = previous[column]
      }
      rowOf[column] = start
    }
    var columnOf = [Int](repeating: -1, count: costs.rows)
    for (column, row) in rowOf.enumerated() where row >= 0 { columnOf[row] = column }
    return columnOf
  }
}
