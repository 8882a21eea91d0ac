import Foundation

/// The texts of a PNG file, read chunk by chunk (ISO/IEC 15948, 5.3 and 11.3.4.3).
enum PNGChunks {
  /// The texts of tEXt chunks by keyword.
  static func texts(of file: Data) -> [String: String] {
    var texts: [String: String] = [:]
    var rest = Array(file)[...].dropFirst(8)
    while rest.count >= 12 {
      let bytes = Array(rest)
      let count = bytes[0..<4].reduce(0) { $0 << 8 | Int($1) }
      guard bytes.count >= 12 + count else { break }
      if String(decoding: bytes[4..<8], as: UTF8.self) == "tEXt" {
        let contents = bytes[8..<8 + count]
        let parts = contents.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts.map { part in
          String(String.UnicodeScalarView(part.map { Unicode.Scalar($0) }))
        }
        if words.count == 2 { texts[words[0]] = words[1] }
      }
      rest = rest.dropFirst(12 + count)
    }
    return texts
  }
}
