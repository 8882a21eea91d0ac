import CKernels
import COpenBLAS
import Foundation
import LinearAlgebra

extension DistanceTiles {
  /// One thread's memory for tiles.
  struct Scratch: Sendable {
    /// A tile's sums, [rows, side].
    fileprivate(set) var sums: [Double] = []
    fileprivate var rows: [Double] = []
    fileprivate var columns: [Double] = []
    fileprivate var panel: [Double] = []
    fileprivate var first: [Double] = []
    fileprivate var second: [Double] = []
    /// The block whose points, with all coordinates, `rows` holds: kept for the next tile.
    fileprivate var loadedBlock: Int?
  }

  /// Computes the sums of a tile: squares, absolutes or maxima of differences of coordinates.
  ///
  /// In a tile on the diagonal only those of pairs i > j are meant.
  func computeSums(rows rowBlock: Int, columns columnBlock: Int, _ scratch: inout Scratch) {
    let (rows, columns) = (points(ofBlock: rowBlock), points(ofBlock: columnBlock))
    if scratch.sums.isEmpty { scratch.sums = [Double](repeating: 0, count: Self.side * Self.side) }
    if !usesProducts {
      for index in scratch.sums.indices { scratch.sums[index] = 0 }
    }
    var start = 0
    while start < cloud.dimension {
      let coordinates = start..<min(start + Self.depth, cloud.dimension)
      let isWhole = coordinates.count == cloud.dimension
      if !isWhole || scratch.loadedBlock != rowBlock {
        load(rows, coordinates, into: &scratch.rows)
        scratch.loadedBlock = isWhole ? rowBlock : nil
      }
      load(columns, coordinates, into: &scratch.columns)
      if usesProducts {
        unsafe cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(columns.count),
          Int32(coordinates.count), 1, scratch.rows, Int32(coordinates.count), scratch.columns,
          Int32(coordinates.count), start == 0 ? 0 : 1, &scratch.sums, Int32(Self.side))
      } else {
        addDirect(rows: rows.count, columns: columns.count, depth: coordinates.count, &scratch)
      }
      start = coordinates.upperBound
    }
    if usesProducts { squares(rows, columns, &scratch) }
  }

  /// The coordinates of some points, moved by the centre when there is one.
  private func load(_ points: Range<Int>, _ coordinates: Range<Int>, into block: inout [Double]) {
    let size = Self.side * min(cloud.dimension, Self.depth)
    if block.count < size { block = [Double](repeating: 0, count: size) }
    for (place, i) in points.enumerated() {
      cloud.load(i, coordinates, from: centre, into: &block, at: place * coordinates.count)
    }
  }

  private func addDirect(rows: Int, columns: Int, depth: Int, _ scratch: inout Scratch) {
    let width = KERNEL_PANEL
    if scratch.panel.count < width * depth {
      scratch.panel = [Double](repeating: 0, count: width * depth)
    }
    for left in Swift.stride(from: 0, to: columns, by: width) {
      for place in 0..<min(width, columns - left) {
        for k in 0..<depth {
          scratch.panel[k * width + place] = scratch.columns[(left + place) * depth + k]
        }
      }
      unsafe scratch.sums.withUnsafeMutableBufferPointer { sums in
        guard let start = sums.baseAddress else { return }
        unsafe kernel_direct_sums(
          sumKind, scratch.rows, rows, depth, scratch.panel, start + left, Self.side)
      }
    }
  }

  /// The sum of one pair of points, given by all their coordinates, without products.
  func sum(_ x: [Double], _ y: [Double]) -> Double {
    switch kernel.sum {
    case .squares where x.count > Self.directDimension:
      return unsafe kernel_squared_difference(x, y, x.count)
    case .squares:
      var sum = 0.0
      for k in x.indices { sum += (x[k] - y[k]) * (x[k] - y[k]) }
      return sum
    case .absolutes:
      var sum = 0.0
      for k in x.indices { sum += abs(x[k] - y[k]) }
      return sum
    case .largest:
      var largest = 0.0
      for k in x.indices { largest = max(largest, abs(x[k] - y[k])) }
      return largest
    }
  }

  /// How differences of coordinates are summed.
  var sumKind: kernel_sum {
    switch kernel.sum {
    case .squares: KERNEL_SQUARES
    case .absolutes: KERNEL_ABSOLUTES
    case .largest: KERNEL_LARGEST
    }
  }

  /// Squared distances from scalar products; those that lost digits are summed from differences.
  private func squares(_ rows: Range<Int>, _ columns: Range<Int>, _ scratch: inout Scratch) {
    for (place, i) in rows.enumerated() {
      let width = min(columns.count, max(i - columns.lowerBound, 0))
      let start = place * Self.side
      let cancelled = unsafe scratch.sums.withUnsafeMutableBufferPointer { sums in
        unsafe norms.withUnsafeBufferPointer { norms in
          guard let sums = sums.baseAddress, let norms = norms.baseAddress else { return 0 }
          return unsafe kernel_squares_from_products(
            width, norms[i], norms + columns.lowerBound, Self.share, sums + start)
        }
      }
      guard cancelled > 0 else { continue }
      scratch.first = cloud.point(i)
      for j in columns.lowerBound..<columns.lowerBound + width {
        let place = start + j - columns.lowerBound
        if scratch.sums[place] > Self.share * (norms[i] + norms[j]) { continue }
        scratch.second = cloud.point(j)
        scratch.sums[place] = unsafe kernel_squared_difference(
          scratch.first, scratch.second, cloud.dimension)
      }
    }
  }

  /// The distance of points `i` and `j`, from the sum of a tile.
  func distance(_ sum: Double, _ i: Int, _ j: Int) -> Double {
    switch kernel.finish {
    case .root: sum.squareRoot()
    case .half: sum / 2
    case .angle: angle(sum, i, j)
    case .itself: sum
    }
  }

  /// The angle of two unit vectors from the square of their difference, or from that of their sum
  /// when they are more than a right angle apart (Kahan 2006, "How futile are mindless assessments
  /// of roundoff in floating-point computation?", §12): accurate everywhere.
  private func angle(_ square: Double, _ i: Int, _ j: Int) -> Double {
    if square <= 2 { return 2 * asin(square.squareRoot() / 2) }
    var rest = 4 - square
    if rest < 0x1p-8 {
      rest = zip(cloud.point(i), cloud.point(j)).reduce(0) { sum, pair in
        sum + (pair.0 + pair.1) * (pair.0 + pair.1)
      }
    }
    return .pi - 2 * asin(rest.squareRoot() / 2)
  }

  /// Turns the sums of a row of a tile into angles.
  func angles(_ i: Int, against columns: Range<Int>, place: Int, _ scratch: inout Scratch) {
    let start = place * Self.side
    for (offset, j) in columns.enumerated() {
      scratch.sums[start + offset] = angle(scratch.sums[start + offset], i, j)
    }
  }
}
