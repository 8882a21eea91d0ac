/// Persistent homology by the textbook: every simplex, its boundary, columns added left to right.
///
/// The reference for engines on a few points; nothing in it is shared with them.
package struct BoundaryMatrix {
  package struct Simplex {
    package var vertices: [Int]
    package var value: Float
  }

  /// All simplices up to `maximumDimension` + 1, in an order of the filtration.
  package let simplices: [Simplex]
  private let maximumDimension: Int
  private let prime: Int

  /// The flag complexes of a graph; `distance` is infinite for an absent edge.
  package init(
    count: Int, threshold: Float, maximumDimension: Int, prime: Int,
    distance: (Int, Int) -> Float
  ) {
    var all = (0..<count).map { Simplex(vertices: [$0], value: 0) }
    var layer = all
    for _ in 0...maximumDimension {
      var next: [Simplex] = []
      for simplex in layer {
        for w in 0..<(simplex.vertices.last ?? 0) {
          let values = simplex.vertices.map { distance($0, w) }
          guard values.allSatisfy({ $0 <= threshold && $0 < .infinity }) else { continue }
          next.append(
            Simplex(
              vertices: simplex.vertices + [w],
              value: max(simplex.value, values.max() ?? 0)))
        }
      }
      all += next
      layer = next
    }
    simplices = all.sorted {
      ($0.value, $0.vertices.count) < ($1.value, $1.vertices.count)
        || ($0.value, $0.vertices.count) == ($1.value, $1.vertices.count)
          && $0.vertices.lexicographicallyPrecedes($1.vertices)
    }
    self.maximumDimension = maximumDimension
    self.prime = prime
  }

  /// Dimension, birth and death of every pair, sorted as text.
  package func bars(keepsZeroLength: Bool) -> [String] {
    var places: [[Int]: Int] = [:]
    for (place, simplex) in simplices.enumerated() { places[simplex.vertices] = place }
    var columns: [Int: [Int: Int]] = [:]
    var isPaired = [Bool](repeating: false, count: simplices.count)
    var bars: [String] = []
    for (place, simplex) in simplices.enumerated() {
      var column: [Int: Int] = [:]
      if simplex.vertices.count > 1 {
        for drop in simplex.vertices.indices {
          var face = simplex.vertices
          face.remove(at: drop)
          if let row = places[face] { column[row] = drop.isMultiple(of: 2) ? 1 : prime - 1 }
        }
      }
      while let low = column.keys.max(), let coefficient = column[low] {
        guard let other = columns[low], let pivot = other[low] else {
          columns[low] = column
          isPaired[low] = true
          isPaired[place] = true
          let dimension = simplices[low].vertices.count - 1
          let birth = simplices[low].value
          if dimension <= maximumDimension && (keepsZeroLength || birth < simplex.value) {
            bars.append("\(dimension) \(birth) \(simplex.value)")
          }
          break
        }
        // Subtract the multiple of the other column that removes the lowest entry.
        let inverse = (1..<prime).first { $0 * pivot % prime == 1 } ?? 1
        let factor = coefficient * inverse % prime
        for (row, value) in other {
          let sum = ((column[row] ?? 0) + (prime - factor) * value) % prime
          column[row] = sum == 0 ? nil : sum
        }
      }
    }
    for (place, simplex) in simplices.enumerated()
    where !isPaired[place] && simplex.vertices.count - 1 <= maximumDimension {
      bars.append("\(simplex.vertices.count - 1) \(simplex.value) \(Float.infinity)")
    }
    return bars.sorted()
  }
}
