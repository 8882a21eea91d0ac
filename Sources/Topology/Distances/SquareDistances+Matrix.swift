import CKernels
public import LinearAlgebra

extension SquareDistances {
  /// Distances that are given as a square matrix.
  ///
  /// - Parameters:
  ///   - matrix: [n, n], symmetric, zero on the diagonal and not negative, all up to rounding (see
  ///     `DistanceAdjustments`); infinity is a pair that never enters.
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
    let parts = try bands.run(from: Checked()) { checked, item in
      let rows = item * band..<min((item + 1) * band, count)
      try unsafe readRows(rows, base + rows.lowerBound * stride, stride)
      for i in rows { try checkWhole(row: i, &checked) }
      control.report("distances", item + 1, bands.count)
    }
    knownEnclosingRadius = count == 0 ? 0 : parts.map(\.radius).min()
    for part in parts { adjustments.add(part.adjustments) }
    let rounding = DistanceAdjustments.rounding * (parts.map(\.largest).max() ?? 0)
    let blocks = (count + Self.block - 1) / Self.block
    let changes = try WorkItems(count: blocks, workers: workers, control: control)
      .run(from: DistanceAdjustments()) { adjustments, row in
        for column in 0...row { try checkSymmetry(row, column, rounding, &adjustments) }
      }
    for change in changes {
      adjustments.add(change)
      if change.asymmetricPairs > 0 { knownEnclosingRadius = nil }
    }
  }

  /// What a thread finds in rows.
  private struct Checked: Sendable {
    /// The least of the rows' largest distances.
    var radius = Float.infinity
    /// The largest distance that is finite.
    var largest: Float = 0
    var adjustments = DistanceAdjustments()
  }

  /// Distances that are given as Ripser's lower triangle.
  ///
  /// - Parameters:
  ///   - lowerTriangle: d(1, 0), d(2, 0), d(2, 1), d(3, 0), …: n (n − 1) / 2 values, not negative;
  ///     infinity is a pair that never enters.
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
    let parts = try items.run(from: Checked()) { checked, block in
      let rows = self.rows(ofBlock: block)
      for i in rows {
        unsafe writeRow(i, base + i * stride)
        _ = try check(row: i, upTo: i, &checked)
        setBounds(ofRow: i)
      }
      for column in 0...block { mirror(rows: rows, columns: self.rows(ofBlock: column)) }
      control.report("distances", block + 1, blocks)
    }
    for part in parts { adjustments.add(part.adjustments) }
    adjustments.absentPairs *= 2  // as rows of a square count them
  }

  private static let block = 256

  private func rows(ofBlock block: Int) -> Range<Int> {
    block * Self.block..<min((block + 1) * Self.block, count)
  }

  /// Checks a row of a square that was just written, and sets its bounds.
  private func checkWhole(row i: Int, _ checked: inout Checked) throws {
    let diagonal = unsafe base[i * stride + i]
    unsafe base[i * stride + i] = 0
    let (farthest, largest) = try check(row: i, upTo: count, &checked)
    if diagonal != 0 {
      guard diagonal.magnitude <= DistanceAdjustments.rounding * largest else {
        throw Self.notZero(row: i, value: Double(diagonal))
      }
      checked.adjustments.addDiagonal(Double(diagonal))
    }
    setBounds(ofRow: i)
    checked.radius = min(checked.radius, farthest)
    checked.largest = max(checked.largest, largest)
  }

  /// Checks the first values of a row, makes 0 of those below it by rounding and of −0, and counts pairs without a
  /// distance.
  ///
  /// - Returns: The largest value, and the largest that is finite.
  private func check(
    row i: Int, upTo end: Int, _ checked: inout Checked
  ) throws -> (farthest: Float, largest: Float) {
    let row = unsafe base + i * stride
    let bits = unsafe kernel_largest_bits(end, row)
    if bits <= Float.greatestFiniteMagnitude.bitPattern {
      return (Float(bitPattern: bits), Float(bitPattern: bits))
    }
    var largest: Float = 0
    for j in 0..<end {
      let value = unsafe row[j]
      if value.isFinite { largest = max(largest, value) }
    }
    var farthest = largest
    for j in 0..<end {
      let value = unsafe row[j]
      if value == .infinity {
        checked.adjustments.absentPairs += 1
        farthest = .infinity
        continue
      }
      guard value >= -DistanceAdjustments.rounding * largest else {
        throw Self.invalid(row: i, column: j, value: Double(value))
      }
      if value < 0 { checked.adjustments.addNegative(Double(value)) }
      if value <= 0 { unsafe row[j] = 0 }
    }
    return (farthest, largest)
  }

  private func checkSymmetry(
    _ rowBlock: Int, _ columnBlock: Int, _ rounding: Float,
    _ adjustments: inout DistanceAdjustments
  ) throws {
    let (rows, columns) = (rows(ofBlock: rowBlock), rows(ofBlock: columnBlock))
    let isMirror = unsafe kernel_is_mirror(
      base + (rows.lowerBound * stride + columns.lowerBound),
      base + (columns.lowerBound * stride + rows.lowerBound), stride, rows.count, columns.count)
    guard isMirror == 0 else { return }
    for i in rows {
      for j in columns where j < i && self[i, j] != self[j, i] {
        let (here, there) = (self[i, j], self[j, i])
        guard (here - there).magnitude <= rounding else {
          throw Self.notSymmetric(row: i, column: j, Double(here), Double(there))
        }
        adjustments.addAsymmetry(Double(here) - Double(there))
        unsafe base[j * stride + i] = here
      }
    }
  }
}
