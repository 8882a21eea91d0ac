import Files
public import LinearAlgebra

/// Layouts as files: CSV `row,x,y`.
public enum LayoutTable {
  /// A line a point.
  ///
  /// - Parameters:
  ///   - positions: Positions, shape [n, 2].
  ///   - rows: The samples' rows; nil for 0 ..< n.
  /// - Returns: The text, header included.
  public static func csv(_ positions: Matrix<Float>, rows: [Int]? = nil) -> String {
    var text = "row,x,y\n"
    text.reserveCapacity(32 * positions.rows)
    for i in 0..<positions.rows {
      text += "\(rows?[i] ?? i),\(positions[i, 0].shortestText),\(positions[i, 1].shortestText)\n"
    }
    return text
  }
}
