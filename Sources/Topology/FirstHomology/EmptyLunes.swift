import CKernels
import LinearAlgebra
import Synchronization

/// The edges of a dense filtration that no third vertex makes superfluous.
///
/// The lune of an edge (i, j) is the set of vertices w with both (i, w) and (j, w) before (i, j) in the
/// order: those whose triangle has (i, j) as its last edge. The edges with an empty lune are the
/// relative neighbourhood graph of the points (Toussaint 1980, doi:10.1016/0031-3203(80)90066-7), with
/// ties broken by the order.
///
/// All pairs are looked at, but few closely. Sixteen vertices near each vertex are found in one pass.
/// Then, by tiles of columns that stay in the cache, 32 pairs (i, j) at a time are tested against those
/// near i; nearly all pairs end here. What is left is tested against those near j, and then
/// exactly, against every vertex. O(n²) time in practice, O(n³) at worst; 128 n bytes beside the result.
struct EmptyLunes {
  private let distances: SquareDistances
  private let threshold: Int32
  private let workers: Int
  private let control: ComputationControl
  private var nearLengths: [Int32] = []
  private var nearVertices: [Int32] = []

  private static let nearCount = Int(kernel_near_count)
  private static let tileWidth = Int(kernel_tile_width)

  /// The edges with an empty lune and a length of at most `threshold` (bits), in their order.
  static func edges(
    of distances: SquareDistances, threshold: Int32, workers: Int, control: ComputationControl
  ) throws -> [OrderedEdge] {
    var search = EmptyLunes(
      distances: distances, threshold: threshold, workers: workers, control: control)
    search.findNearVertices()
    try control.check()
    let edges = search.edges()
    try control.check()
    return edges
  }

  private init(
    distances: SquareDistances, threshold: Int32, workers: Int, control: ComputationControl
  ) {
    self.distances = distances
    self.threshold = threshold
    self.workers = workers
    self.control = control
  }

  private mutating func findNearVertices() {
    let (count, distances) = (distances.count, distances)
    let size = count * Self.nearCount
    let chunk = (count + workers - 1) / workers
    nearVertices = [Int32](repeating: 0, count: size)
    nearLengths = [Int32](repeating: 0, count: size)
    unsafe nearLengths.withUnsafeMutableBufferPointer { lengths in
      unsafe nearVertices.withUnsafeMutableBufferPointer { vertices in
        guard let lengths = lengths.baseAddress, let vertices = vertices.baseAddress
        else { return }
        nonisolated(unsafe) let (lengthStart, vertexStart) = unsafe (lengths, vertices)
        // Each row is written by one worker: no two share it.
        Parallel.forEach(count: workers) { worker in
          for i in min(worker * chunk, count)..<min((worker + 1) * chunk, count) {
            unsafe kernel_near_vertices(
              distances.row(i), distances.blocks, lengthStart + i * Self.nearCount,
              vertexStart + i * Self.nearCount)
          }
        }
      }
    }
  }

  private func edges() -> [OrderedEdge] {
    let tiles = (distances.count + Self.tileWidth - 1) / Self.tileWidth
    let next = Atomic<Int>(0)
    // The first tiles have the most rows: taken one by one they share out evenly.
    var parts = Parallel.map(count: workers) { _ in
      var found: [OrderedEdge] = []
      while true {
        let tile = next.add(1, ordering: .relaxed).oldValue
        if tile >= tiles || !search(tile: tile, into: &found) { return found }
        control.report("pairs of points", tile + 1, tiles)
      }
    }
    if parts.count == 1 { parts[0].sort() }
    return parts.count == 1 ? parts[0] : parts.flatMap { $0 }.sorted()
  }

  /// Appends the edges (i, j) with j in a tile; false when cancelled.
  private func search(tile: Int, into found: inout [OrderedEdge]) -> Bool {
    let start = tile * Self.tileWidth
    var columns = [UInt64](repeating: 0, count: Self.tileWidth / 64)
    for i in start + 1..<max(distances.count, start + 1) {
      if i & 63 == 0 && control.isCancelled() { return false }
      unsafe kernel_without_near_vertex(
        distances.base, distances.blocks, i, start, threshold, nearLengths, nearVertices, &columns)
      for (place, word) in columns.enumerated() {
        var word = word
        while word != 0 {
          let j = start + 64 * place + word.trailingZeroBitCount
          word &= word - 1
          if hasEmptyLune(i, j) { found.append(distances.edge(i, j)) }
        }
      }
    }
    return true
  }

  private func hasEmptyLune(_ i: Int, _ j: Int) -> Bool {
    let edge = distances.edge(i, j)
    for place in j * Self.nearCount..<(j + 1) * Self.nearCount {
      if nearLengths[place] > edge.lengthBits { break }
      let w = Int(nearVertices[place])
      if w != i && distances.edge(j, w) < edge && distances.edge(i, w) < edge { return false }
    }
    return distances.luneFirst(i, j) == nil
  }
}

extension SquareDistances {
  /// The smallest vertex in the lune of the edge (i, j), i > j.
  @inline(__always)
  func luneFirst(_ i: Int, _ j: Int) -> Int? {
    let w = unsafe kernel_lune_first(row(i), row(j), blocks, i, j)
    return w < 0 ? nil : w
  }
}
