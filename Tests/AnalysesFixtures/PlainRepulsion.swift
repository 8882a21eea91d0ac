/// The repulsive forces of t-SNE by their definition: all pairs in float64.
///
/// - Parameter places: The points.
/// - Returns: For each point the sum of q² (y_i − y_j) over the others, q = 1 / (1 + |y_i − y_j|²), and the sum of all q.
/// - Complexity: O(points²).
package func plainRepulsion(_ places: [SIMD2<Double>]) -> (forces: [SIMD2<Double>], sum: Double) {
  var sum = 0.0
  let forces = places.indices.map { i in
    places.indices.reduce(SIMD2<Double>()) { force, j in
      if i == j { return force }
      let difference = places[i] - places[j]
      let similarity = 1 / (1 + (difference * difference).sum())
      sum += similarity
      return force + similarity * similarity * difference
    }
  }
  return (forces, sum)
}
