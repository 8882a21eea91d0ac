import CKernels
import LinearAlgebra
import RealModule

/// The state of t-SNE's optimisation.
final class GradientDescent {
  let positions: PlaneVectors
  private let affinities: Affinities
  private let velocities: PlaneVectors
  private let gains: PlaneVectors
  private let attraction: PlaneVectors
  private let repulsion: PlaneVectors
  private var extent: PlaneExtent
  private let forces: any RepulsiveForces
  // For layouts too wide for a grid.
  private let wideForces = BarnesHutRepulsion()

  // A longer step would carry a point out of its surroundings; as in openTSNE.
  private static let maximumStep: Float = 5

  init(initialization: Matrix<Float>, affinities: Affinities, forces: any RepulsiveForces) {
    self.affinities = affinities
    self.forces = forces
    let count = initialization.rows
    positions = PlaneVectors(initialization.values)
    velocities = PlaneVectors(repeating: 0, count: count)
    gains = PlaneVectors(repeating: 1, count: count)
    attraction = PlaneVectors(repeating: 0, count: count)
    repulsion = PlaneVectors(repeating: 0, count: count)
    extent = PlaneExtent(of: positions)
  }

  /// Starts another phase: steps and gains begin anew.
  func reset() {
    for vector in [velocities.x, velocities.y] { vector.fill(0) }
    for vector in [gains.x, gains.y] { vector.fill(1) }
  }

  /// The gradient of the divergence over 4 is `exaggeration` · attraction − repulsion / normalization.
  func step(exaggeration: Double, learningRate: Double, momentum: Double) {
    let normalization = evaluateForces()
    let settings = kernel_descent(
      attraction: Float(exaggeration), repulsion: Float(1 / normalization),
      momentum: Float(momentum), learning_rate: Float(learningRate),
      maximum_step: Self.maximumStep)
    let (positions, velocities, gains) = (positions, velocities, gains)
    let (attraction, repulsion) = (attraction, repulsion)
    let extents = Parallel.map(count: positions.blockCount) { block -> kernel_extent in
      let rows = positions.block(block)
      let i = rows.lowerBound
      return unsafe kernel_descend(
        rows.count, settings, attraction.x.start + i, attraction.y.start + i,
        repulsion.x.start + i, repulsion.y.start + i, velocities.x.start + i,
        velocities.y.start + i, gains.x.start + i, gains.y.start + i, positions.x.start + i,
        positions.y.start + i)
    }
    center(extents)
  }

  private func center(_ extents: [kernel_extent]) {
    var sum = SIMD2<Double>()
    extent = PlaneExtent(
      least: SIMD2(repeating: .infinity), greatest: SIMD2(repeating: -.infinity))
    for block in extents {
      sum += SIMD2(block.sum_x, block.sum_y)
      extent.least = pointwiseMin(extent.least, SIMD2(block.least_x, block.least_y))
      extent.greatest = pointwiseMax(extent.greatest, SIMD2(block.greatest_x, block.greatest_y))
    }
    let mean = sum / Double(positions.count)
    let shift = SIMD2(Float(-mean.x), Float(-mean.y))
    extent.least += shift  // rounded as the points are
    extent.greatest += shift
    unsafe kernel_shift(
      positions.count, shift.x, shift.y, positions.x.start, positions.y.start)
  }

  /// Writes both forces; returns the normalisation of the similarities in the plane.
  private func evaluateForces() -> Double {
    let (positions, attraction, affinities) = (positions, attraction, affinities)
    Parallel.forEach(count: positions.blockCount) { block in
      let rows = positions.block(block)
      unsafe kernel_attraction(
        rows.lowerBound, rows.upperBound, affinities.starts, affinities.columns,
        affinities.weights, positions.x.start, positions.y.start, attraction.x.start,
        attraction.y.start)
    }
    let fits = !(forces is GridRepulsion) || extent.span <= GridRepulsion.largestSpan
    let route: any RepulsiveForces = fits ? forces : wideForces
    return route.evaluate(at: positions, extent: extent, forces: repulsion)
  }

  /// Σ p_ij log(p_ij / q_ij) at the positions; the normalisation of q is that of `forces`.
  func divergence(by forces: any RepulsiveForces) -> Double {
    let normalization = forces.evaluate(at: positions, extent: extent, forces: repulsion)
    let (positions, affinities) = (positions, affinities)
    let sums = Parallel.map(count: positions.blockCount) { block -> Double in
      var sum = 0.0
      for i in positions.block(block) {
        for k in Int(affinities.starts[i])..<Int(affinities.starts[i + 1]) {
          let (p, j) = (Double(affinities.weights[k]), Int(affinities.columns[k]))
          if p == 0 { continue }
          let dx = Double(positions.x[i]) - Double(positions.x[j])
          let dy = Double(positions.y[i]) - Double(positions.y[j])
          sum += p * (Double.log(p * normalization) + Double.log(onePlus: dx * dx + dy * dy))
        }
      }
      return sum
    }
    return sums.reduce(0, +)
  }
}
