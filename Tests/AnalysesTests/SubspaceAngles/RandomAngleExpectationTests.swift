import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct RandomAngleExpectationTests {
  // MARK: Gamma variates

  @Test(arguments: [0.5, 1, 1.5, 2, 7.5, 200])
  func `gamma variates have the mean, variance and third moment of their law`(shape: Double) {
    let count = 200_000
    let stream = RandomStream(domain: "test/gamma", seed: 0, identity: "\(shape)".utf8)
    // A small expectation makes the buffer of normals grow on the way.
    var gamma = GammaVariates(stream: stream, expectedCount: 10)
    let numbers = (0..<count).map { _ in gamma.next(shape: shape) }
    #expect(numbers.allSatisfy { $0 >= 0 })
    // E xʳ = shape (shape + 1) … (shape + r − 1).
    func moment(_ r: Int) -> Double { (0..<r).reduce(1) { $0 * (shape + Double($1)) } }
    for r in 1...3 {
      let mean = numbers.reduce(0) { $0 + pow($1, Double(r)) } / Double(count)
      let deviation = ((moment(2 * r) - moment(r) * moment(r)) / Double(count)).squareRoot()
      #expect(abs(mean - moment(r)) < 4 * deviation, "moment \(r)")
    }
  }

  @Test func `gamma variates of shape one follow the exponential law`() {
    var gamma = GammaVariates(
      stream: RandomStream(domain: "test/exponential", seed: 0), expectedCount: 100_000)
    let levels = (0..<100_000).map { _ in 1 - exp(-gamma.next(shape: 1)) }.sorted()
    let n = Double(levels.count)
    let deviations = levels.enumerated().map { i, level in
      max(Double(i + 1) / n - level, level - Double(i) / n)
    }
    // The critical value of √n·D at level 0.001.
    #expect((deviations.max() ?? 1) * n.squareRoot() < 1.9495)
  }

  // MARK: Angles

  @Test func `two random lines of the plane are 45 degrees apart`() throws {
    let expectation = RandomAngleExpectation(draws: 20_000)
    let angle = try expectation.expectedAngles(1, 1, ambientDimension: 2)[0]
    // Uniform in [0, π/2]: standard deviation π/2/√12.
    let deviation = Double.pi / 2 / 12.0.squareRoot()
    #expect(abs(angle - Double.pi / 4) < 4 * deviation / 20_000.0.squareRoot())
  }

  @Test func `two random lines of space are one radian apart`() throws {
    // The density of the angle is sin θ, so the mean is 1 and the variance π − 3.
    let angle = try RandomAngleExpectation(draws: 20_000)
      .expectedAngles(1, 1, ambientDimension: 3)[0]
    #expect(abs(angle - 1) < 4 * ((Double.pi - 3) / 20_000).squareRoot())
  }

  /// The mean and the variance of each angle between spans of Gaussian rows.
  @Test(arguments: [
    (1, 1, 5), (1, 4, 6), (2, 2, 4), (2, 3, 9), (3, 3, 6), (3, 7, 12), (5, 5, 30), (10, 14, 40),
    (4, 5, 7), (6, 6, 8), (9, 2, 10),
  ])
  func `the model agrees with subspaces drawn outright`(ka: Int, kb: Int, d: Int) throws {
    let draws = 3_000
    let p = min(ka, kb)
    let drawn = try Parallel.tryMap(count: draws) { draw in
      let seed = UInt64(draw)
      let a = try Subspace(
        spanOfRows: .gaussian(ka, d, seed: 2 * seed), rank: .full, centered: false)
      let b = try Subspace(
        spanOfRows: .gaussian(kb, d, seed: 2 * seed + 1), rank: .full, centered: false)
      return try principalAngles(a, b)
    }
    let modelled = try RandomAngleExpectation(draws: draws)
      .expectedAngles(ka, kb, ambientDimension: d)
    #expect(modelled.count == p)
    for i in 0..<p {
      let mean = drawn.reduce(0) { $0 + $1[i] } / Double(draws)
      let variance = drawn.reduce(0) { $0 + ($1[i] - mean) * ($1[i] - mean) } / Double(draws)
      // Both means carry the error.
      let bound = 4.5 * (2 * variance / Double(draws)).squareRoot() + 1e-12
      #expect(abs(modelled[i] - mean) < bound, "index \(i)")
    }
  }

  @Test func `angles forced to zero are zero`() throws {
    let angles = try RandomAngleExpectation().expectedAngles(6, 7, ambientDimension: 10)
    #expect(angles.count == 6)
    #expect(angles[..<3] == [0, 0, 0])
    #expect(angles[3] > 0)
    #expect(try RandomAngleExpectation().expectedAngles(3, 5, ambientDimension: 5) == [0, 0, 0])
    #expect(try RandomAngleExpectation().expectedAngles(5, 5, ambientDimension: 5).count == 5)
  }

  @Test func `the result is symmetric, ascending and repeatable`() throws {
    let expectation = RandomAngleExpectation(seed: 5)
    let angles = try expectation.expectedAngles(20, 35, ambientDimension: 128)
    #expect(angles == (try expectation.expectedAngles(35, 20, ambientDimension: 128)))
    #expect(angles == angles.sorted())
    #expect(angles.allSatisfy { $0 > 0 && $0 < .pi / 2 })
    #expect(
      angles != (try RandomAngleExpectation(seed: 6).expectedAngles(20, 35, ambientDimension: 128)))
  }

  // MARK: Errors

  @Test func `dimensions that do not fit are refused`() {
    for (ka, kb, wrong) in [(0, 3, 0), (3, -1, -1), (11, 2, 11), (2, 12, 12)] {
      #expect(throws: AnalysisError.dimensionOutOfRange(wrong, ambientDimension: 10)) {
        try RandomAngleExpectation().expectedAngles(ka, kb, ambientDimension: 10)
      }
    }
  }

  @Test func `no draws are refused`() {
    #expect(throws: AnalysisError.drawsNotPositive(0)) {
      try RandomAngleExpectation(draws: 0).expectedAngles(1, 1, ambientDimension: 2)
    }
  }
}
