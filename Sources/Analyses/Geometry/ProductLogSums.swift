import COpenBLAS
import Foundation
package import LinearAlgebra

/// ln Σ exp over the rows and over the columns of a matrix of scaled products, which is never held as a whole.
///
/// For X [m, d], Y [n, d] and a scale s: rows_i = ln Σ_j exp(s · x_i·y_j), columns_j = ln Σ_i exp(s · x_i·y_j).
/// Products are float32, tile by tile of 512 × 512; a tile's numbers are raised from its own largest where that loses
/// nothing, else from the largest of each row and of each column, so that no sum underflows whatever the scale. Sums of
/// tiles join in float64 in the order of the tiles: the same bits for any number of threads.
package struct ProductLogSums: Sendable, Equatable {
  /// Of every row of X.
  package let rows: [Double]
  /// Of every row of Y.
  package let columns: [Double]

  /// The rows and columns of a tile.
  private static let side = 512
  /// How far the largest of a row or column may lie below that of its tile for the two to share one exponential:
  /// e^−40 and what it is compared with down to e^−47 of it are normal float32.
  private static let sharedRange: Float = 40

  /// Computes the sums.
  ///
  /// - Parameters:
  ///   - x: [m, d], finite.
  ///   - y: [n, d], finite.
  ///   - scale: What products are multiplied by.
  ///   - control: Asked between tiles whether to stop.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(m · n · d) on all workers; memory O((m + n) · m / 512) numbers.
  package init(
    _ x: Matrix<Float>, _ y: Matrix<Float>, scale: Float, control: ComputationControl
  ) throws {
    precondition(x.columns == y.columns && scale.isFinite)
    let stripes = (x.rows + Self.side - 1) / Self.side
    let parts = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: stripes) { stripe in
        let first = stripe * Self.side
        return try Stripe(
          x, first..<min(x.rows, first + Self.side), y, scale: scale, control: control)
      }
    }
    rows = parts.flatMap { $0.rows.map(\.logarithm) }
    var sums = [RunningSum](repeating: RunningSum(), count: y.rows)
    for part in parts {
      for column in sums.indices {
        sums[column].add(part.largest[column], Double(part.sums[column]))
      }
    }
    columns = sums.map(\.logarithm)
  }

  /// A sum of exponentials as sum · exp(largest).
  private struct RunningSum {
    var largest = -Double.infinity
    var sum = 0.0

    var logarithm: Double { largest + log(sum) }

    mutating func add(_ other: Float, _ amount: Double) {
      let other = Double(other)
      if other > largest {
        sum = sum * exp(largest - other) + amount
        largest = other
      } else {
        sum += amount * exp(other - largest)
      }
    }
  }

  /// Some rows of the products: the sums of each, and what they give to every column.
  private struct Stripe {
    var rows: [RunningSum]
    var largest: [Float] = []
    var sums: [Float] = []

    init(
      _ x: Matrix<Float>, _ range: Range<Int>, _ y: Matrix<Float>, scale: Float,
      control: ComputationControl
    ) throws {
      rows = [RunningSum](repeating: RunningSum(), count: range.count)
      largest.reserveCapacity(y.rows)
      sums.reserveCapacity(y.rows)
      var tile = Tile(rows: range.count, side: side)
      for first in stride(from: 0, to: y.rows, by: side) {
        try control.check()
        let columns = first..<min(y.rows, first + side)
        tile.fill(x, range, y, columns, scale: scale)
        tile.sum()
        for row in 0..<range.count {
          rows[row].add(tile.rowLargest[row], Double(tile.rowSums[row]))
        }
        largest += tile.columnLargest[..<columns.count]
        sums += tile.columnSums[..<columns.count]
      }
    }
  }

  private typealias Lanes = SIMD8<Float>

  /// Scaled products, [rows, width], width a multiple of the lanes; what pads them is too small to count.
  private struct Tile {
    let rows: Int
    var width = 0
    var products: [Float]
    var rowLargest: [Float]
    var rowSums: [Float]
    var columnLargest: [Float]
    var columnSums: [Float]

    private static let padding: Float = -1e30

    init(rows: Int, side: Int) {
      self.rows = rows
      products = [Float](repeating: 0, count: rows * side)
      rowLargest = [Float](repeating: 0, count: rows)
      rowSums = rowLargest
      columnLargest = [Float](repeating: 0, count: side)
      columnSums = columnLargest
    }

    mutating func fill(
      _ x: Matrix<Float>, _ range: Range<Int>, _ y: Matrix<Float>, _ columns: Range<Int>,
      scale: Float
    ) {
      let d = x.columns
      let lanes = Lanes.scalarCount
      width = (columns.count + lanes - 1) / lanes * lanes
      unsafe x.values.withUnsafeBufferPointer { left in
        unsafe y.values.withUnsafeBufferPointer { right in
          guard let a = left.baseAddress, let b = right.baseAddress else { return }
          unsafe cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(columns.count), Int32(d),
            scale, a + range.lowerBound * d, Int32(d), b + columns.lowerBound * d, Int32(d), 0,
            &products, Int32(width))
        }
      }
      guard width > columns.count else { return }
      for row in 0..<rows {
        for column in columns.count..<width { products[row * width + column] = Self.padding }
      }
    }

    /// The largest and the sum of exponentials of every row and column.
    mutating func sum() {
      Self.findLargest(products, rows: rows, width: width, &rowLargest, &columnLargest)
      let top = rowLargest.reduce(-.infinity, max)
      let least = min(
        rowLargest.reduce(.infinity, min),
        columnLargest[..<width].reduce(.infinity) { $1 == Self.padding ? $0 : min($0, $1) })
      if top - least <= sharedRange {
        for row in rowLargest.indices { rowLargest[row] = top }
        for column in 0..<width { columnLargest[column] = top }
        Self.addShared(products, rows: rows, width: width, top, &rowSums, &columnSums)
      } else {
        Self.addEach(
          products, rows: rows, width: width, rowLargest, columnLargest, &rowSums, &columnSums)
      }
    }

    private static func findLargest(
      _ products: [Float], rows: Int, width: Int, _ rowLargest: inout [Float],
      _ columnLargest: inout [Float]
    ) {
      unsafe products.withUnsafeBytes { products in
        unsafe columnLargest.withUnsafeMutableBytes { columns in
          for row in 0..<rows {
            var most = Lanes(repeating: -.infinity)
            for column in stride(from: 0, to: width, by: Lanes.scalarCount) {
              let values = unsafe products.loadUnaligned(
                fromByteOffset: 4 * (row * width + column), as: Lanes.self)
              most.replace(with: values, where: values .> most)
              var earlier =
                row == 0
                ? values : unsafe columns.loadUnaligned(fromByteOffset: 4 * column, as: Lanes.self)
              earlier.replace(with: values, where: values .> earlier)
              unsafe columns.storeBytes(of: earlier, toByteOffset: 4 * column, as: Lanes.self)
            }
            rowLargest[row] = most.max()
          }
        }
      }
    }

    /// All raised from one number.
    private static func addShared(
      _ products: [Float], rows: Int, width: Int, _ top: Float, _ rowSums: inout [Float],
      _ columnSums: inout [Float]
    ) {
      for column in 0..<width { columnSums[column] = 0 }
      unsafe products.withUnsafeBytes { products in
        unsafe columnSums.withUnsafeMutableBytes { columns in
          for row in 0..<rows {
            var sum = Lanes.zero
            for column in stride(from: 0, to: width, by: Lanes.scalarCount) {
              let values = unsafe products.loadUnaligned(
                fromByteOffset: 4 * (row * width + column), as: Lanes.self)
              let powers = exponential(values - top)
              sum += powers
              let earlier = unsafe columns.loadUnaligned(
                fromByteOffset: 4 * column, as: Lanes.self)
              unsafe columns.storeBytes(
                of: earlier + powers, toByteOffset: 4 * column, as: Lanes.self)
            }
            rowSums[row] = sum.sum()
          }
        }
      }
    }

    /// Each raised from the largest of its row, and again from that of its column.
    private static func addEach(
      _ products: [Float], rows: Int, width: Int, _ rowLargest: [Float], _ columnLargest: [Float],
      _ rowSums: inout [Float], _ columnSums: inout [Float]
    ) {
      for column in 0..<width { columnSums[column] = 0 }
      unsafe products.withUnsafeBytes { products in
        unsafe columnLargest.withUnsafeBytes { largest in
          unsafe columnSums.withUnsafeMutableBytes { columns in
            for row in 0..<rows {
              var sum = Lanes.zero
              for column in stride(from: 0, to: width, by: Lanes.scalarCount) {
                let values = unsafe products.loadUnaligned(
                  fromByteOffset: 4 * (row * width + column), as: Lanes.self)
                sum += exponential(values - rowLargest[row])
                let most = unsafe largest.loadUnaligned(
                  fromByteOffset: 4 * column, as: Lanes.self)
                let earlier = unsafe columns.loadUnaligned(
                  fromByteOffset: 4 * column, as: Lanes.self)
                unsafe columns.storeBytes(
                  of: earlier + exponential(values - most), toByteOffset: 4 * column,
                  as: Lanes.self)
              }
              rowSums[row] = sum.sum()
            }
          }
        }
      }
    }
  }

  /// e^x for x ≤ 0 within 2 units in the last place; what is below e^−87 is taken for that.
  ///
  /// x = n ln 2 + r with |r| ≤ ln 2 / 2; e^r by its Taylor series to r^7, whose rest is below 6e-9.
  @inline(__always)
  private static func exponential(_ exponent: Lanes) -> Lanes {
    let lowest = Lanes(repeating: -87)
    var x = exponent
    x.replace(with: lowest, where: x .< lowest)
    // Adding 1.5 · 2^23 rounds to the nearest integer and leaves it in the lower bits.
    let shifted = x * 1.44269504 + 12_582_912
    let n = shifted - 12_582_912
    let r = (x - n * 0.693145751953125) - n * 1.42860682030941723e-6  // ln 2 in two parts
    var series = r * (1.0 / 5040) + Lanes(repeating: 1.0 / 720)
    series = series * r + 1.0 / 120
    series = series * r + 1.0 / 24
    series = series * r + 1.0 / 6
    series = series * r + 0.5
    series = series * r + 1
    series = series * r + 1
    let bits = unsafe unsafeBitCast(shifted, to: SIMD8<Int32>.self)
    let power = (bits &<< 23) &+ (127 << 23)
    let scale = unsafe unsafeBitCast(power, to: Lanes.self)
    return series * scale
  }
}
