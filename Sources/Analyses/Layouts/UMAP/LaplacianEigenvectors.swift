import CKernels
import COpenBLAS
import Foundation
import LinearAlgebra

/// The eigenvectors of the smallest non-zero eigenvalues of a connected graph's normalised Laplacian,
/// I − D^−½ W D^−½.
///
/// Method: subspace iteration with a Chebyshev filter (Zhou, Saad, Tiago, Chelikowsky 2006,
/// doi:10.1016/j.jcp.2006.03.017) on eight vectors in float32, Rayleigh–Ritz in float64; LAPACK's dense
/// `dsyev` for up to 128 vertices. The eigenvector of 0 is known, √degree, and projected out. The start
/// is random, keyed by the seed; sums are taken in fixed blocks, so the bytes do not depend on threads.
struct LaplacianEigenvectors {
  /// Two vectors of length 1 side by side, shape [n, 2].
  ///
  /// Where the graph has fewer than three vertices, those that do not exist are zero. The largest
  /// element of each is positive.
  let vectors: Matrix<Double>
  /// Their eigenvalues, ascending; 0 for those that do not exist.
  let values: [Double]

  /// The largest norm of the residual L v − λ v of a vector v of length 1.
  ///
  /// The eigenvalues are of the order of 0.001 where there are clusters, which this still tells apart.
  static let tolerance = 2e-5
  private static let width = Int(kernel_block_width)
  private static let blockSize = 1024
  private static let mostIterations = 50
  /// How much a filter amplifies the eigenvalue 0 at most: float32 has to hold the others beside it.
  private static let mostAmplification = 1e4

  /// Finds them.
  ///
  /// - Parameters:
  ///   - graph: A connected graph.
  ///   - seed: Of the random start.
  ///   - denseLimit: Up to how many vertices the matrix is made dense.
  ///   - control: How to watch and stop the computation.
  /// - Throws: `CancellationError`.
  init(
    of graph: SparseGraph, seed: UInt64, denseLimit: Int = 128, control: ComputationControl
  ) throws {
    let n = graph.vertexCount
    let degrees = (0..<n).map { i in
      graph.edges(of: i).reduce(0.0) { $0 + Double(graph.weights[$1]) }
    }
    var matrix = graph
    for i in 0..<n {
      for edge in graph.edges(of: i) {
        let scale = (degrees[i] * degrees[Int(graph.ends[edge])]).squareRoot()
        matrix.weights[edge] = Float(Double(graph.weights[edge]) / scale)
      }
    }
    let result =
      n <= max(denseLimit, Self.width + 1)
      ? Self.dense(matrix)
      : try Self.filtered(
        matrix, degrees: degrees, seed: seed, control: control)
    values = result.values
    vectors = Self.withPositivePeaks(result.vectors)
  }

  private static func withPositivePeaks(_ vectors: Matrix<Double>) -> Matrix<Double> {
    var vectors = vectors
    for k in 0..<2 {
      var peak = 0.0
      for i in 0..<vectors.rows where abs(vectors[i, k]) > abs(peak) { peak = vectors[i, k] }
      if peak < 0 { for i in 0..<vectors.rows { vectors[i, k] *= -1 } }
    }
    return vectors
  }

  private static func dense(_ matrix: SparseGraph) -> (values: [Double], vectors: Matrix<Double>) {
    let n = matrix.vertexCount
    var elements = [Double](
      repeating: 0, count: ElementCount.checked(n, n, of: Double.self))
    for i in 0..<n {
      for edge in matrix.edges(of: i) {
        elements[i * n + Int(matrix.ends[edge])] = -Double(matrix.weights[edge])
      }
      elements[i * n + i] += 1
    }
    let eigenvalues = diagonalize(&elements, size: n)
    var vectors = Matrix<Double>(rows: n, columns: 2)
    var values = [0.0, 0.0]
    for k in 0..<min(2, n - 1) {
      values[k] = eigenvalues[k + 1]
      for i in 0..<n { vectors[i, k] = elements[(k + 1) * n + i] }
    }
    return (values, vectors)
  }

  /// Replaces a symmetric matrix by its eigenvectors, a row each; returns the eigenvalues, ascending.
  private static func diagonalize(_ matrix: inout [Double], size: Int) -> [Double] {
    var values = [Double](repeating: 0, count: size)
    let info = BLAS.withThreads(1) {
      unsafe LAPACKE_dsyev(
        LAPACK_COL_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), Int32(size), &matrix,
        Int32(size), &values)
    }
    precondition(info == 0, "a finite symmetric matrix has eigenvectors")
    return values
  }

  /// The filter works on S = I − L, whose largest eigenvalues are wanted.
  private static func filtered(
    _ matrix: SparseGraph, degrees: [Double], seed: UInt64, control: ComputationControl
  ) throws -> (values: [Double], vectors: Matrix<Double>) {
    let n = matrix.vertexCount
    let total = degrees.reduce(0, +)
    let trivial = degrees.map { ($0 / total).squareRoot() }
    var block = RandomStream(domain: "umap/spectral start", seed: seed)
      .normals(count: n * width)
    var product = [Float](repeating: 0, count: n * width)
    var iteration = 0
    while true {
      try control.check()
      orthonormalize(&block, against: trivial)
      step(matrix, gain: 1, shift: 0, keep: 0, block, &product)
      // Rayleigh–Ritz: rotate the block to the eigenvectors of its projection, ascending.
      var projection = gram(block, product)
      let ritz = diagonalize(&projection, size: width)
      rotate(&block, by: projection)
      rotate(&product, by: projection)
      iteration += 1
      let isClose = (width - 2..<width).allSatisfy {
        residual(block, product, column: $0, value: ritz[$0]) <= tolerance
      }
      if isClose || iteration == mostIterations {
        var vectors = Matrix<Double>(rows: n, columns: 2)
        for i in 0..<n {
          for k in 0..<2 { vectors[i, k] = Double(block[i * width + width - 1 - k]) }
        }
        return ([1 - ritz[width - 1], 1 - ritz[width - 2]], vectors)
      }
      // All from −1 to the least of the block is damped.
      let (middle, half) = ((ritz[0] - 1) / 2, max((ritz[0] + 1) / 2, 1e-3))
      let growth = acosh((1 - middle) / half)
      let degree = min(max(Int(log(mostAmplification) / growth), 2), 60)
      let gain = 1 / half
      step(matrix, gain: gain, shift: middle, keep: 0, block, &product)
      for _ in 1..<degree {
        try control.check()
        step(matrix, gain: 2 * gain, shift: middle, keep: 1, product, &block)
        swap(&block, &product)
      }
      swap(&block, &product)
    }
  }

  /// The norm of S x − value · x for a column x.
  private static func residual(
    _ block: [Float], _ product: [Float], column: Int, value: Double
  ) -> Double {
    var sum = 0.0
    for place in stride(from: column, to: block.count, by: width) {
      let difference = Double(product[place]) - value * Double(block[place])
      sum += difference * difference
    }
    return sum.squareRoot()
  }

  /// earlier ← gain · (S − shift) current − keep · earlier.
  private static func step(
    _ matrix: SparseGraph, gain: Double, shift: Double, keep: Float, _ current: [Float],
    _ earlier: inout [Float]
  ) {
    let n = matrix.vertexCount
    unsafe earlier.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let output = unsafe base
      // Each row is written by one block: no two threads share it.
      Parallel.forEach(count: (n + blockSize - 1) / blockSize) { block in
        unsafe kernel_chebyshev_step(
          matrix.starts, matrix.ends, matrix.weights, block * blockSize,
          min((block + 1) * blockSize, n), Float(gain), Float(shift), keep, current, output)
      }
    }
  }

  /// Removes the part along a vector of length 1, then makes the columns orthonormal.
  ///
  /// By the eigenvectors of their Gram matrix, twice because of float32; columns that depend on the
  /// others become zero.
  private static func orthonormalize(_ block: inout [Float], against vector: [Double]) {
    var along = [Double](repeating: 0, count: width)
    for i in vector.indices {
      for k in 0..<width { along[k] += vector[i] * Double(block[i * width + k]) }
    }
    for i in vector.indices {
      for k in 0..<width { block[i * width + k] -= Float(vector[i] * along[k]) }
    }
    for _ in 0..<2 {
      var rotation = gram(block, block)
      let squares = diagonalize(&rotation, size: width)
      for (k, square) in squares.enumerated() {
        let scale = square > 1e-10 * squares[width - 1] ? 1 / square.squareRoot() : 0
        for j in 0..<width { rotation[k * width + j] *= scale }
      }
      rotate(&block, by: rotation)
    }
  }

  /// The products of all pairs of columns of two blocks, by fixed parts, shape [8, 8].
  private static func gram(_ left: [Float], _ right: [Float]) -> [Double] {
    let n = left.count / width
    let parts = Parallel.map(count: (n + blockSize - 1) / blockSize) { part in
      var sums = [Double](repeating: 0, count: width * width)
      for i in part * blockSize..<min((part + 1) * blockSize, n) {
        for j in 0..<width {
          let factor = Double(left[i * width + j])
          for k in 0..<width { sums[j * width + k] += factor * Double(right[i * width + k]) }
        }
      }
      return sums
    }
    return parts.reduce([Double](repeating: 0, count: width * width)) { zip($0, $1).map(+) }
  }

  /// Replaces the columns by combinations of them, whose coefficients are rows of `rotation`.
  private static func rotate(_ block: inout [Float], by rotation: [Double]) {
    var row = [Double](repeating: 0, count: width)
    for start in stride(from: 0, to: block.count, by: width) {
      for k in 0..<width {
        var sum = 0.0
        for j in 0..<width { sum += rotation[k * width + j] * Double(block[start + j]) }
        row[k] = sum
      }
      for k in 0..<width { block[start + k] = Float(row[k]) }
    }
  }
}
