import COpenBLAS
import LinearAlgebra

/// All pairs i < j of unit rows, by tiles of products on all workers.
struct CosineTiles {
  private static let side = 512

  private let rows: Matrix<Float>

  /// Tiles over the rows of `points`, brought to unit length.
  init(_ points: Matrix<Float>) throws {
    guard points.rows >= 2 else {
      throw AnalysisError.invalid("pairs need 2 rows or more; there are \(points.rows)")
    }
    rows = try points.unitRows()
  }

  /// The number of pairs.
  var pairCount: Int { rows.rows * (rows.rows - 1) / 2 }

  /// The values of `body` for every tile, in an order that does not depend on the workers.
  ///
  /// `body` gets cosines of pairs i < j in float32, a slice of a row at a time, and adds them to its
  /// value. Rounding: about 1e-7.
  func map<Value: Sendable>(
    initial: Value, control: ComputationControl,
    _ body: @Sendable (inout Value, ArraySlice<Float>) -> Void
  ) throws -> [Value] {
    let count = (rows.rows + Self.side - 1) / Self.side
    let tiles = (0..<count).flatMap { i in (i..<count).map { j in (i, j) } }
    let (n, d) = (rows.rows, rows.columns)
    return try BLAS.withThreads(1) {
      try Parallel.tryMap(count: tiles.count) { index in
        try control.check()
        let (first, second) = (tiles[index].0 * Self.side, tiles[index].1 * Self.side)
        let (height, width) = (min(Self.side, n - first), min(Self.side, n - second))
        var products = [Float](repeating: 0, count: height * width)
        unsafe rows.values.withUnsafeBufferPointer { values in
          guard let start = values.baseAddress else { return }
          unsafe cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(height), Int32(width), Int32(d), 1,
            start + first * d, Int32(d), start + second * d, Int32(d), 0, &products, Int32(width))
        }
        var value = initial
        for i in 0..<height {
          // On the diagonal, what lies right of it.
          let from = first == second ? i + 1 : 0
          body(&value, products[i * width + from..<(i + 1) * width])
        }
        return value
      }
    }
  }
}
