import CKernels
import Foundation
import LinearAlgebra

/// The pairs of points of a cloud, cut into tiles of 256 × 256 pairs, and their distances.
///
/// Every tile is computed the same way whoever asks for it, so that a distance has the same bits in a
/// square matrix and in a sparse graph. With up to 16 coordinates, and where they are no
/// squares, differences of coordinates are summed. With more, squared distances come from scalar products,
/// ‖x‖² + ‖y‖² − 2 x·y, of points moved near the origin; pairs whose square is below a thousandth of the
/// two squared norms, where the subtraction cancels, are summed from differences: relative errors stay
/// below 1e-11, and identical points are at exactly 0.
struct DistanceTiles: Sendable {
  static let side = 256
  /// As many coordinates are taken at a time.
  static let depth = 1024
  /// A square below this share of the two squared norms is summed from differences.
  static let share = 0x1p-10
  /// Points of so few coordinates are compared directly.
  static let directDimension = 16

  let cloud: PointCloud
  let kernel: Metric.Kernel
  let usesProducts: Bool
  /// Near the middle of the cloud.
  private(set) var centre: [Double] = []
  /// Squared distances from the centre.
  private(set) var norms: [Double] = []

  /// Prepares the tiles of `cloud`.
  ///
  /// - Parameters:
  ///   - cloud: The points.
  ///   - kernel: How the distance of two of them is computed.
  ///   - isExact: Never to use products: errors are then those of one sum.
  ///   - workers: The threads to use.
  ///   - control: Cancels.
  /// - Throws: `CancellationError`.
  init(
    _ cloud: PointCloud, _ kernel: Metric.Kernel, isExact: Bool = false, workers: Int,
    control: ComputationControl
  ) throws {
    self.cloud = cloud
    self.kernel = kernel
    usesProducts = kernel.sum == .squares && cloud.dimension > Self.directDimension && !isExact
    guard usesProducts, cloud.count > 0 else { return }
    let centre = Self.centre(
      try cloud.checkedChunks(workers: workers, control: control, Extent.init(cloud:rows:)))
    norms = try cloud.checkedChunks(workers: workers, control: control) { cloud, rows in
      var row = [Double](repeating: 0, count: cloud.dimension)
      return rows.map { i in
        cloud.load(i, 0..<cloud.dimension, into: &row, at: 0)
        return unsafe kernel_squared_difference(row, centre, row.count)
      }
    }.flatMap(\.self)
    self.centre = centre
  }

  /// The least, largest and mean coordinates of some points.
  private struct Extent: Sendable {
    var low: [Double]
    var high: [Double]
    var mean: [Double]

    init(cloud: PointCloud, rows: Range<Int>) {
      low = cloud.point(rows.lowerBound)
      high = low
      mean = [Double](repeating: 0, count: low.count)
      var row = low
      let weight = 1 / Double(cloud.count)
      for i in rows {
        cloud.load(i, 0..<row.count, into: &row, at: 0)
        for k in 0..<row.count {
          low[k] = row[k] < low[k] ? row[k] : low[k]
          high[k] = row[k] > high[k] ? row[k] : high[k]
          mean[k] += row[k] * weight
        }
      }
    }
  }

  /// The mean of each coordinate, rounded to a power of two well below the coordinate's range: then
  /// small whole numbers stay exact and their equal distances equal.
  private static func centre(_ extents: [Extent]) -> [Double] {
    extents[0].low.indices.map { k in
      let low = extents.reduce(.infinity) { min($0, $1.low[k]) }
      let high = extents.reduce(-.infinity) { max($0, $1.high[k]) }
      let range = high - low
      guard range > 0, range.isFinite else { return low }
      let unit = Double(sign: .plus, exponent: max(range.exponent - 4, -1000), significand: 1)
      let mean = (extents.reduce(0) { $0 + $1.mean[k] } / unit).rounded() * unit
      return mean.isFinite ? min(max(mean, low), high) : low
    }
  }

  /// The number of blocks of points.
  var blockCount: Int { (cloud.count + Self.side - 1) / Self.side }

  /// The number of tiles that hold all pairs.
  var count: Int { blockCount * (blockCount + 1) / 2 }

  /// The points of block `block`.
  func points(ofBlock block: Int) -> Range<Int> {
    block * Self.side..<min((block + 1) * Self.side, cloud.count)
  }

  /// The blocks of points that meet in tile `tile`: rows and columns, `columns` ≤ `rows`.
  func blocks(ofTile tile: Int) -> (rows: Int, columns: Int) {
    var rows = Int(((8 * Double(tile) + 1).squareRoot() - 1) / 2)
    while rows * (rows + 1) / 2 > tile { rows -= 1 }
    while (rows + 1) * (rows + 2) / 2 <= tile { rows += 1 }
    return (rows, tile - rows * (rows + 1) / 2)
  }

  /// The largest sum of a pair whose distance, rounded to float32, can be at most `threshold`; sums
  /// a little beyond it are too.
  func sumLimit(threshold: Float) -> Double {
    // Half a unit in the last place, and the rounding of what follows.
    let farthest = Double(threshold.nextUp) * (1 + 1e-12)
    switch kernel.finish {
    case .root: return farthest * farthest
    case .half: return 2 * farthest
    case .angle:
      guard farthest < .pi else { return .infinity }
      let chord = 2 * sin(farthest / 2)
      return chord * chord * (1 + 1e-9)
    case .itself: return farthest
    }
  }

  /// How a sum, or the angle that was made of it, becomes a distance.
  var finish: kernel_finish {
    switch kernel.finish {
    case .root: KERNEL_ROOT
    case .half: KERNEL_HALF
    case .angle, .itself: KERNEL_ITSELF
    }
  }
}
