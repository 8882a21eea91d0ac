import CKernels
import Foundation

/// All pairwise distances of a set of points: a symmetric float32 matrix, stored in full, by rows.
///
/// A row starts at a multiple of the stride, which is rounded up to 16 floats (and moved off
/// multiples of 512, which would put all rows into the same cache sets), so that vector loops need no
/// remainder. The diagonal and the padding hold +∞: a vertex is never the third vertex of a triangle
/// on its own edge. Memory: 4 · n · stride bytes, aligned to 2 MiB, huge pages advised.
@safe
public final class SquareDistances: @unchecked Sendable {
  // Unchecked: written only while it is made, by one owner, and read afterwards.

  /// The number of points, n.
  public let count: Int
  /// The floats from one row to the next.
  public let stride: Int
  private let allocation: UnsafeMutableRawBufferPointer
  /// Row i starts at `base + i * stride`.
  let base: UnsafeMutablePointer<Float>
  /// The enclosing radius, when it was found while the matrix was made.
  var knownEnclosingRadius: Float?
  /// What was changed in distances that are given, and the pairs among them without a distance.
  public internal(set) var adjustments = DistanceAdjustments()

  /// Storage for the distances of `count` points, to be filled; diagonal and padding are set.
  ///
  /// - Parameter count: The number of points.
  /// - Throws: `TopologyError.tooLarge`, before anything is allocated, when it cannot fit.
  convenience init(count: Int) throws {
    try self.init(unsetCount: count)
    for i in 0..<count { setBounds(ofRow: i) }
  }

  /// Storage whose diagonal and padding are to be set, too, by whoever fills it.
  init(unsetCount count: Int) throws {
    precondition(count >= 0)
    let bytes = max(Self.bytes(count: count), 1)
    try MemoryEstimate.require(
      bytes, what: "a distance matrix of \(count) points", advice: Self.advice)
    self.count = count
    stride = Self.stride(count: count)
    let alignment = bytes >= 1 << 21 ? 1 << 21 : 64
    var memory: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&memory, alignment, bytes) == 0, let memory = unsafe memory else {
      throw TopologyError.tooLarge(
        what: "a distance matrix of \(count) points", neededBytes: bytes, availableBytes: 0,
        advice: Self.advice)
    }
    unsafe allocation = UnsafeMutableRawBufferPointer(start: memory, count: bytes)
    unsafe madvise(memory, bytes, MADV_HUGEPAGE)
    unsafe base = memory.bindMemory(to: Float.self, capacity: count * stride)
  }

  deinit { unsafe free(allocation.baseAddress) }

  /// The distance of points `i` and `j`; 0 when they are one point.
  public subscript(i: Int, j: Int) -> Float {
    precondition(i >= 0 && i < count && j >= 0 && j < count)
    return i == j ? 0 : unsafe base[i * stride + j]
  }

  /// The largest distance that is finite.
  ///
  /// - Complexity: O(n²).
  public var largest: Float {
    (0..<count).reduce(0) { largest, i in
      (0..<i).reduce(largest) { self[i, $1].isFinite ? max($0, self[i, $1]) : $0 }
    }
  }

  /// Refuses distances that single precision does not tell apart, where those that they were made of are not all
  /// 0.
  ///
  /// - Parameter given: The largest of those, in double precision; asked for only where it matters.
  /// - Throws: `TopologyError.invalid`.
  /// - Complexity: O(1), but for distances that are all near 0.
  public func requireSinglePrecision(given: () throws -> Double) throws {
    let least = Float.leastNormalMagnitude
    if let knownEnclosingRadius, knownEnclosingRadius >= least { return }
    guard count > 1, largest < least else { return }
    let given = try given()
    if given > 0 { throw Self.belowSinglePrecision(given) }
  }

  /// The bytes that the distances of `count` points take; `Int.max` when that many cannot be counted.
  public static func bytes(count: Int) -> Int {
    guard count < 1 << 30 else { return .max }
    return count * stride(count: count) * MemoryLayout<Float>.stride
  }

  private static let advice =
    "set a threshold (only shorter distances are then kept), choose landmarks, or use fewer points"

  /// The stride of the rows of a matrix of `count` points.
  static func stride(count: Int) -> Int {
    let rounded = (count + 15) & ~15
    return rounded > 0 && rounded % 512 == 0 ? rounded + 16 : rounded
  }

  /// Puts infinity on the diagonal and into the padding of row `i`.
  func setBounds(ofRow i: Int) {
    let row = unsafe base + i * stride
    unsafe (row + i).pointee = .infinity
    for j in count..<stride { unsafe (row + j).pointee = .infinity }
  }

  /// Copies the distances of `rows` to `columns`, j < i, to their places above the diagonal.
  ///
  /// The ranges are equal or lie apart, `columns` first.
  func mirror(rows: Range<Int>, columns: Range<Int>) {
    func copy(_ rows: Range<Int>, _ columns: Range<Int>) {
      unsafe kernel_mirror(
        base + (rows.lowerBound * stride + columns.lowerBound),
        base + (columns.lowerBound * stride + rows.lowerBound), stride, rows.count, columns.count)
    }
    guard rows == columns else { return copy(rows, columns) }
    for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: 16) {
      let end = min(first + 16, rows.upperBound)
      copy(end..<rows.upperBound, first..<end)
      for i in first..<end {
        for j in first..<i { unsafe base[j * stride + i] = base[i * stride + j] }
      }
    }
  }
}
