import CKernels
import LinearAlgebra
import Synchronization

/// The candidates of the rows of a block: the points of least score among those offered so far.
///
/// Tiles offer to a block from several threads, in any order. Which candidates are held at the end may
/// depend on the order among equal scores; the neighbours, which are proved, do not.
final class CandidateBlock: Sendable {
  /// The rows of the block.
  let rows: Range<Int>
  private let kept: Int
  private let capacity: Int
  private let held: Mutex<Held>

  private struct Held: ~Copyable {
    var keys: [UInt64]  // [rows, capacity]
    var states: [kernel_candidates]
  }

  /// A block whose rows keep `kept` candidates each.
  init(rows: Range<Int>, kept: Int) {
    self.rows = rows
    self.kept = kept
    // Room for more, so that they are sorted out now and then only.
    capacity = kept + max(kept / 2, 104)
    held = Mutex(
      Held(
        keys: [UInt64](
          repeating: 0, count: ElementCount.checked(rows.count, capacity, of: UInt64.self)),
        states: [kernel_candidates](
          repeating: kernel_candidates(held: 0, worst: .infinity), count: rows.count)))
  }

  /// Offers the points of a tile to every row.
  ///
  /// - Parameters:
  ///   - products: The rows' products with the points, shape [rows, points].
  ///   - stride: The numbers from one row of products to the next.
  ///   - points: Which points, by their numbers.
  ///   - scores: The points' factors and offsets.
  func offer(
    _ products: SharedNumbers<Float>, stride: Int, of points: Range<Int>, scores: ScoredRows
  ) {
    precondition(stride >= points.count && products.count >= rows.count * stride)
    precondition(points.upperBound <= scores.factors.count)
    held.withLock { held in
      for i in 0..<rows.count {
        let start = i * capacity
        unsafe held.keys.withUnsafeMutableBufferPointer { keys in
          guard let keys = keys.baseAddress else { return }
          unsafe kernel_offer(
            points.count, products.start + i * stride,
            scores.factors.start + points.lowerBound, scores.offsets.start + points.lowerBound,
            UInt32(points.lowerBound), kept, capacity, keys + start, &held.states[i])
        }
      }
    }
  }

  /// Ends the search: hands every row its candidates.
  ///
  /// - Parameter body: Gets the row's number, its candidates, and the least score of a point that is
  ///   none of them (infinite when all points are candidates).
  func settle(_ body: (_ row: Int, _ candidates: [Int], _ worst: Float) -> Void) {
    held.withLock { held in
      for i in 0..<rows.count {
        unsafe held.keys.withUnsafeMutableBufferPointer { keys in
          guard let keys = keys.baseAddress else { return }
          unsafe kernel_settle(kept, keys + i * capacity, &held.states[i])
        }
        let state = held.states[i]
        let candidates = (0..<Int(state.held)).map { place in
          Int(held.keys[i * capacity + place] & 0xFFFF_FFFF)
        }
        body(rows.lowerBound + i, candidates, state.worst)
      }
      held.keys = []
    }
  }
}
