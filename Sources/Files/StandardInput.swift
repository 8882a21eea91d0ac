package import Foundation
import Synchronization

/// Standard input, a line at a time.
///
/// `readLine` takes an input that fails for one that ends.
package struct StandardInput {
  /// What is read, of which the lines before `start` are given out.
  private var waiting: [UInt8] = []
  private var start = 0
  /// Up to where there is no line's end.
  private var searched = 0
  private var isAtEnd = false
  private var piece = [UInt8](repeating: 0, count: 1 << 16)

  package init() {}

  /// What stands for it among a command's inputs.
  package static let argument = "-"
  /// What messages call it.
  package static let name = "standard input"

  private static let wasRead = Mutex(false)

  /// All of it, which can be read once.
  ///
  /// - Throws: `FileError` when it is closed or fails, or has nothing.
  package static func readAll() throws -> Data {
    guard
      wasRead.withLock({ wasRead in
        defer { wasRead = true }
        return !wasRead
      })
    else {
      throw FileError(
        name, "was read already; - stands for one matrix only: save the others as files")
    }
    var data = Data()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    do {
      while case let count = try SystemCalls.read(into: &piece, from: STDIN_FILENO), count > 0 {
        data += piece.prefix(count)
      }
    } catch {
      throw FileError(name, "cannot be read", error)
    }
    guard !data.isEmpty else {
      throw FileError(name, "is empty; expected a matrix as text or .npy (- stands for it)")
    }
    if data.starts(with: "PK".utf8) {
      throw FileError(
        name, "is an archive (.npz); save it as a file, whose arrays can be named: FILE.npz:NAME")
    }
    return data
  }

  /// The next line without its end; nil after the last.
  ///
  /// - Throws: `FileError` when the input is closed or fails.
  /// - Complexity: Linear in the input, whatever the lines.
  package mutating func nextLine() throws -> String? {
    while true {
      if let end = waiting[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { (start, searched) = (end + 1, end + 1) }
        return String(decoding: waiting[start..<end], as: UTF8.self)
      }
      if isAtEnd {
        guard start < waiting.count else { return nil }
        defer { (start, searched) = (waiting.count, waiting.count) }
        return String(decoding: waiting[start...], as: UTF8.self)
      }
      waiting.removeFirst(start)
      (start, searched) = (0, waiting.count)
      do {
        let count = try SystemCalls.read(into: &piece, from: STDIN_FILENO)
        isAtEnd = count == 0
        waiting += piece.prefix(count)
      } catch {
        throw FileError("standard input", "cannot be read", error)
      }
    }
  }
}
