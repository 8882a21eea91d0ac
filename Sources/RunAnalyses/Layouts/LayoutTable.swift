package import LinearAlgebra
import Runs

/// Layouts as files: CSV `row,x,y`.
package enum LayoutTable {
  /// A line a point.
  ///
  /// - Parameters:
  ///   - positions: Positions, shape [n, 2].
  ///   - rows: The samples' rows; nil for 0 ..< n.
  /// - Returns: The text, header included.
  package static func csv(_ positions: Matrix<Float>, rows: [Int]? = nil) -> String {
    table(positions, rows: rows).csv
  }

  static func table(_ positions: Matrix<Float>, rows: [Int]?) -> Table {
    var table = Table(LayoutColumns.file)
    for i in 0..<positions.rows {
      table.append([
        LayoutColumns.row(rows?[i] ?? i), LayoutColumns.x(positions[i, 0]),
        LayoutColumns.y(positions[i, 1]),
      ])
    }
    return table
  }
}
