import Foundation

/// Up to 64 edges of one vertex.
struct EdgeWord: Sendable {
  private let row: Int32
  private let word: Int32
  /// A bit each for the other vertices, from 64 · `place` on.
  var bits: UInt64

  @inline(__always)
  init(vertex: Int, place: Int, bits: UInt64) {
    row = Int32(truncatingIfNeeded: vertex)
    word = Int32(truncatingIfNeeded: place)
    self.bits = bits
  }

  @inline(__always)
  var vertex: Int { Int(row) }
  @inline(__always)
  var place: Int { Int(word) }

  /// The edges whose other vertex is smaller: each edge of a symmetric set once.
  var edges: [VertexPair] {
    var edges: [VertexPair] = []
    var left = bits
    while left != 0 {
      let other = 64 &* place &+ left.trailingZeroBitCount
      if other > vertex { break }
      edges.append(VertexPair(vertex, other))
      left &= left &- 1
    }
    return edges
  }
}

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

  /// The set as its words that are not zero, in time proportional to the rows that were written.
  func nonzeroWords() -> [EdgeWord] {
    var result: [EdgeWord] = []
    for i in touched {
      let row = unsafe row(i)
      for word in 0..<words where unsafe row[word] != 0 {
        result.append(unsafe EdgeWord(vertex: i, place: word, bits: row[word]))
      }
    }
    return result
  }

  /// Adds the edges of another set to this one over Z/2.
  func add(_ others: [EdgeWord]) {
    for other in others {
      touch(other.vertex)
      unsafe row(other.vertex)[other.place] ^= other.bits
    }
  }

  /// The edges of this set that are in another.
  func edges(in others: [EdgeWord]) -> [VertexPair] {
    others.flatMap { other in
      var both = other
      both.bits &= unsafe row(other.vertex)[other.place]
      return both.edges
    }
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
