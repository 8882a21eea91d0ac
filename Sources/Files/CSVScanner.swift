/// Cuts bytes into the records of a CSV: the one parser of whole texts and of files that are read in pieces.
///
/// The rules are those of `CSV`. A record whose end is not among the bytes is not begun: the caller adds bytes behind
/// them and asks again.
struct CSVScanner {
  /// What there is at the position.
  enum Outcome {
    case record(CSV.Record)
    /// More bytes are needed to tell.
    case more
    /// Nothing.
    case end
  }

  /// Bytes that are no UTF-8, in the record at the position.
  struct NotText: Error {}

  /// The path, for messages.
  let file: String
  /// Where in the bytes the next record begins, blank lines before it left aside.
  var position = 0
  /// The line of the file there, from 1.
  private(set) var line = 1
  /// What separates fields; nil until the header has told.
  private var separator: UInt8?

  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// A scanner at the beginning of a file.
  ///
  /// - Parameters:
  ///   - file: The path, for messages.
  ///   - separator: What separates fields; nil for what the header tells.
  init(file: String, separator: UInt8? = nil) {
    self.file = file
    self.separator = separator
  }

  /// Reads the record at the position and goes behind it.
  ///
  /// - Parameters:
  ///   - bytes: The file's bytes, from some place on.
  ///   - isWhole: Whether the file ends with them.
  /// - Returns: The record, or that there is none or too little of it.
  /// - Throws: `FileError` with the line of an unclosed or misplaced quote or of a lone carriage return; `NotText`.
  /// - Complexity: O(bytes of the record).
  mutating func next(in bytes: [UInt8], isWhole: Bool) throws -> Outcome {
    if separator == nil {
      guard let found = separator(of: bytes, isWhole: isWhole) else { return .more }
      separator = found
    }
    while position < bytes.count {
      guard let end = Self.lineEnd(bytes, position, isWhole: isWhole) else { return .more }
      if end == 0 { break }
      position += end
      line += 1
    }
    guard position < bytes.count else { return isWhole ? .end : .more }
    var fields: [String] = []
    var place = position
    var current = line
    while true {
      guard let field = try field(of: bytes, &place, &current, isWhole: isWhole) else {
        return .more
      }
      fields.append(field)
      guard place < bytes.count, bytes[place] == separator else { break }
      place += 1
    }
    if place < bytes.count {
      guard let end = Self.lineEnd(bytes, place, isWhole: isWhole) else { return .more }
      place += end
    } else if !isWhole {
      return .more
    }
    let record = CSV.Record(line: line, fields: fields)
    (position, line) = (place, current + 1)
    return .record(record)
  }

  /// The field at a place, which goes behind it; nil when its end is not there.
  private func field(
    of bytes: [UInt8], _ place: inout Int, _ line: inout Int, isWhole: Bool
  ) throws -> String? {
    guard place < bytes.count else { return isWhole ? "" : nil }
    guard bytes[place] != Self.quote else {
      return try quotedField(of: bytes, &place, &line, isWhole: isWhole)
    }
    let start = place
    while place < bytes.count, bytes[place] != separator, bytes[place] != Self.lineFeed {
      guard bytes[place] != Self.quote else {
        throw FileError(
          file, "line \(line): a quote inside a field; quote the whole field and double it")
      }
      if bytes[place] == Self.carriageReturn {
        guard let end = Self.lineEnd(bytes, place, isWhole: isWhole) else { return nil }
        if end > 0 { break }
        throw FileError(
          file,
          "line \(line): a carriage return without a line feed; save with LF or CRLF line ends")
      }
      place += 1
    }
    // More may belong to it, of its last character too.
    guard place < bytes.count || isWhole else { return nil }
    return try text(bytes[start..<place])
  }

  private func quotedField(
    of bytes: [UInt8], _ place: inout Int, _ line: inout Int, isWhole: Bool
  ) throws -> String? {
    let opened = line
    place += 1
    var start = place
    /// What stands before the doubled quotes, each with one of them.
    var parts: [UInt8] = []
    while true {
      guard place < bytes.count else {
        guard isWhole else { return nil }
        throw FileError(file, "line \(opened): a quoted field is never closed")
      }
      if bytes[place] == Self.lineFeed { line += 1 }
      guard bytes[place] == Self.quote else {
        place += 1
        continue
      }
      guard place + 1 < bytes.count || isWhole else { return nil }
      guard place + 1 < bytes.count, bytes[place + 1] == Self.quote else { break }
      parts += bytes[start...place]
      place += 2
      start = place
    }
    let last = bytes[start..<place]
    place += 1
    if place < bytes.count, bytes[place] != separator {
      guard let end = Self.lineEnd(bytes, place, isWhole: isWhole) else { return nil }
      guard end > 0 else {
        throw FileError(file, "line \(line): text after the closing quote of a field")
      }
    }
    return parts.isEmpty ? try text(last) : try text((parts + last)[...])
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
    return text
  }

  /// The bytes of the line end at a place: 0 when there is none, nil when the next byte has to tell.
  private static func lineEnd(_ bytes: [UInt8], _ place: Int, isWhole: Bool) -> Int? {
    guard place < bytes.count else { return 0 }
    if bytes[place] == lineFeed { return 1 }
    guard bytes[place] == carriageReturn else { return 0 }
    guard place + 1 < bytes.count else { return isWhole ? 1 : nil }
    return bytes[place + 1] == lineFeed ? 2 : 0
  }

  /// A comma, or a semicolon or else a tab where the header has these and no comma; nil without the header's end.
  private func separator(of bytes: [UInt8], isWhole: Bool) -> UInt8? {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var isBlank = true
    var isEnded = isWhole
    for byte in bytes[position...] {
      let isLineEnd = byte == Self.lineFeed || byte == Self.carriageReturn
      if isLineEnd, !isQuoted, !isBlank {
        isEnded = true
        break
      }
      isBlank = isBlank && isLineEnd
      if byte == Self.quote { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    guard isEnded else { return nil }
    let separators = [FieldSeparator.comma, .semicolon, .tab].compactMap(\.byte)
    return separators.first { counts[$0] != nil } ?? UInt8(ascii: ",")
  }
}
