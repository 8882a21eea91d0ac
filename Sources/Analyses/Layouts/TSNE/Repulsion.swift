import CKernels
import LinearAlgebra

/// A way to the repulsive forces of t-SNE: for every point Σ_j (y_i − y_j) / (1 + |y_i − y_j|²)².
protocol RepulsiveForces: AnyObject {
  /// Writes the forces on all points.
  ///
  /// - Returns: Σ_i Σ_{j ≠ i} 1 / (1 + |y_i − y_j|²).
  func evaluate(at positions: PlaneVectors, extent: PlaneExtent, forces: PlaneVectors) -> Double
}

/// The rectangle that points lie in.
struct PlaneExtent: Sendable, Equatable {
  var least: SIMD2<Float>
  var greatest: SIMD2<Float>

  init(least: SIMD2<Float>, greatest: SIMD2<Float>) {
    self.least = least
    self.greatest = greatest
  }

  init(of positions: PlaneVectors) {
    self.init(least: SIMD2(repeating: .infinity), greatest: SIMD2(repeating: -.infinity))
    for i in 0..<positions.count {
      let position = SIMD2(positions.x[i], positions.y[i])
      least = pointwiseMin(least, position)
      greatest = pointwiseMax(greatest, position)
    }
  }

  /// The longer side.
  var span: Float { (greatest - least).max() }
}

/// All pairs of points, one by one: O(n²).
final class ExactRepulsion: RepulsiveForces {
  func evaluate(
    at positions: PlaneVectors, extent: PlaneExtent, forces: PlaneVectors
  ) -> Double {
    let sums = Parallel.map(count: positions.blockCount) { block in
      let rows = positions.block(block)
      return unsafe kernel_exact_repulsion(
        rows.lowerBound, rows.upperBound, positions.count, positions.x.start, positions.y.start,
        forces.x.start, forces.y.start)
    }
    return sums.reduce(0, +) - Double(positions.count)
  }
}
