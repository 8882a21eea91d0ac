import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

private let oracle = SharedData.folder.appending(path: "oracles/geometry_cases.json")

private struct OracleFile: Decodable {
  let cases: [OracleCase]
  enum CodingKeys: String, CodingKey { case cases = "subspace_angles" }
}

/// Two matrices whose columns span the subspaces, and their angles by SciPy, descending.
private struct OracleCase: Decodable {
  let name: String
  let a: [[Double]]
  let b: [[Double]]
  let radians: [Double]
  let analyticRadians: [Double]?
  let rankA: Int
  let rankB: Int
  let tolerance: Double

  enum CodingKeys: String, CodingKey {
    case name
    case a = "A"
    case b = "B"
    case radians = "scipy_radians_desc"
    case analyticRadians = "analytic_radians_desc"
    case rankA = "rank_A"
    case rankB = "rank_B"
    case tolerance = "tol"
  }
}

struct PrincipalAnglesTests {
  private func span(_ rows: Matrix<Double>) throws -> Subspace {
    try Subspace(spanOfRows: rows, rank: .full, centered: false)
  }

  /// Two subspaces of R^d with the given angles, turned as one by a random rotation, each given by
  /// random combinations of its basis.
  private func pair(
    _ angles: [Double], d: Int, seed: UInt64 = 0
  ) throws -> (Matrix<Double>, Matrix<Double>) {
    let k = angles.count
    var a = Matrix<Double>(rows: k, columns: d)
    var b = Matrix<Double>(rows: k, columns: d)
    for (i, angle) in angles.enumerated() {
      a[i, i] = 1
      b[i, i] = cos(angle)
      b[i, k + i] = sin(angle)
    }
    let rotation = try Matrix.orthogonal(d, seed: seed)
    // Rotations of the bases keep the conditioning; other combinations are tested by scaling.
    return (
      try Matrix.orthogonal(k, seed: seed + 1).times(a).times(rotation),
      try Matrix.orthogonal(k, seed: seed + 2).times(b).times(rotation)
    )
  }

  private func expectEqual(_ found: [Double], _ expected: [Double], within tolerance: Double) {
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) {
      #expect(abs(a - b) <= tolerance, "\(found) is not \(expected)")
    }
  }

  // MARK: Closed forms

  @Test func `a line and a diagonal by hand`() throws {
    let angles = try principalAngles(span(Matrix([[1, 0]])), span(Matrix([[1, 1]])))
    expectEqual(angles, [Double.pi / 4], within: 1e-15)
  }

  @Test(
    arguments: [
      0, 1e-12, 1e-9, 1e-8, 1e-7, 1e-6, 1e-4, 0.01, 0.3, Double.pi / 4 - 1e-9, Double.pi / 4,
      Double.pi / 4 + 1e-9, 1, 1.5, Double.pi / 2 - 1e-7, Double.pi / 2 - 1e-9, Double.pi / 2,
    ], [(8, 4), (512, 60)])
  func `planes rotated by a known angle`(angle: Double, shape: (d: Int, k: Int)) throws {
    let (a, b) = try pair([Double](repeating: angle, count: shape.k), d: shape.d)
    let angles = try principalAngles(span(a), span(b))
    expectEqual(angles, [Double](repeating: angle, count: shape.k), within: 1e-13)
  }

  @Test func `angles on both sides of the bound between sines and cosines`() throws {
    // cos² = 0.999 at 0.0316: some of these come from a sine, some from a cosine.
    let expected = [0.0315, 0.0316, 0.0316, 0.03163, 0.03163, 0.0317, 0.032, 0.1, 1.5]
    // Rotations by products in float64; OpenBLAS rounds them by its number of threads.
    let (a, b) = try pair(expected, d: 64)
    expectEqual(try principalAngles(span(a), span(b)), expected, within: 4e-14)
    // The same where none is small enough for a sine.
    let (c, d) = try pair(Array(expected[5...]), d: 64)
    expectEqual(try principalAngles(span(c), span(d)), Array(expected[5...]), within: 4e-14)
  }

  @Test func `angles of every size at once`() throws {
    let expected =
      [0, 0, 1e-9, 1e-7, 1.1e-7, 1e-5, 0.1, 0.7, 0.8, 1.2, Double.pi / 2 - 1e-7]
      + [Double.pi / 2, Double.pi / 2]
    let (a, b) = try pair(expected, d: 64)
    expectEqual(try principalAngles(span(a), span(b)), expected, within: 1e-13)
  }

  @Test func `a subspace has no angle with itself or with one around it`() throws {
    let rows = Matrix<Double>.gaussian(20, 100)
    let inner = rows.selectingRows(0..<7)
    let zeros = [Double](repeating: 0, count: 7)
    expectEqual(try principalAngles(span(inner), span(inner)), zeros, within: 1e-13)
    expectEqual(try principalAngles(span(inner), span(rows)), zeros, within: 1e-13)
    expectEqual(try principalAngles(span(rows), span(inner)), zeros, within: 1e-13)
  }

  @Test func `orthogonal subspaces have right angles`() throws {
    let basis = try Matrix.orthogonal(30)
    let angles = try principalAngles(
      span(basis.selectingRows(0..<9)), span(basis.selectingRows(9..<30)))
    expectEqual(angles, [Double](repeating: .pi / 2, count: 9), within: 1e-13)
  }

  @Test func `subspaces too large for the space share what they must`() throws {
    let angles = try principalAngles(span(.gaussian(7, 10, seed: 1)), span(.gaussian(6, 10)))
    #expect(angles.count == 6)
    expectEqual(Array(angles[..<3]), [0, 0, 0], within: 1e-13)
    #expect(angles[3] > 0.01)
  }

  // MARK: Invariants

  @Test(arguments: [(5, 5), (3, 9), (9, 3), (1, 12)])
  func `the order of the two does not matter`(ka: Int, kb: Int) throws {
    let (a, b) = (try span(.gaussian(ka, 40, seed: 1)), try span(.gaussian(kb, 40, seed: 2)))
    let angles = try principalAngles(a, b)
    #expect(angles.count == min(ka, kb))
    #expect(angles == angles.sorted())
    expectEqual(try principalAngles(b, a), angles, within: 1e-13)
  }

  @Test func `rotation, order, scale and repetition of rows do not matter`() throws {
    let (a, b) = (Matrix<Double>.gaussian(6, 40, seed: 1), Matrix<Double>.gaussian(8, 40, seed: 2))
    let angles = try principalAngles(span(a), span(b))
    let rotation = try Matrix.orthogonal(40)
    expectEqual(
      try principalAngles(span(a.times(rotation)), span(b.times(rotation))), angles, within: 1e-12)
    expectEqual(
      try principalAngles(span(a.selectingRows([3, 1, 5, 0, 2, 4])), span(b)), angles,
      within: 1e-12)
    expectEqual(
      try principalAngles(span(a.selectingRows([0, 0, 1, 2, 2, 3, 4, 5, 5])), span(b)), angles,
      within: 1e-12)
    var scaled = a
    for i in 0..<a.rows {
      for j in 0..<a.columns { scaled[i, j] *= [1, -3, 0.01, 70, 2, 1000][i] }
    }
    expectEqual(try principalAngles(span(scaled), span(b)), angles, within: 1e-9)
    for i in a.values.indices { scaled.values[i] = a.values[i] * 1e-180 }
    expectEqual(try principalAngles(span(scaled), span(b)), angles, within: 1e-12)
  }

  @Test func `a rank-deficient span has the angles of its independent rows`() throws {
    let (a, b) = (Matrix<Double>.gaussian(3, 20, seed: 1), Matrix<Double>.gaussian(5, 20, seed: 2))
    let combinations = Matrix<Double>.gaussian(10, 3).times(a)
    expectEqual(
      try principalAngles(span(combinations), span(b)), try principalAngles(span(a), span(b)),
      within: 1e-12)
  }

  // MARK: Oracle and errors

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: oracle.path),
      "needs ../shared/data/oracles/geometry_cases.json"))
  func `angles agree with SciPy`() throws {
    let file = try JSONDecoder().decode(OracleFile.self, from: Data(contentsOf: oracle))
    #expect(file.cases.count == 5)
    for oracleCase in file.cases {
      let a = try span(Matrix(oracleCase.a).transposed())
      let b = try span(Matrix(oracleCase.b).transposed())
      #expect(a.dimension == oracleCase.rankA, "\(oracleCase.name)")
      #expect(b.dimension == oracleCase.rankB, "\(oracleCase.name)")
      let angles = try principalAngles(a, b)
      expectEqual(angles.reversed(), oracleCase.radians, within: oracleCase.tolerance)
      if let analytic = oracleCase.analyticRadians {
        expectEqual(angles.reversed(), analytic, within: oracleCase.tolerance)
      }
    }
  }

  @Test func `subspaces of different spaces are refused`() throws {
    let (a, b) = (try span(.gaussian(2, 5)), try span(.gaussian(2, 6)))
    #expect(throws: AnalysisError.ambientDimensionsDiffer(5, 6)) { try principalAngles(a, b) }
  }
}
