import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct CosineDistributionTests {
  private func distribution(
    _ points: Matrix<Float>, bins: Int = 100, sample: Int? = nil, seed: UInt64 = 0,
    control: ComputationControl = ComputationControl()
  ) throws -> CosineDistribution {
    try CosineDistribution(
      of: UnitRows(points), bins: bins, sample: sample, seed: seed, control: control)
  }

  @Test func `four vectors in the plane by hand`() throws {
    // East, north, west and north-east: cosines 0, −1, r, 0, r, −r with r = √½.
    let found = try distribution(Matrix([[1, 0], [0, 2], [-3, 0], [1, 1]]), bins: 4)
    let r = 0.5.squareRoot()
    #expect(found.counts == [2, 0, 2, 2])
    #expect(found.pairs == 6 && found.duplicates == 0)
    let mean = (r - 1) / 6
    #expect(abs(found.mean - mean) < 1e-7)
    #expect(abs(found.standardDeviation - (2.5 / 6 - mean * mean).squareRoot()) < 1e-7)
    #expect(found.minimum == -1)
    #expect(abs(found.maximum - r) < 1e-7)
    // ‖x − y‖² = 2 − 2 c.
    let potential = [0, -1, r, 0, r, -r].reduce(0) { $0 + exp(-2 * (2 - 2 * $1)) }
    #expect(abs(found.uniformity - log(potential / 6)) < 1e-6)
  }

  @Test func `the edges of the bins`() throws {
    // East, north, west: 0 belongs to the bin above it, −1 to the first.
    let points = Matrix<Float>([[1, 0], [0, 1], [-1, 0]])
    #expect(try distribution(points, bins: 2).counts == [1, 2])
    #expect(try distribution(points, bins: 1).counts == [3])
    #expect(try distribution(points, bins: 3).counts == [1, 2, 0])
    let some = Matrix<Float>([[3, 4], [1, 0], [4, -3]])
    let counts = try distribution(some, bins: 7).counts
    // Cosines 0.6, 0 and 0.8 in bins of 2/7: 1.6 / (2/7) = 5.6, 1 / (2/7) = 3.5, 1.8 / (2/7) = 6.3.
    #expect(counts == [0, 0, 0, 1, 0, 1, 1])
  }

  @Test func `duplicates are left out and counted`() throws {
    // East three times: three pairs. A cosine of 0.9985 is none.
    let near = Float(acos(0.9985))
    let found = try distribution(
      Matrix([[1, 0], [2, 0], [5, 0], [cos(near), sin(near)], [0, 1]]))
    #expect(found.duplicates == 3 && found.pairs == 7)
    #expect(abs(found.maximum - 0.9985) < 1e-6)
    #expect(abs(found.mean - (3 * 0.9985 + sin(acos(0.9985))) / 7) < 1e-6)
    #expect(found.counts.reduce(0, +) == 7)
  }

  @Test func `nothing but duplicates leaves no numbers, and the worst uniformity`() throws {
    let found = try distribution(Matrix([[1, 2], [1, 2], [2, 4]]))
    #expect(found.pairs == 0 && found.duplicates == 3)
    #expect(found.mean.isNaN && found.standardDeviation.isNaN)
    #expect(found.minimum.isNaN && found.maximum.isNaN)
    #expect(abs(found.uniformity) < 1e-6)
  }

  @Test func `opposite vectors are never below −1`() throws {
    let half = Matrix<Double>.gaussian(300, 7)
    let points = half.appending(half.negated())
    let found = try distribution(points.converted())
    #expect(found.minimum == -1)
    #expect(found.pairs + found.duplicates == 600 * 599 / 2)
    #expect(found.counts[0] >= 300)
  }

  @Test(arguments: [2, 511, 512, 513, 1100])
  func `all pairs by their definition`(n: Int) throws {
    let points = try UnitRows(Matrix<Double>.gaussian(n, 6, seed: 9).converted())
    let rows = points.rows.converted(to: Double.self)
    let products = rows.timesTransposed(rows)
    let cosines = (0..<n).flatMap { i in (0..<i).map { products[i, $0] } }
    let counted = cosines.filter { $0 < 0.999 }
    let found = try CosineDistribution(of: points, bins: 50)
    #expect(found.pairs == counted.count && found.duplicates == cosines.count - counted.count)
    let mean = counted.reduce(0, +) / Double(counted.count)
    let variance =
      counted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(counted.count)
    #expect(abs(found.mean - mean) < 1e-7)
    #expect(abs(found.standardDeviation - variance.squareRoot()) < 1e-6)
    #expect(abs(found.minimum - (counted.min() ?? 0)) < 1e-6)
    #expect(abs(found.maximum - (counted.max() ?? 0)) < 1e-6)
    let potential = cosines.reduce(0) { $0 + exp(4 * $1 - 4) } / Double(n * (n - 1) / 2)
    #expect(abs(found.uniformity - log(potential)) < 1e-6)
    var counts = [Int](repeating: 0, count: 50)
    for cosine in counted { counts[min(49, Int((cosine + 1) * 25))] += 1 }
    // A cosine at an edge may round to the other side.
    #expect(zip(found.counts, counts).allSatisfy { abs($0 - $1) <= 2 })
  }

  @Test func `a sample depends on its seed alone`() throws {
    let points = Matrix<Double>.gaussian(200, 5).converted(to: Float.self)
    let found = try distribution(points, sample: 40, seed: 3)
    #expect(found.pairs + found.duplicates == 780)
    #expect(try distribution(points, sample: 40, seed: 3) == found)
    #expect(try distribution(points, sample: 40, seed: 4) != found)
    #expect(try distribution(points, sample: 200) == distribution(points))
    #expect(try distribution(points, sample: 900, seed: 4) == distribution(points))
  }

  @Test func `any number of threads gives the same bytes`() throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let points = Matrix<Double>.gaussian(1700, 20).converted(to: Float.self)
    let results = try (1...3).map { workers in
      Parallel.workers = workers
      return try distribution(points)
    }
    for result in results.dropFirst() { #expect(result == results[0]) }
  }

  @Test func `what has no pairs or no bins is refused`() throws {
    let points = Matrix<Float>([[1, 0], [0, 1], [1, 1]])
    #expect(throws: AnalysisError.self) { try distribution(points.selectingRows([0])) }
    #expect(throws: AnalysisError.self) { try distribution(Matrix(rows: 0, columns: 2)) }
    for bins in [0, -1, 1_000_001] {
      #expect(throws: AnalysisError.self) { try distribution(points, bins: bins) }
    }
    for sample in [1, 0, -2] {
      #expect(throws: AnalysisError.self) { try distribution(points, sample: sample) }
    }
    let stop = ComputationControl(isCancelled: { true })
    #expect(throws: CancellationError.self) { try distribution(points, control: stop) }
  }
}

extension Matrix<Double> {
  fileprivate func negated() -> Matrix {
    Matrix(rows: rows, columns: columns, values: values.map { -$0 })
  }
}
