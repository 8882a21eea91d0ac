/// Rows that some places ask for, each once and in order, so that a file is read forward.
struct GatheredRows: Sendable {
  /// The rows, ascending.
  let distinct: [Int]
  /// For every place, which of them it is.
  let places: [Int]

  /// - Complexity: O(n · log n).
  init(_ rows: [Int32]) {
    var sorted: [Int] = []
    for row in rows.map({ Int($0) }).sorted() where row != sorted.last { sorted.append(row) }
    distinct = sorted
    places = rows.map { sorted.lowerBound(of: Int($0)) }
  }
}
