import Foundation

/// A set of edges as a symmetric matrix of bits, n² / 8 bytes.
///
/// Pages that were never written take no memory, and only rows that were written are cleared.
@safe
final class SymmetricBits {
  private let words: Int
  private let base: UnsafeMutablePointer<UInt64>
  private let isTouched: UnsafeMutablePointer<Bool>
  private var touched: [Int] = []

  /// An empty set of edges of the vertices of a distance matrix, whose rows its own rows match.
  init(matching distances: SquareDistances) throws {
    words = max((distances.stride + 63) / 64, 1)
    let count = max(distances.count, 1)
    guard let bits = unsafe calloc(count * words, 8), let flags = unsafe calloc(count, 1) else {
      throw TopologyError.tooLarge(
        what: "a set of edges of \(count) points", neededBytes: count * words * 8,
        availableBytes: 0, advice: "use fewer points or landmarks")
    }
    unsafe base = bits.bindMemory(to: UInt64.self, capacity: count * words)
    unsafe isTouched = flags.bindMemory(to: Bool.self, capacity: count)
  }

  deinit {
    unsafe free(base)
    unsafe free(isTouched)
  }

  /// The bits of the edges at vertex `i`.
  @inline(__always)
  @unsafe
  func row(_ i: Int) -> UnsafeMutablePointer<UInt64> { unsafe base + i &* words }

  @inline(__always)
  private func touch(_ i: Int) {
    if unsafe isTouched[i] { return }
    unsafe isTouched[i] = true
    touched.append(i)
  }

  /// Adds an edge.
  @inline(__always)
  func insert(_ i: Int, _ j: Int) {
    touch(i)
    touch(j)
    unsafe row(i)[j &>> 6] |= 1 &<< UInt64(j & 63)
    unsafe row(j)[i &>> 6] |= 1 &<< UInt64(i & 63)
  }

  /// Adds an edge, or removes it where it is in the set; whether it is in the set now.
  @inline(__always)
  func flip(_ i: Int, _ j: Int) -> Bool {
    touch(i)
    touch(j)
    unsafe row(j)[i &>> 6] ^= 1 &<< UInt64(i & 63)
    unsafe row(i)[j &>> 6] ^= 1 &<< UInt64(j & 63)
    return contains(i, j)
  }

  /// Whether an edge is in the set.
  @inline(__always)
  func contains(_ i: Int, _ j: Int) -> Bool {
    unsafe row(i)[j &>> 6] &>> UInt64(j & 63) & 1 != 0
  }

  /// All edges of the set, in time proportional to the rows that were written.
  func edges() -> [VertexPair] {
    var edges: [VertexPair] = []
    for i in touched {
      let row = unsafe row(i)
      for word in 0...i / 64 {
        var bits = unsafe row[word]
        if word == i / 64 { bits &= 1 &<< UInt64(i & 63) &- 1 }
        while bits != 0 {
          edges.append(VertexPair(i, 64 &* word &+ bits.trailingZeroBitCount))
          bits &= bits &- 1
        }
      }
    }
    return edges
  }

  /// Removes all edges.
  func removeAll() {
    for i in touched {
      unsafe row(i).update(repeating: 0, count: words)
      unsafe isTouched[i] = false
    }
    touched.removeAll(keepingCapacity: true)
  }
}
