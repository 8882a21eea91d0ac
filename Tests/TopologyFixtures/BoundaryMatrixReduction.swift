/// The textbook algorithm, as an oracle: all simplices in order, one boundary matrix over Z/2, columns
/// reduced from left to right (Edelsbrunner, Letscher and Zomorodian 2002,
/// doi:10.1007/s00454-002-2885-2).
package enum BoundaryMatrixReduction {
  /// A class's dimension, birth and death; infinity for one that never dies.
  package typealias Bar = (dimension: Int, birth: Float, death: Float)

  /// The bars of positive length in dimensions 0 to `maximumDimension`, sorted.
  package static func bars(
    _ distances: [[Float]], threshold: Float = .infinity, maximumDimension: Int
  ) -> [Bar] {
    let n = distances.count
    var simplices: [(value: Float, vertices: [Int])] = (0..<n).map { (0, [$0]) }
    var last = simplices
    for _ in 0..<min(maximumDimension + 1, n - 1) {
      var next: [(value: Float, vertices: [Int])] = []
      for (value, vertices) in last {
        for v in 0..<vertices[vertices.count - 1] {
          let longest = vertices.reduce(value) { max($0, distances[$1][v]) }
          if longest <= threshold { next.append((longest, vertices + [v])) }
        }
      }
      simplices += next
      last = next
    }
    simplices.sort {
      $0.value != $1.value
        ? $0.value < $1.value
        : $0.vertices.count != $1.vertices.count
          ? $0.vertices.count < $1.vertices.count
          : $0.vertices.lexicographicallyPrecedes($1.vertices)
    }
    let positions = Dictionary(
      uniqueKeysWithValues: simplices.enumerated().map { ($0.element.vertices, $0.offset) })
    var columnsByPivot: [Int: [Int]] = [:]
    var bars: [Bar] = []
    var unpaired = Set<Int>()
    for (position, simplex) in simplices.enumerated() {
      var column: [Int] = []
      if simplex.vertices.count > 1 {
        for k in simplex.vertices.indices {
          var face = simplex.vertices
          face.remove(at: k)
          column.append(positions[face] ?? 0)
        }
        column.sort()
      }
      while let pivot = column.last, let other = columnsByPivot[pivot] {
        column = symmetricDifference(column, other)
      }
      if let pivot = column.last {
        columnsByPivot[pivot] = column
        unpaired.remove(pivot)
        let birth = simplices[pivot].value
        if birth < simplex.value {
          bars.append((simplex.vertices.count - 2, birth, simplex.value))
        }
      } else {
        unpaired.insert(position)
      }
    }
    for position in unpaired where simplices[position].vertices.count <= maximumDimension + 1 {
      bars.append(
        (simplices[position].vertices.count - 1, simplices[position].value, .infinity))
    }
    return bars.sorted {
      ($0.dimension, $0.birth, $0.death) < ($1.dimension, $1.birth, $1.death)
    }
  }

  /// What is in one of two ascending lists only.
  private static func symmetricDifference(_ a: [Int], _ b: [Int]) -> [Int] {
    var result: [Int] = []
    var (i, j) = (0, 0)
    while i < a.count && j < b.count {
      if a[i] == b[j] {
        i += 1
        j += 1
      } else if a[i] < b[j] {
        result.append(a[i])
        i += 1
      } else {
        result.append(b[j])
        j += 1
      }
    }
    return result + a[i...] + b[j...]
  }
}
