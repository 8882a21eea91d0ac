import Foundation

/// Standard input, a line at a time.
///
/// `readLine` takes an input that fails for one that ends.
package struct StandardInput {
  /// What is read and not yet given out.
  private var waiting = Data()
  private var isAtEnd = false
  private var piece = [UInt8](repeating: 0, count: 1 << 16)

  package init() {}

  /// The next line without its end; nil after the last.
  ///
  /// - Throws: `FileError` when the input is closed or fails.
  package mutating func nextLine() throws -> String? {
    while true {
      if let end = waiting.firstIndex(of: UInt8(ascii: "\n")) {
        defer { waiting = Data(waiting[(end + 1)...]) }
        return String(decoding: waiting[..<end], as: UTF8.self)
      }
      if isAtEnd {
        guard !waiting.isEmpty else { return nil }
        defer { waiting = Data() }
        return String(decoding: waiting, as: UTF8.self)
      }
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
