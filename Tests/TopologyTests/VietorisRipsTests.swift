import LinearAlgebra
import Testing

@testable import Topology

/// What holds for every cloud, whichever engine does it.
@Suite struct VietorisRipsTests {
  /// Coordinates that are multiples of 2⁻¹⁰, so that sums and differences are exact.
  private func cloud(count: Int, dimension: Int, seed: UInt64) -> Matrix<Double> {
    var generator = SplitMix(seed: seed)
    return Matrix(
      rows: count, columns: dimension,
      values: (0..<count * dimension).map { _ in
        Double(Int.random(in: 0..<1024, using: &generator)) / 1024
      })
  }

  private func bars(
    _ points: Matrix<Double>, dimension: Int = 2, threshold: Double? = nil, prime: Int = 2,
    scale: Double = 1
  ) throws -> [PersistenceBar] {
    let rips = VietorisRips(
      maximumDimension: dimension, threshold: threshold, prime: prime, scale: scale)
    let distances = try SquareDistances(points: points, workers: 2)
    return try rips.persistence(of: .dense(distances), workers: 2).diagram.bars
  }

  /// H1 comes from one engine, H2 from another, other primes and representatives from a third.
  @Test func `the engines agree`() throws {
    for seed in 0..<6 as Range<UInt64> {
      let points = cloud(count: 40, dimension: 3, seed: seed)
      let all = try bars(points)
      #expect(try bars(points, dimension: 1) == all.filter { $0.dimension <= 1 })
      // Clouds of so few random points have no torsion.
      #expect(try bars(points, prime: 3) == all)
      let chains = VietorisRips(maximumDimension: 2, withRepresentatives: true)
      let distances = try SquareDistances(points: points, workers: 1)
      let found = try chains.persistence(of: .dense(distances), workers: 1)
      #expect(found.diagram.bars == all)
      #expect(found.representatives.count == all.count)
    }
  }

  @Test func `an isometry changes nothing`() throws {
    let points = cloud(count: 30, dimension: 3, seed: 7)
    // Axes exchanged, one mirrored, all moved: exact for these coordinates.
    let moved = Matrix<Double>(
      (0..<points.rows).map { [points[$0, 2] + 8, 3 - points[$0, 0], points[$0, 1] - 5] })
    #expect(try bars(moved) == bars(points))
  }

  @Test func `a cloud twice as large has bars twice as long`() throws {
    let points = cloud(count: 30, dimension: 3, seed: 8)
    let doubled = Matrix(
      rows: points.rows, columns: points.columns, values: points.values.map { 2 * $0 })
    let expected = try bars(points).map {
      PersistenceBar(dimension: $0.dimension, birth: 2 * $0.birth, death: 2 * $0.death)
    }
    #expect(try bars(doubled) == expected)
    #expect(try bars(doubled, scale: 2) == bars(points))
    // The threshold is compared after the division.
    #expect(
      try bars(doubled, threshold: 0.375, scale: 2) == bars(points, threshold: 0.375))
  }

  @Test func `components die at the heights of single linkage`() throws {
    let points = cloud(count: 50, dimension: 2, seed: 9)
    let distances = try SquareDistances(points: points, workers: 1)
    // By its definition: merge the two nearest clusters until one is left.
    var clusters = (0..<50).map { [$0] }
    var heights: [Double] = []
    while clusters.count > 1 {
      var nearest = (Float.infinity, 0, 0)
      for a in clusters.indices {
        for b in 0..<a {
          for i in clusters[a] {
            for j in clusters[b] where distances[i, j] < nearest.0 {
              nearest = (distances[i, j], a, b)
            }
          }
        }
      }
      if nearest.0 > 0 { heights.append(Double(nearest.0)) }
      clusters[nearest.2] += clusters.remove(at: nearest.1)
    }
    let deaths = try bars(points, dimension: 0).map(\.death)
    #expect(deaths == heights.sorted() + [.infinity])
  }

  @Test func `diagrams move no farther than distances do`() throws {
    for seed in 0..<5 as Range<UInt64> {
      let points = cloud(count: 40, dimension: 3, seed: seed)
      let noise = cloud(count: 40, dimension: 3, seed: seed + 100)
      let moved = Matrix(
        rows: 40, columns: 3, values: zip(points.values, noise.values).map { $0 + 0.1 * $1 })
      let before = try SquareDistances(points: points, workers: 1)
      let after = try SquareDistances(points: moved, workers: 1)
      let bound = after.largestDifference(from: before)
      let (a, b) = (try bars(points), try bars(moved))
      for dimension in 0...2 {
        let distance = try DiagramMetric.bottleneck.matching(
          a.filter { $0.dimension == dimension }, b.filter { $0.dimension == dimension }
        ).distance
        #expect(distance <= bound * (1 + 1e-6))
      }
      #expect(bound > 0)
    }
  }

  @Test func `float64 distances tell apart what float32 does not`() throws {
    // The corners of a square whose diagonal is longer than its sides by less than float32 can say.
    let side = 1 + 1e-9
    let matrix = Matrix<Double>([
      [0, 1, side, 1], [1, 0, 1, side], [side, 1, 0, 1], [1, side, 1, 0],
    ])
    let rips = VietorisRips()
    let ranked = try RankedDistances(matrix: matrix, workers: 1)
    let loops = try rips.persistence(of: .ranked(ranked), workers: 1).diagram.bars(dimension: 1)
    #expect(loops == [PersistenceBar(dimension: 1, birth: 1, death: side)])
    let rounded = try SquareDistances(matrix: matrix.converted(to: Float.self), workers: 1)
    #expect(
      try rips.persistence(of: .dense(rounded), workers: 1).diagram.bars(dimension: 1).isEmpty)
  }

  @Test func `a modulus that is no prime is refused`() {
    for prime in [-2, 0, 1, 4, 9, 32_769, 65_537] {
      #expect(throws: TopologyError.self) { try VietorisRips.requirePrime(prime) }
    }
  }
}
