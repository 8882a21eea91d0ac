import CKernels
public import LinearAlgebra

extension SquareDistances {
  /// Distances that are given as a square matrix.
  ///
  /// - Parameters:
  ///   - matrix: [n, n], symmetric, zero on the diagonal, all finite and not negative.
  ///   - workers: The threads to use.
  ///   - control: Cancels.
  /// - Throws: `TopologyError.invalid` naming row and column of what is wrong, and the values;
  ///   `.tooLarge` before anything is allocated; `CancellationError`.
  /// - Complexity: O(n²) time.
  public convenience init(
    matrix: Matrix<Float>, workers: Int, control: ComputationControl = ComputationControl()
  ) throws {
    try Self.requireSquare(matrix)
    let count = matrix.rows
    try unsafe self.init(count: count, workers: workers, control: control) {
      rows, destination, stride in
      for (place, i) in rows.enumerated() {
        for j in 0..<count {
          unsafe destination[place * stride + j] = matrix.values[i * count + j]
        }
      }
    }
  }

  /// Distances that are read row by row straight into their places: no second copy of the matrix.
  ///
  /// - Parameters:
  ///   - count: The number of points, n.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  ///   - readRows: Called on several threads, once for each of some ranges of rows: writes n floats
  ///     of row `rows.lowerBound + k` to `destination + k * stride`, and nothing else.
  /// - Throws: What `readRows` throws, and as `init(matrix:workers:control:)`.
  /// - Complexity: O(n²) time beside `readRows`; no memory but the matrix.
  public convenience init(
    count: Int, workers: Int, control: ComputationControl = ComputationControl(),
    readRows:
      @Sendable (
        _ rows: Range<Int>, _ destination: UnsafeMutablePointer<Float>, _ stride: Int
      ) throws -> Void
  ) throws {
    try self.init(unsetCount: count)
    try unsafe fill(workers: workers, control: control, readRows: readRows)
  }

  /// Reads all rows, and checks them.
  func fill(
    workers: Int, control: ComputationControl,
    readRows:
      @Sendable (
        _ rows: Range<Int>, _ destination: UnsafeMutablePointer<Float>, _ stride: Int
      ) throws -> Void
  ) throws {
    let band = 64
    let bands = WorkItems(count: (count + band - 1) / band, workers: workers, control: control)
    let radii = try bands.run(from: Float.infinity) { radius, item in
      let rows = item * band..<min((item + 1) * band, count)
      try unsafe readRows(rows, base + rows.lowerBound * stride, stride)
      for i in rows { radius = min(radius, try checkedLargest(inRow: i)) }
      control.report("distances", item + 1, bands.count)
    }
    knownEnclosingRadius = count == 0 ? 0 : radii.min()
    let blocks = (count + Self.block - 1) / Self.block
    _ = try WorkItems(count: blocks, workers: workers, control: control).run(from: ()) { _, row in
      for column in 0...row { try checkSymmetry(row, column) }
    }
  }

  /// Distances that are given as Ripser's lower triangle.
  ///
  /// - Parameters:
  ///   - lowerTriangle: d(1, 0), d(2, 0), d(2, 1), d(3, 0), …: n (n − 1) / 2 values, all finite and
  ///     not negative.
  ///   - count: The number of points, n.
  ///   - workers: The threads to use.
  ///   - control: Cancels and hears of progress.
  /// - Throws: `TopologyError.invalid` naming row and column of what is wrong; `.tooLarge`;
  ///   `CancellationError`.
  /// - Complexity: O(n²) time.
  public convenience init(
    lowerTriangle: [Float], count: Int, workers: Int,
    control: ComputationControl = ComputationControl()
  ) throws {
    precondition(lowerTriangle.count == count * (count - 1) / 2)
    try unsafe self.init(lowerRowCount: count, workers: workers, control: control) { i, row in
      let start = i * (i - 1) / 2
      for j in 0..<i { unsafe row[j] = lowerTriangle[start + j] }
    }
  }

  /// Distances below the diagonal, mirrored: `writeRow` writes the first i floats of row i.
  convenience init(
    lowerRowCount count: Int, workers: Int, control: ComputationControl,
    writeRow: @Sendable (_ i: Int, _ row: UnsafeMutablePointer<Float>) -> Void
  ) throws {
    try self.init(unsetCount: count)
    let blocks = (count + Self.block - 1) / Self.block
    let items = WorkItems(count: blocks, workers: workers, control: control)
    _ = try items.run(from: ()) { _, block in
      let rows = self.rows(ofBlock: block)
      for i in rows {
        unsafe writeRow(i, base + i * stride)
        try check(row: i, upTo: i)
        setBounds(ofRow: i)
      }
      for column in 0...block { mirror(rows: rows, columns: self.rows(ofBlock: column)) }
      control.report("distances", block + 1, blocks)
    }
  }

  private static let block = 256

  private func rows(ofBlock block: Int) -> Range<Int> {
    block * Self.block..<min((block + 1) * Self.block, count)
  }

  /// Checks a row that was just written, sets its bounds and returns its largest distance.
  private func checkedLargest(inRow i: Int) throws -> Float {
    let largest = try check(row: i, upTo: count)
    let diagonal = unsafe base[i * stride + i]
    guard diagonal == 0 else { throw Self.notZero(row: i, value: Double(diagonal)) }
    setBounds(ofRow: i)
    return largest
  }

  /// Checks the first values of a row, makes −0 a 0 and returns the largest.
  @discardableResult
  private func check(row i: Int, upTo end: Int) throws -> Float {
    let row = unsafe base + i * stride
    let bits = unsafe kernel_largest_bits(end, row)
    if bits <= Float.greatestFiniteMagnitude.bitPattern { return Float(bitPattern: bits) }
    var largest: Float = 0
    for j in 0..<end {
      let value = unsafe row[j]
      guard value >= 0, value.isFinite else {
        throw Self.invalid(row: i, column: j, value: Double(value))
      }
      if value == 0 { unsafe row[j] = 0 }
      largest = max(largest, value)
    }
    return largest
  }

  private func checkSymmetry(_ rowBlock: Int, _ columnBlock: Int) throws {
    let (rows, columns) = (rows(ofBlock: rowBlock), rows(ofBlock: columnBlock))
    let isMirror = unsafe kernel_is_mirror(
      base + (rows.lowerBound * stride + columns.lowerBound),
      base + (columns.lowerBound * stride + rows.lowerBound), stride, rows.count, columns.count)
    guard isMirror == 0 else { return }
    for i in rows {
      for j in columns where j < i && self[i, j] != self[j, i] {
        throw Self.notSymmetric(row: i, column: j, Double(self[i, j]), Double(self[j, i]))
      }
    }
  }
}
