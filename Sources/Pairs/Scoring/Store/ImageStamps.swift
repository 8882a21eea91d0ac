import Files
import Foundation
import Runs

/// By what the images of rows are taken for unchanged when a scoring goes on.
///
/// Of every row in order: whether its image is there, how long the file is, and when its contents were changed last, in
/// seconds. An image that was missing and has come is another as well; what is no file has no stamp.
struct ImageStamps {
  private let source: any PairSource
  private var stamps = RunningDigest()
  /// What the system said first of an image that it could not look at: nobody knows then what has changed.
  private(set) var fault: FileError?

  /// Of no rows yet.
  init(_ source: any PairSource) { self.source = source }

  /// Looks at the image of the next row.
  mutating func add(_ row: PairRow) {
    var stamp = "none"
    if row.problem == nil {
      do {
        if let status = try FileStatus(source.imageFile(row.image)), status.kind == .file {
          stamp = "\(status.size) \(status.modified)"
        }
      } catch let error as FileError where error.isSystemFault {
        fault = fault ?? error
      } catch {
        // The row has no image, which is told with its score.
      }
    }
    stamps.update(Data("\(stamp)\n".utf8))
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
