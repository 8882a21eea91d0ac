import AnalysesFixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct RepulsiveForcesTests {
  /// Normal points with the given standard deviation; some of them twice.
  private func positions(_ count: Int, spread: Float, offset: Float = 0) -> PlaneVectors {
    var values = RandomStream(domain: "test", seed: 3).normals(count: 2 * count).map {
      $0 * spread + offset
    }
    for k in 0..<10 { values[20 + k] = values[k] }
    return PlaneVectors(values)
  }

  private func direct(_ points: PlaneVectors) -> (forces: [SIMD2<Double>], sum: Double) {
    plainRepulsion((0..<points.count).map { SIMD2(Double(points.x[$0]), Double(points.y[$0])) })
  }

  /// The root mean square error of forces in parts of their root mean square, and of the sum.
  private func errors(
    of route: any RepulsiveForces, at points: PlaneVectors
  ) -> (force: Double, sum: Double) {
    let expected = direct(points)
    let forces = PlaneVectors(repeating: .nan, count: points.count)
    let sum = route.evaluate(at: points, extent: PlaneExtent(of: points), forces: forces)
    // A force that all points share moves nothing: positions are centred.
    var error = expected.forces.indices.map {
      SIMD2(Double(forces.x[$0]), Double(forces.y[$0])) - expected.forces[$0]
    }
    let mean = error.reduce(SIMD2(), +) / Double(points.count)
    error = error.map { $0 - mean }
    func square(_ vectors: [SIMD2<Double>]) -> Double {
      vectors.reduce(0) { $0 + ($1 * $1).sum() }
    }
    return (
      (square(error) / square(expected.forces)).squareRoot(), abs(sum / expected.sum - 1)
    )
  }

  @Test func `two points by hand`() {
    // d² = 4, 1 / (1 + d²) = 0.2; the force on the right point is 0.04 · 2.
    let points = PlaneVectors([1, 0, -1, 0])
    let routes: [any RepulsiveForces] = [
      ExactRepulsion(), BarnesHutRepulsion(), GridRepulsion(pointCount: 2),
    ]
    for (route, tolerance) in zip(routes, [1e-7, 1e-7, 3e-3] as [Float]) {
      let forces = PlaneVectors(repeating: .nan, count: 2)
      let sum = route.evaluate(at: points, extent: PlaneExtent(of: points), forces: forces)
      #expect(abs(sum - 0.4) < 2 * Double(tolerance))
      for (k, expected) in [0.08, 0, -0.08, 0].enumerated() {
        #expect(abs(forces.interleaved[k] - Float(expected)) < tolerance)
      }
    }
  }

  @Test(arguments: [1e-4, 0.01, 1, 10, 40] as [Float])
  func `all routes agree with the sums in float64`(spread: Float) {
    let points = positions(1500, spread: spread)
    let exact = errors(of: ExactRepulsion(), at: points)
    #expect(exact.force < 2e-6 && exact.sum < 1e-6)
    let tree = errors(of: BarnesHutRepulsion(), at: points)
    #expect(tree.force < 0.04 && tree.sum < 0.015)
    let grid = errors(of: GridRepulsion(pointCount: 1500), at: points)
    // The denser the points, the more the errors of many neighbours cancel.
    #expect(grid.force < (spread > 20 ? 0.03 : 0.01) && grid.sum < 0.002)
  }

  @Test func `a grid that has grown, and points far from the origin, are no less exact`() {
    let grid = GridRepulsion(pointCount: 800)
    for spread in [0.1, 25, 2] as [Float] {
      let found = errors(of: grid, at: positions(800, spread: spread, offset: 30))
      #expect(found.force < 0.03 && found.sum < 0.002)
    }
  }

  @Test func `points on the very edges stay inside the grid`() {
    // Spans on both sides of where the grid must grow, at all places in a cell.
    let grid = GridRepulsion(pointCount: 4)
    for step in 0..<400 {
      let span = 0.02 * Float(step) + 1
      let points = PlaneVectors([0.03, 0.05, 0.03 + span, 0.05, 0.03, 0.05 + span, span, span])
      let forces = PlaneVectors(repeating: .nan, count: 4)
      let sum = grid.evaluate(at: points, extent: PlaneExtent(of: points), forces: forces)
      #expect(abs(sum - direct(points).sum) < 0.03)
    }
  }

  @Test func `any number of threads gives the same bytes`() {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let points = positions(3000, spread: 12)
    let routes: [() -> any RepulsiveForces] = [
      { ExactRepulsion() }, { BarnesHutRepulsion() }, { GridRepulsion(pointCount: 3000) },
    ]
    for route in routes {
      let results = (1...3).map { workers in
        Parallel.workers = workers
        let forces = PlaneVectors(repeating: .nan, count: 3000)
        let sum = route().evaluate(at: points, extent: PlaneExtent(of: points), forces: forces)
        return (sum, forces.interleaved)
      }
      for result in results.dropFirst() { #expect(result == results[0]) }
    }
  }
}
