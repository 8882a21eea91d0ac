import Files
import Foundation
import Runs

/// The rows of the table of results that are kept, with its columns.
struct KeptRows {
  /// Whether each row of the table is kept.
  private let rows: [Bool]

  /// The kept pairs as rows of the table, where rows without a score are never kept.
  ///
  /// - Parameters:
  ///   - curation: Which of the scored pairs are kept.
  ///   - pairs: The scored pairs.
  init(_ curation: Curation, _ pairs: ScoredPairs) {
    var rows = [Bool](repeating: false, count: Int(pairs.records.last ?? -1) + 1)
    for (record, isKept) in zip(pairs.records, curation.kept) { rows[Int(record)] = isKept }
    self.rows = rows
  }

  /// Copies them out of the table, whole or not at all.
  ///
  /// - Parameters:
  ///   - results: The table of results.
  ///   - path: The table of kept rows.
  /// - Throws: `FileError`; `RunError.interrupted`.
  /// - Complexity: O(bytes of the table) time; a piece in memory.
  func write(from results: String, to path: String) throws {
    try AtomicFile.write(to: path) { file in
      var reader = try CSVReader(path: results, recordLimit: 1 << 30)
      var text = CSV.line(reader.header)
      var row = 0
      while let record = try reader.next() {
        if row < rows.count, rows[row] { text += CSV.line(record.fields) }
        row += 1
        if text.utf8.count > 1 << 20 {
          try Interruption.check()
          try file.write(contentsOf: Data(text.utf8))
          text = ""
        }
      }
      try file.write(contentsOf: Data(text.utf8))
    }
  }
}
