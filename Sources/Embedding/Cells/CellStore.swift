import Files
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

  private func path(_ cell: Cell) -> String {
    folder.appendingPathComponent("\(cell.key).npy").path
  }

  /// Whether the cell is finished: its file is there, as long as it must be.
  package func contains(_ cell: Cell) -> Bool {
    let size = try? FileManager.default.attributesOfItem(atPath: path(cell))[.size]
    return size as? Int == NumPyFile.encodedSize(rows: cell.chunk.rows.count, columns: dimension)
  }

  /// Saves a finished cell: [images of the chunk, dimension], unit rows.
  package func save(_ embeddings: Matrix<Float>, as cell: Cell) throws {
    try AtomicFile.write(NumPyFile.encode(embeddings), to: path(cell))
  }

  /// A finished cell.
  ///
  /// - Throws: `FileError` when the file is not what `save` wrote, which only a failing disk or
  ///   another program can bring about.
  package func load(_ cell: Cell) throws -> Matrix<Float> {
    let path = path(cell)
    let array: NumPyFile.Contents<Float>
    do {
      array = try NumPyFile.decodeFloats(FileContents.read(path), file: path)
    } catch let error as FileError {
      throw FileError(path, "\(error.problem). Delete it and run again")
    }
    guard array.shape == [cell.chunk.rows.count, dimension] else {
      throw FileError(
        path,
        "has the shape \(array.shape); expected [\(cell.chunk.rows.count), \(dimension)]. "
          + "Delete it and run again")
    }
    let embeddings = Matrix(rows: array.shape[0], columns: array.shape[1], values: array.values)
    for row in 0..<embeddings.rows {
      let squares = embeddings.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }
      guard abs(squares - 1) < 1e-5 else {
        throw FileError(path, "row \(row) is not of unit length. Delete it and run again")
      }
    }
    return embeddings
  }
}
