import CKernels
import COpenBLAS
import LinearAlgebra

/// Points less a mean, in float64, a block of rows at a time.
///
/// Blocks and the order in which their sums are combined depend on the shape alone.
struct CenteredBlocks: Sendable {
  private let points: Matrix<Float>
  let mean: [Double]

  private static let blockRows = 256

  init(of points: Matrix<Float>, mean: [Double]) {
    self.points = points
    self.mean = mean
  }

  /// Takes the mean of the points themselves; it is not finite where an element is not.
  ///
  /// The first row is subtracted before the mean is taken: equal rows give exact zeros, and rounding
  /// is in proportion to the spread of the rows, not to their distance from 0.
  init(of points: Matrix<Float>) {
    let (n, d) = (points.rows, points.columns)
    let first = CenteredBlocks(of: points, mean: points.row(0).map(Double.init))
    let sums = Parallel.map(count: first.blockCount) { block -> [Double] in
      var sum = [Double](repeating: 0, count: d)
      let rows = first.block(block)
      for i in 0..<rows.count / max(d, 1) {
        for j in 0..<d { sum[j] += rows[i * d + j] }
      }
      return sum
    }
    var mean = first.mean
    var total = [Double](repeating: 0, count: d)
    for sum in sums {
      for j in 0..<d { total[j] += sum[j] }
    }
    for j in 0..<d { mean[j] += total[j] / Double(n) }
    self.init(of: points, mean: mean)
  }

  private var blockCount: Int { (points.rows + Self.blockRows - 1) / Self.blockRows }

  private func rows(of block: Int) -> Range<Int> {
    block * Self.blockRows..<min(points.rows, (block + 1) * Self.blockRows)
  }

  /// The centred rows of a block, row after row.
  private func block(_ index: Int) -> [Double] {
    let d = points.columns
    let rows = rows(of: index)
    return unsafe [Double](unsafeUninitializedCapacity: rows.count * d) { buffer, initialized in
      unsafe points.values.withUnsafeBufferPointer { values in
        guard let input = values.baseAddress, let output = buffer.baseAddress else { return }
        for i in rows {
          unsafe kernel_move_float32(d, input + i * d, mean, output + (i - rows.lowerBound) * d)
        }
      }
      initialized = rows.count * d
    }
  }

  /// Throws `AnalysisError.invalid` for the first element that is NaN or infinite.
  func requireFinite() throws {
    let faults = Parallel.map(count: blockCount) { block -> Int? in
      let range = rows(of: block)
      let start = range.lowerBound * points.columns
      let end = range.upperBound * points.columns
      var magnitudes: UInt32 = 0
      for k in start..<end {
        magnitudes = max(magnitudes, points.values[k].bitPattern & 0x7FFF_FFFF)
      }
      if magnitudes < Float.infinity.bitPattern { return nil }
      return points.values[start..<end].firstIndex { !$0.isFinite }
    }
    guard let fault = faults.lazy.compactMap(\.self).first else { return }
    throw AnalysisError.invalid(
      "the points have \(points.values[fault]) in row \(fault / points.columns), column "
        + "\(fault % points.columns) (counted from 0); every element must be finite: remove or "
        + "repair that row")
  }

  /// The scalar products of all pairs of columns, shape [d, d], or of rows, [n, n]: the lower
  /// triangle to column-major readers.
  func products(ofColumns: Bool, control: ComputationControl) throws -> [Double] {
    let (n, d) = (points.rows, points.columns)
    if !ofColumns {
      let all = (0..<blockCount).flatMap(block)
      var products = [Double](repeating: 0, count: n * n)
      BLAS.withThreads(1) {
        unsafe cblas_dsyrk(
          CblasRowMajor, CblasUpper, CblasNoTrans, Int32(n), Int32(d), 1, all, Int32(d), 0,
          &products, Int32(n))
      }
      return products
    }
    // A stripe sums its blocks into a matrix of its own; few stripes keep the memory small.
    let stripes = min(8, blockCount)
    let sums = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: stripes) { stripe in
        var sum = [Double](repeating: 0, count: d * d)
        for index in stripe * blockCount / stripes..<(stripe + 1) * blockCount / stripes {
          try control.check()
          let rows = block(index)
          unsafe cblas_dsyrk(
            CblasRowMajor, CblasUpper, CblasTrans, Int32(d), Int32(rows.count / d), 1, rows,
            Int32(d), 1, &sum, Int32(d))
        }
        return sum
      }
    }
    var total = sums[0]
    for sum in sums.dropFirst() {
      for k in total.indices { total[k] += sum[k] }
    }
    return total
  }

  /// Sums of the centred rows with the given weights, [count, n] · [n, d].
  func combinations(of weights: Matrix<Double>) -> Matrix<Double> {
    let rows = Matrix(
      rows: points.rows, columns: points.columns, values: (0..<blockCount).flatMap(block))
    return BLAS.withThreads(1) { weights.times(rows) }
  }

  /// The scalar products of every centred row with every direction, [n, count].
  func projections(on directions: Matrix<Double>) -> [Float] {
    BLAS.withThreads(1) {
      Parallel.map(count: blockCount) { index in
        let rows = Matrix(
          rows: rows(of: index).count, columns: points.columns, values: block(index))
        return rows.timesTransposed(directions).values.map(Float.init)
      }
    }.flatMap(\.self)
  }
}
