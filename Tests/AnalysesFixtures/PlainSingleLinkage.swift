/// Single linkage by its definition: every pair by distance, those that join two components (Kruskal 1956,
/// doi:10.1090/S0002-9939-1956-0078686-7).
///
/// - Parameters:
///   - rowCount: How many rows there are.
///   - distance: That of two rows, the one of the lower number first.
/// - Returns: The pairs that join, ascending by distance, then by their rows.
/// - Complexity: O(n² log n).
package func plainSingleLinkage(
  rowCount: Int, distance: (_ first: Int, _ second: Int) -> Double
) -> [(height: Double, first: Int, second: Int)] {
  let pairs = (0..<rowCount).flatMap { second in
    (0..<second).map { (height: distance($0, second), first: $0, second: second) }
  }.sorted { $0 < $1 }
  var parents = Array(0..<rowCount)
  func root(_ row: Int) -> Int {
    var row = row
    while parents[row] != row { row = parents[row] }
    return row
  }
  return pairs.filter { pair in
    let (a, b) = (root(pair.first), root(pair.second))
    parents[max(a, b)] = min(a, b)
    return a != b
  }
}
