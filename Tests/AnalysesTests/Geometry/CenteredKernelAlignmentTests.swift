import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct CenteredKernelAlignmentTests {
  private func kernelAlignment(
    _ x: Matrix<Float>, _ y: Matrix<Float>
  ) throws -> CenteredKernelAlignment {
    try CenteredKernelAlignment(Representation(x), Representation(y))
  }

  @Test func `the unbiased value by hand`() throws {
    // x = 0, 1, 3, 6 and y = 0, 2, 1, 4, one column each; HSIC₁ from K_ij = x_i x_j, L_ij = y_i y_j,
    // diagonals zero. Neither depends on a shift, so x and y are used as they are.
    // K: pairs (1,2) 3, (1,3) 6, (2,3) 18; rows sums 0, 9, 21, 24; total 54.
    // L: pairs (1,2) 2, (1,3) 8, (2,3) 4; row sums 0, 10, 6, 12; total 28.
    // n (n − 3) HSIC₁(K, L) = 2 (3·2 + 6·8 + 18·4) + 54·28/6 − (9·10 + 21·6 + 24·12)
    //                      = 252 + 252 − 504 = 0.
    // HSIC₁(K, K): 2 (9 + 36 + 324) + 54²/6 − (81 + 441 + 576) = 738 + 486 − 1098 = 126.
    // HSIC₁(L, L): 2 (4 + 64 + 16) + 28²/6 − (100 + 36 + 144) = 168 + 392/3 − 280 = 56/3.
    let x = Matrix<Float>([[0], [1], [3], [6]])
    let first = try kernelAlignment(x, Matrix([[0], [2], [1], [4]]))
    #expect(abs(first.unbiased) < 1e-12)
    // z = 0, 1, 2, 5: pairs 2, 5, 10; row sums 0, 7, 12, 15; total 34.
    // (K, M): 2 (6 + 30 + 180) + 54·34/6 − (63 + 252 + 360) = 432 + 306 − 675 = 63.
    // (M, M): 2 (4 + 25 + 100) + 34²/6 − (49 + 144 + 225) = 258 + 578/3 − 418 = 98/3.
    let second = try kernelAlignment(x, Matrix([[0], [1], [2], [5]]))
    #expect(abs(second.unbiased - 63 / (126.0 * 98 / 3).squareRoot()) < 1e-12)
  }

  @Test func `the unbiased value by its definition`() throws {
    // HSIC₁ by sums over kernels, on more samples than columns and on fewer.
    for (n, p, q) in [(9, 3, 5), (6, 11, 4)] {
      let (x, y) = (Matrix<Double>.gaussian(n, p, seed: 3), Matrix<Double>.gaussian(n, q, seed: 4))
      func kernel(_ m: Matrix<Double>) -> Matrix<Double> {
        var k = m.timesTransposed(m)
        for i in 0..<n { k[i, i] = 0 }
        return k
      }
      func hsic(_ k: Matrix<Double>, _ l: Matrix<Double>) -> Double {
        let trace = zip(k.values, l.values).reduce(0) { $0 + $1.0 * $1.1 }
        let (sumK, sumL) = (k.values.reduce(0, +), l.values.reduce(0, +))
        let cross = k.times(l).values.reduce(0, +)
        return trace + sumK * sumL / Double((n - 1) * (n - 2)) - 2 / Double(n - 2) * cross
      }
      let (k, l) = (kernel(x), kernel(y))
      let expected = hsic(k, l) / (hsic(k, k) * hsic(l, l)).squareRoot()
      let found = try kernelAlignment(x.converted(), y.converted())
      #expect(abs(found.unbiased - expected) < 1e-5, "\(n) \(found) \(expected)")
    }
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `agrees with the reference values`() throws {
    for example in try GeometryCases.list("cka_linear") {
      let found = try kernelAlignment(example.matrix("X"), example.matrix("Y"))
      #expect(abs(found.biased - example.number("cka")) < 1e-6, "\(example)")
    }
  }

  @Test func `rotation and scale change nothing`() throws {
    let x = Matrix<Double>.gaussian(30, 2, seed: 5)
    let turned = x.times(Matrix([[0.6, -0.8], [0.8, 0.6]])).values.map { Float(3 * $0 + 2) }
    let found = try kernelAlignment(
      x.converted(), Matrix(rows: 30, columns: 2, values: turned))
    #expect(abs(found.biased - 1) < 1e-6 && abs(found.unbiased - 1) < 1e-6)
  }

  @Test(arguments: [(20, 6), (5, 12), (700, 40), (4, 3)])
  func `a representation and itself are exactly alike`(shape: (Int, Int)) throws {
    for seed in 0..<5 {
      let x = Matrix<Double>.gaussian(shape.0, shape.1, seed: UInt64(seed)).converted(
        to: Float.self)
      let found = try kernelAlignment(x, x)
      #expect(found.biased == 1 && found.unbiased == 1)
    }
  }

  @Test(arguments: [0x1p-110, 0x1p110] as [Float])
  func `the scale of the numbers changes no bit`(scale: Float) throws {
    let x = Matrix<Double>.gaussian(30, 4, seed: 5).converted(to: Float.self)
    let y = Matrix<Double>.gaussian(30, 4, seed: 6).converted(to: Float.self)
    let scaled = Matrix(rows: 30, columns: 4, values: x.values.map { $0 * scale })
    #expect(try kernelAlignment(scaled, y) == kernelAlignment(x, y))
    #expect(try kernelAlignment(y, scaled) == kernelAlignment(y, x))
  }

  @Test func `any number of threads gives the same bytes`() throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let x = Matrix<Double>.gaussian(3000, 30, seed: 1).converted(to: Float.self)
    let y = Matrix<Double>.gaussian(3000, 20, seed: 2).converted(to: Float.self)
    let results = try (1...3).map { workers in
      Parallel.workers = workers
      return try kernelAlignment(x, y)
    }
    for result in results.dropFirst() { #expect(result == results[0]) }
  }

  @Test func `what cannot be compared is refused`() {
    let x = Matrix<Float>([[0], [1], [3], [6]])
    #expect(throws: AnalysisError.rowsDiffer(4, 3)) {
      try kernelAlignment(x, Matrix([[0], [1], [3]]))
    }
    #expect(throws: AnalysisError.self) {
      try kernelAlignment(Matrix([[0], [1], [3]]), Matrix([[0], [1], [3]]))
    }
    #expect(throws: AnalysisError.self) {
      try kernelAlignment(x, Matrix(rows: 4, columns: 1))
    }
  }
}
