internal import CKernels
package import CLIP
internal import Files
internal import Foundation
internal import LinearAlgebra
internal import Runs
package import Version

/// How long a search takes on this machine.
package struct SearchBenchmark {
  /// What was measured, and on what.
  package struct Report: Encodable, Sendable {
    /// The program that was measured.
    package let program: ProgramVersion
    /// The machine's processor.
    package let processor: String
    /// Worker threads.
    package let threads: Int
    /// The figures.
    package let rows: [Row]
  }

  /// The figures of one task.
  package struct Row: Encodable, Sendable {
    /// `scan`, a search by a given embedding, its candidates' float32 rows read from the file of points; `text`, the
    /// embedding of a text of some eight words; `text+scan`, both.
    package let task: String
    /// The images.
    package let images: Int
    /// The numbers of an embedding.
    package let dimension: Int
    /// How many images were looked for.
    package let count: Int
    /// In milliseconds: the median and the least of the rounds.
    package let median: Double
    package let least: Double
    /// Whether the first ten were those by float32 rows and float64 sums, of all queries that were compared; nil where
    /// nothing was found.
    package let isExact: Bool?

    enum CodingKeys: String, CodingKey {
      case task, images, dimension, count
      case median = "median_ms"
      case least = "least_ms"
      case isExact = "top10_exact"
    }
  }

  /// How often something can be measured.
  package static let roundNumbers = 1...10_000

  private let points: NumPyFile.RowReader
  private let index: EmbeddingIndex
  private let encoder: QueryEncoder?
  private let count: Int
  private let rounds: Int

  /// Makes the index of a file of points, for a while in a folder beside it, where there is room for such.
  ///
  /// - Parameters:
  ///   - points: A `.npy` file of float32 unit vectors, shape [images, dimension].
  ///   - model: A model whose text tower is measured too; nil for none.
  ///   - count: How many images are looked for, 1 to 1,000.
  ///   - rounds: How often, 1 to 10,000.
  /// - Throws: `FileError`; `SearchError` for numbers out of range.
  package init(points: String, model: CLIPModel?, count: Int, rounds: Int) throws {
    guard SearchRequest.counts.contains(count), Self.roundNumbers.contains(rounds) else {
      throw SearchError(
        "\(count) images in \(rounds) rounds cannot be measured; expected 1 to 1000 in 1 to 10000")
    }
    let reader = try NumPyFile.RowReader(path: points)
    guard reader.rows > 0, !reader.isTransposed else {
      throw FileError(points, "holds no rows one after another; save it in C order")
    }
    let scratch = try PrivateFolder(in: ResolvedPath(points).parent.path)
    // What is mapped stays without its name.
    defer { scratch.remove() }
    let path = scratch.path + "/index"
    try EmbeddingIndex.write(
      to: path, rows: reader.rows, dimension: reader.columns, key: Digest(of: points)
    ) { try Self.row($0, of: reader) }
    self.points = reader
    index = try EmbeddingIndex(path)
    encoder = try model.map { try QueryEncoder($0) }
    (self.count, self.rounds) = (count, rounds)
  }

  private static func row(_ row: Int, of reader: NumPyFile.RowReader) throws -> [Float] {
    try unsafe [Float](unsafeUninitializedCapacity: reader.columns) { buffer, initialized in
      if let start = buffer.baseAddress {
        try unsafe reader.read(rows: row..<row + 1, into: start, stride: reader.columns)
      }
      initialized = reader.columns
    }
  }

  /// Measures.
  ///
  /// - Throws: What a search throws; `RunError` when it is stopped.
  package func run() throws -> Report {
    let queries = try (0..<16).map { number -> [Float] in
      let stream = RandomStream(domain: "benchmark/search", seed: UInt64(number))
      let query = Matrix(
        rows: 1, columns: index.dimension, values: stream.normals(count: index.dimension))
      guard let unit = query.withUnitRows() else { throw SearchError("a query of zeros") }
      return unit.values
    }
    let all = RowMask(count: index.rowCount, all: true)
    let rows: EmbeddingIndex.Rows = { [points] in try $0.map { try Self.row($0, of: points) } }
    func search(_ query: [Float]) throws -> [SearchResult.Hit] {
      try index.nearest(to: query, count: count, among: all, rows: rows).hits
    }
    let found = try queries.prefix(3).map(search)
    var measured = [
      row(
        "scan", try times { _ = try search(queries[$0 % queries.count]) },
        isExact: try found.map { $0.prefix(10).map(\.row) } == nearestByFloat32(queries.prefix(3)))
    ]
    if let encoder {
      _ = try encoder.embed("warm")
      measured.append(
        row("text", try times { _ = try encoder.embed("\($0) photos of a dog in the snow") }))
      if encoder.dimension == index.dimension {
        measured.append(
          row("text+scan", try times { _ = try search(encoder.embed("a cat \($0) on a sofa")) }))
      }
    }
    let machine = Machine.current()
    return Report(
      program: .current, processor: machine.processor, threads: Parallel.workers, rows: measured)
  }

  private func times(_ body: (Int) throws -> Void) throws -> [Double] {
    try (0..<rounds).map { round in
      try Interruption.check()
      let start = ContinuousClock.now
      try body(round)
      return (ContinuousClock.now - start) / .milliseconds(1)
    }
  }

  private func row(_ task: String, _ times: [Double], isExact: Bool? = nil) -> Row {
    let sorted = times.sorted()
    return Row(
      task: task, images: index.rowCount, dimension: index.dimension, count: count,
      median: sorted[sorted.count / 2], least: sorted[0], isExact: isExact)
  }

  /// The ten nearest rows by all products in float64.
  private func nearestByFloat32(_ queries: ArraySlice<[Float]>) throws -> [[Int]] {
    var best = queries.map { _ in [(row: Int, product: Double)]() }
    for row in 0..<index.rowCount {
      let values = try Self.row(row, of: points)
      for (place, query) in queries.enumerated() {
        let product = unsafe kernel_exact_product(index.dimension, values, query)
        if best[place].count == 10, product <= best[place][9].product { continue }
        let position = best[place].firstIndex { $0.product < product } ?? best[place].count
        best[place].insert((row, product), at: position)
        if best[place].count > 10 { best[place].removeLast() }
      }
    }
    return best.map { $0.map(\.row) }
  }
}

extension SearchBenchmark.Report {
  /// A table in Markdown.
  package var table: String {
    var text = "\(processor), \(threads) threads\n"
    text += "| task | images | dimension | count | median ms | least ms | top 10 exact |\n"
    text += "|---|---:|---:|---:|---:|---:|---|\n"
    for row in rows {
      text += "| \(row.task) | \(row.images) | \(row.dimension) | \(row.count) "
      text += "| \(String(format: "%.3f", row.median)) | \(String(format: "%.3f", row.least)) "
      text += "| \(row.isExact.map { $0 ? "yes" : "no" } ?? "") |\n"
    }
    return text
  }
}
