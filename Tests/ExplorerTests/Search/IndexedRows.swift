import Files
import Fixtures
import LinearAlgebra

@testable import Explorer

/// Embeddings in memory, and the index that is written of them.
struct IndexedRows {
  let folder: TemporaryFolder
  let rows: [[Float]?]
  let index: EmbeddingIndex
  static let key = Digest(of: "test")

  init(_ rows: [[Float]?]) throws {
    folder = try TemporaryFolder()
    self.rows = rows
    let path = folder.path + "/rows.index"
    try EmbeddingIndex.write(
      to: path, rows: rows.count, dimension: rows.compactMap(\.self).first?.count ?? 1,
      key: Self.key
    ) { rows[$0] }
    index = try EmbeddingIndex(path)
  }

  /// Random directions.
  static func random(_ count: Int, _ dimension: Int, seed: UInt64 = 0) -> [[Float]] {
    let values = RandomStream(domain: "test/rows", seed: seed).normals(count: count * dimension)
    return (0..<count).map { unit(Array(values[$0 * dimension..<($0 + 1) * dimension])) }
  }

  static func unit(_ row: [Float]) -> [Float] {
    let length = row.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return row.map { Float(Double($0) / length) }
  }

  var float32: EmbeddingIndex.Rows {
    let rows = rows
    return { wanted in wanted.compactMap { rows[$0] } }
  }

  var all: RowMask { RowMask(count: rows.count, all: true) }

  /// The nearest rows by products in float64, of all of them.
  func sorted(by query: [Float], among wanted: RowMask) -> [SearchResult.Hit] {
    var hits: [SearchResult.Hit] = []
    for (row, values) in rows.enumerated() {
      guard let values, wanted.contains(row) else { continue }
      let product = zip(values, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      hits.append(SearchResult.Hit(row: row, cosine: product))
    }
    return hits.sorted { ($1.cosine, $0.row) < ($0.cosine, $1.row) }
  }

  func nearest(
    _ query: [Float], _ count: Int, among wanted: RowMask? = nil, workers: Int? = nil
  ) throws -> [SearchResult.Hit] {
    try index.nearest(
      to: query, count: count, among: wanted ?? all, workers: workers, rows: float32
    ).hits
  }
}
