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

  /// Storage for the distances of `count` points, to be filled; diagonal and padding are set.
  ///
  /// - Parameter count: The number of points.
  /// - Throws: `TopologyError.tooLarge` when the system gives no memory.
  init(count: Int) throws {
    precondition(count >= 0)
    self.count = count
    stride = Self.stride(count: count)
    let bytes = max(count * stride * MemoryLayout<Float>.stride, 1)
    let alignment = bytes >= 1 << 21 ? 1 << 21 : 64
    var memory: UnsafeMutableRawPointer?
    guard unsafe posix_memalign(&memory, alignment, bytes) == 0, let memory = unsafe memory else {
      throw TopologyError.tooLarge(
        what: "a distance matrix of \(count) points", neededBytes: bytes, availableBytes: 0,
        advice: "use fewer points, landmarks or a threshold")
    }
    unsafe allocation = UnsafeMutableRawBufferPointer(start: memory, count: bytes)
    unsafe madvise(memory, bytes, MADV_HUGEPAGE)
    unsafe base = memory.bindMemory(to: Float.self, capacity: count * stride)
    for i in 0..<count {
      let row = unsafe base + i * stride
      unsafe (row + i).pointee = .infinity
      for j in count..<stride { unsafe (row + j).pointee = .infinity }
    }
  }

  deinit { unsafe free(allocation.baseAddress) }

  /// The distance of points `i` and `j`; 0 when they are one point.
  public subscript(i: Int, j: Int) -> Float {
    precondition(i >= 0 && i < count && j >= 0 && j < count)
    return i == j ? 0 : unsafe base[i * stride + j]
  }

  /// The stride of the rows of a matrix of `count` points.
  static func stride(count: Int) -> Int {
    let rounded = (count + 15) & ~15
    return rounded > 0 && rounded % 512 == 0 ? rounded + 16 : rounded
  }
}
