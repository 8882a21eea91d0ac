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
    return unsafe [Double](
      unsafeUninitializedCapacity: ElementCount.checked(rows.count, d, of: Double.self)
    ) { buffer, initialized in
      unsafe points.values.withUnsafeBufferPointer { values in
        guard let input = values.baseAddress, let output = buffer.baseAddress else { return }
        for i in rows {
          unsafe kernel_move_float32(d, input + i * d, mean, output + (i - rows.lowerBound) * d)
        }
      }
      initialized = rows.count * d
    }
  }

  /// The scalar products of all pairs of columns, shape [d, d], or of rows, [n, n]: the lower
  /// triangle to column-major readers.
  func products(ofColumns: Bool, control: ComputationControl) throws -> [Double] {
    let (n, d) = (points.rows, points.columns)
    if !ofColumns {
      let all = allRows().values
      var products = [Double](repeating: 0, count: ElementCount.checked(n, n, of: Double.self))
      BLAS.withThreads(1) {
        unsafe cblas_dsyrk(
          CblasRowMajor, CblasUpper, CblasNoTrans, Int32(n), Int32(d), 1, all, Int32(d), 0,
          &products, Int32(n))
      }
      return products
    }
    return try sumOverBlocks(size: d * d, control: control) { sum, index in
      let rows = block(index)
      unsafe cblas_dsyrk(
        CblasRowMajor, CblasUpper, CblasTrans, Int32(d), Int32(rows.count / d), 1, rows, Int32(d),
        1,
        &sum, Int32(d))
    }
  }

  /// The scalar products of all pairs of a column here and one there, shape [p, q]; both have as many
  /// rows.
  func products(
    with other: CenteredBlocks, control: ComputationControl = ComputationControl()
  ) throws -> Matrix<Double> {
    let (p, q) = (points.columns, other.points.columns)
    precondition(points.rows == other.points.rows)
    let sum = try sumOverBlocks(size: p * q, control: control) { sum, index in
      let (left, right) = (block(index), other.block(index))
      unsafe cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, Int32(p), Int32(q), Int32(rows(of: index).count),
        1,
        left, Int32(p), right, Int32(q), 1, &sum, Int32(q))
    }
    return Matrix(rows: p, columns: q, values: sum)
  }

  /// The sum of what every block adds.
  private func sumOverBlocks(
    size: Int, control: ComputationControl, _ add: @Sendable (inout [Double], Int) -> Void
  ) throws -> [Double] {
    // A stripe sums its blocks into a matrix of its own; few stripes keep the memory small.
    let stripes = min(8, blockCount)
    let sums = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: stripes) { stripe in
        var sum = [Double](repeating: 0, count: ElementCount.checked(size, of: Double.self))
        for index in stripe * blockCount / stripes..<(stripe + 1) * blockCount / stripes {
          try control.check()
          add(&sum, index)
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

  /// The squared length of every centred row.
  func rowSquares() -> [Double] {
    let d = points.columns
    return Parallel.map(count: blockCount) { index in
      let values = block(index)
      return (0..<rows(of: index).count).map { i in
        values[i * d..<(i + 1) * d].reduce(0) { $0 + $1 * $1 }
      }
    }.flatMap(\.self)
  }

  /// All centred rows, shape [n, d].
  func allRows() -> Matrix<Double> {
    Matrix(
      rows: points.rows, columns: points.columns, values: (0..<blockCount).flatMap(block))
  }

  /// All centred rows times a number, in float32, shape [n, d].
  func rows(scaledBy scale: Double) -> Matrix<Float> {
    Matrix(
      rows: points.rows, columns: points.columns,
      values: Parallel.map(count: blockCount) { index in
        block(index).map { Float($0 * scale) }
      }.flatMap(\.self))
  }

  /// Sums of the centred rows with the given weights, [count, n] · [n, d].
  func combinations(of weights: Matrix<Double>) -> Matrix<Double> {
    BLAS.withThreads(1) { weights.times(allRows()) }
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
