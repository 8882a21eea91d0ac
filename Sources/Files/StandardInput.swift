import Foundation

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
