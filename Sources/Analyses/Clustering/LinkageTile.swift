import CKernels
import COpenBLAS
import LinearAlgebra

/// A worker's room for the distances of two blocks of rows.
@safe
final class LinkageTile: @unchecked Sendable {
  // Unchecked: one worker at a time has it.

  /// The most rows of a block.
  static let side = 512
  // Not a multiple of 512 floats, which would put all rows into the same cache sets.
  private static let stride = 2 * side + 16

  // [2 · side, stride]: rows and columns of both blocks. Inside a block there are no edges.
  private let distances: UnsafeMutablePointer<Float>
  private let memory: UnsafeMutableRawBufferPointer

  init() {
    let count = 2 * Self.side * Self.stride
    unsafe memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 * count, alignment: 64)
    guard let start = unsafe memory.bindMemory(to: Float.self).baseAddress else {
      preconditionFailure("no memory")
    }
    unsafe distances = start
    unsafe distances.initialize(repeating: .infinity, count: count)
  }

  deinit { unsafe memory.deallocate() }

  /// A minimum spanning tree of the distances of the rows of two blocks, or of one block's among
  /// themselves; the first of two is full.
  func edges(
    of points: ScoredRows, _ first: Range<Int>, _ second: Range<Int>
  ) -> [SpanningEdges.Edge] {
    let isDiagonal = first == second
    precondition(isDiagonal || first.count == Self.side)
    let stride = Self.stride
    let column = isDiagonal ? 0 : Self.side
    write(at: column, points, first, second)
    if !isDiagonal {
      unsafe kernel_mirror(
        distances + column, distances + column * stride, stride, first.count, second.count)
    }
    let tree = unsafe DenseSpanningTree(
      rows: distances, stride: stride, count: column + second.count, check: {})
    if isDiagonal {
      for i in 0..<first.count {
        unsafe (distances + i * stride).update(repeating: .infinity, count: first.count)
      }
    }
    func row(_ vertex: Int) -> Int32 {
      Int32(vertex < first.count ? first.lowerBound + vertex : second.lowerBound + vertex - column)
    }
    return tree.edges.map {
      SpanningEdges.Edge(a: row($0.parent), b: row($0.vertex), length: $0.length)
    }
  }

  /// Writes what is ordered as the distances are, from some column on.
  private func write(
    at column: Int, _ points: ScoredRows, _ rows: Range<Int>, _ columns: Range<Int>
  ) {
    let d = points.given.columns
    let tile = unsafe distances + column
    unsafe points.moved.values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(columns.count), Int32(d),
        1,
        start + rows.lowerBound * d, Int32(d), start + columns.lowerBound * d, Int32(d), 0, tile,
        Int32(Self.stride))
    }
    for i in rows {
      // A score is −cos · ‖x‖, or (‖x − y‖² − ‖x‖²) / 2.
      let square = points.squares[i]
      let isOfDirections = points.metric.origin != nil
      unsafe kernel_finish_scores(
        columns.count, points.factors.start + columns.lowerBound,
        points.offsets.start + columns.lowerBound,
        isOfDirections ? Float(1 / square.squareRoot()) : 1,
        isOfDirections ? 1 : Float(square / 2), tile + (i - rows.lowerBound) * Self.stride)
    }
  }
}
