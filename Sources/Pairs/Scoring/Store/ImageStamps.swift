import Files
import Foundation
import Runs

/// By what the images of rows are taken for unchanged when a scoring goes on.
///
/// Of every name in the order of the rows, looked at once: whether its image is there and may be read, how long the file
/// is, and when its contents were changed last, in seconds. An image that was missing and has come is another as well;
/// what is no file has no stamp.
struct ImageStamps {
  /// What a checkpoint keeps of them.
  struct Summary: Codable, Equatable {
    /// SHA-256 of all stamps.
    var digest = ""
    /// Images that the system did not let look at or read.
    var hidden = 0
  }

  private let source: any PairSource
  private var names: Set<ShortDigest> = []
  private var stamps = RunningDigest()
  private var hidden = 0
  /// What the system said of the last of those.
  private(set) var fault: FileError?

  /// Of no rows yet.
  init(_ source: any PairSource) { self.source = source }

  /// Looks at the image of the next row.
  mutating func add(_ row: PairRow) {
    guard row.problem == nil, names.insert(ShortDigest(of: row.image)).inserted else { return }
    var stamp = "none"
    do {
      let file = try source.imageFile(row.image)
      if let status = try FileStatus(file), status.kind == .file {
        let isReadable = FileManager.default.isReadableFile(atPath: file)
        stamp = "\(status.size) \(status.modified) \(isReadable)"
        if !isReadable { hide(FileError(file, "may not be read; look at the permissions")) }
      }
    } catch let error as FileError where error.isSystemFault {
      hide(error)
    } catch {
      // The row has no image, which is told with its score.
    }
    stamps.update(Data("\(stamp)\n".utf8))
  }

  private mutating func hide(_ fault: FileError) {
    hidden += 1
    self.fault = fault
  }

  /// Looks at the images of the first rows.
  ///
  /// - Returns: Whether there are so many.
  /// - Throws: `FileError` for rows that cannot be read; `RunError.interrupted`.
  /// - Complexity: Two calls of the system a name; 16 bytes of memory.
  mutating func add(first count: Int) throws -> Bool {
    var rows = try source.rows()
    for index in 0..<count {
      if index.isMultiple(of: PairEncoder.pieceSize) { try Interruption.check() }
      guard let row = try rows.next() else { return false }
      add(row)
    }
    return true
  }

  /// What a checkpoint keeps.
  var summary: Summary { Summary(digest: "\(stamps.digest)", hidden: hidden) }
}
