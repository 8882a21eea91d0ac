import Files
import Foundation
import Runs

/// By what the images of rows are taken for unchanged when a scoring goes on.
///
/// Of every row in order: whether its image is there, how long the file is, and when its contents were changed last, in
/// seconds. An image that was missing and has come is another as well.
struct ImageStamps {
  private let source: any PairSource
  private var stamps = RunningDigest()

  /// Of no rows yet.
  init(_ source: any PairSource) { self.source = source }

  /// Looks at the image of the next row.
  mutating func add(_ row: PairRow) {
    let status = try? FileStatus(source.imageFile(row.image))
    stamps.update(Data("\(status?.size ?? -1) \(status?.modified ?? -1)\n".utf8))
  }

  /// Looks at the images of the first rows.
  ///
  /// - Returns: Whether there are so many.
  /// - Throws: `FileError` for rows that cannot be read; `RunError.interrupted`.
  /// - Complexity: One call of the system a row.
  mutating func add(first count: Int) throws -> Bool {
    var rows = try source.rows()
    for index in 0..<count {
      if index.isMultiple(of: PairEncoder.pieceSize) { try Interruption.check() }
      guard let row = try rows.next() else { return false }
      add(row)
    }
    return true
  }

  /// SHA-256 of all of that.
  var digest: String { "\(stamps.digest)" }
}
