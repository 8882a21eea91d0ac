import CHNSW
import LinearAlgebra

/// A hierarchical navigable small world graph over some of the rows of a matrix (Malkov and Yashunin
/// 2020, doi:10.1109/TPAMI.2018.2889473), by hnswlib.
@safe
final class NeighborGraph: @unchecked Sendable {
  // Only `insert` changes the graph, and it is called before the graph is shared.
  private let graph: OpaquePointer
  private let dimension: Int

  /// An empty graph.
  ///
  /// - Parameters:
  ///   - metric: The distance; when only directions count, rows are of unit length.
  ///   - dimension: The numbers of a row.
  ///   - capacity: The most rows.
  ///   - breadth: How many rows a search keeps in view.
  /// - Throws: `AnalysisError.invalid` when memory is too small.
  init(metric: Metric, dimension: Int, capacity: Int, breadth: Int) throws {
    let distance = metric.origin == nil ? HNSW_SQUARED_DIFFERENCE : HNSW_NEGATIVE_PRODUCT
    guard
      let graph = unsafe hnsw_create(
        distance, dimension, capacity, Self.degree, Self.insertionBreadth, 0)
    else { throw Self.outOfMemory }
    unsafe hnsw_set_breadth(graph, breadth)
    unsafe self.graph = graph
    self.dimension = dimension
  }

  deinit { unsafe hnsw_destroy(graph) }

  private static let degree = 12
  private static let insertionBreadth = 60
  private static let outOfMemory = AnalysisError.invalid(
    "there is not enough memory for an index of the points; take fewer points")

  /// Adds a row under a number.
  func insert(_ row: [Float], number: Int) throws {
    precondition(row.count == dimension)
    if unsafe hnsw_add(graph, row, UInt32(number)) != 0 { throw Self.outOfMemory }
  }

  /// The numbers of up to `count` rows near to a query.
  func search(_ query: [Float], count: Int) throws -> [Int] {
    precondition(query.count == dimension)
    var numbers = [UInt32](repeating: 0, count: count)
    let found = unsafe hnsw_search(graph, query, count, &numbers)
    if found < 0 { throw Self.outOfMemory }
    return numbers[..<found].map { Int($0) }
  }
}
