package import Files
package import Foundation
package import LinearAlgebra

/// Finished cells as files named by their keys: resume, caching and shards are this one mechanism.
package struct CellStore: Sendable {
  package let folder: URL
  /// The dimension of an embedding.
  package let dimension: Int

  package init(folder: URL, dimension: Int) {
    self.folder = folder
    self.dimension = dimension
  }

  /// The file of a cell of that key.
  package func path(_ key: Digest) -> String {
    folder.appendingPathComponent("\(key).npy").path
  }

  /// Whether there is a file of that key.
  ///
  /// - Throws: `FileError` when that cannot be said.
  func hasFile(_ key: Digest) throws -> Bool { try FileStatus(path(key)) != nil }

  /// Whether the cell is finished: its file is there, and every bit is what `save` wrote.
  ///
  /// - Throws: `FileError` when the file cannot be read.
  /// - Complexity: Reads the file.
  package func contains(_ cell: Cell) throws -> Bool {
    try hasFile(cell.key) && problem(cell) == nil
  }

  /// What is wrong with the cell's file; nil when nothing is.
  ///
  /// - Throws: `FileError` when the file is not there or cannot be read.
  func problem(_ cell: Cell) throws -> String? {
    try problem(cell.key, rowCount: cell.chunk.rows.count)
  }

  /// What is wrong with the file of a cell of so many rows; nil when nothing is.
  ///
  /// - Throws: As `problem(_:)` does.
  func problem(_ key: Digest, rowCount: Int) throws -> String? {
    try CellFile.problem(
      FileContents.read(path(key)), key: key, shape: (rowCount, dimension))
  }

  /// Saves a finished cell: [images of the chunk, dimension], unit rows.
  package func save(_ embeddings: Matrix<Float>, as cell: Cell) throws {
    precondition(embeddings.rows == cell.chunk.rows.count && embeddings.columns == dimension)
    try AtomicFile.write(CellFile.encode(embeddings, text: cell.text), to: path(cell.key))
  }

  /// A finished cell.
  ///
  /// - Throws: `FileError` when the file is not what `save` wrote, which only a failing disk or
  ///   another program can bring about.
  package func load(_ cell: Cell) throws -> Matrix<Float> {
    try load(cell.key, rowCount: cell.chunk.rows.count)
  }

  private func load(_ key: Digest, rowCount: Int) throws -> Matrix<Float> {
    let path = path(key)
    let shape = (rows: rowCount, columns: dimension)
    let data = try FileContents.read(path)
    if let problem = CellFile.problem(data, key: key, shape: shape) {
      throw FileError(path, "is damaged: \(problem). Run again: it is computed again")
    }
    return try CellFile.decode(data, shape: shape, file: path)
  }

  // MARK: Rows of other cells

  /// The embeddings of an unfinished cell: rows of other cells and those that were computed.
  ///
  /// - Parameters:
  ///   - unfinished: The cell.
  ///   - computed: The rows of its missing images, in their order.
  /// - Returns: [images of the chunk, dimension].
  /// - Throws: `FileError` when a cell that was whole is not any more.
  package func assemble(
    _ unfinished: UnfinishedCell, computed: Matrix<Float>? = nil
  ) throws -> Matrix<Float> {
    precondition(computed?.rows ?? 0 == unfinished.missing.count)
    var result = Matrix<Float>(rows: unfinished.cell.chunk.rows.count, columns: dimension)
    func put(_ row: ArraySlice<Float>, at position: Int) {
      result.values.replaceSubrange(
        position * dimension..<(position + 1) * dimension, with: row)
    }
    for source in unfinished.found {
      let rows = try load(source.key, rowCount: source.rowCount)
      for (row, position) in source.rows { put(rows.row(row), at: position) }
    }
    if let computed {
      for (row, position) in unfinished.missing.enumerated() {
        put(computed.row(row), at: position)
      }
    }
    return result
  }
}
