import Files
import Foundation
import LinearAlgebra

extension RunDirectory {
  /// The rows of a piece, the least that is made and written at once.
  private static let pieceRows = 4096

  /// Writes a table whose rows are made as they are written, so that memory does not grow with it.
  ///
  /// The bytes, and the digest that is kept of them, are those of a `Table` with the same rows.
  ///
  /// - Parameters:
  ///   - file: What it is declared as; it has no further columns.
  ///   - path: Its path in the run directory; nil for a file of one name.
  ///   - rowCount: How many rows there are.
  ///   - row: The cells of a row, in the order of the columns; asked on several threads.
  /// - Throws: `FileError` when the disk refuses, `RunError.interrupted`; the file is then what it was before.
  package func write(
    _ file: RunFile, at path: String? = nil, rowCount: Int,
    row: @escaping @Sendable (Int) -> [TableCell]
  ) throws {
    let pieces = (rowCount + Self.pieceRows - 1) / Self.pieceRows
    // Some pieces a thread: while they are written the threads wait.
    let together = 4 * Parallel.workers
    let path = path ?? file.pattern.text
    var digest = RunningDigest()
    try AtomicFile.writeInPlace(to: self.file(path)) { handle in
      let header = Data(Table(file).csv.utf8)
      digest.update(header)
      try handle.write(contentsOf: header)
      for start in stride(from: 0, to: pieces, by: together) {
        try Interruption.check()
        let texts = Parallel.map(count: min(together, pieces - start)) { offset in
          let first = (start + offset) * Self.pieceRows
          var text = Data()
          for index in first..<min(first + Self.pieceRows, rowCount) {
            let cells = row(index)
            precondition(cells.count == file.columns.count, "a cell a column")
            for (cell, column) in zip(cells, file.columns) {
              precondition(cell.column == column.name)
            }
            text.append(contentsOf: CSV.line(cells.map(\.field)).utf8)
          }
          return text
        }
        for text in texts {
          digest.update(text)
          try handle.write(contentsOf: text)
        }
      }
    }
    writtenFiles.record(path, digest.digest)
  }
}
