/// Comma-separated values (RFC 4180), read with the line of every record kept for messages.
///
/// A header without a comma and with semicolons, or else tabs, says that these stand in place of commas. Quoted fields may hold
/// separators, line ends and doubled quotes; other fields hold neither quotes nor carriage returns. Line ends are LF or
/// CRLF. Blank lines are passed over.
public struct CSV: Sendable {
  /// One record and where it starts.
  public struct Record: Sendable, Equatable {
    /// The line of the file, from 1, on which the record starts.
    public let line: Int
    /// The fields, unquoted.
    public let fields: [String]

    /// A record that starts on a line.
    public init(line: Int, fields: [String]) {
      self.line = line
      self.fields = fields
    }
  }

  /// The path, for messages.
  public let file: String
  /// The fields of the first record.
  public let header: [String]
  /// Every record after the first.
  public let records: [Record]

  /// Parses `text`; the first record is the header.
  ///
  /// - Throws: `FileError` with the line of an unclosed or misplaced quote, of a lone carriage
  ///   return, of a record whose number of fields differs from the header's, or when there is no
  ///   header or it names a column twice.
  public init(_ text: String, file: String) throws {
    try self.init(text, file: file, isEven: true)
  }

  private init(_ text: String, file: String, isEven: Bool) throws {
    var all = try Self.records(text, file: file, separator: Self.separator(of: text))
    guard !all.isEmpty else { throw FileError(file, "is empty; expected a header line") }
    let header = all.removeFirst().fields
    try requireOneSpelling(header, in: file, what: "the column") { "field \($0 + 1)" }
    var names: Set<String> = []
    for name in header where !names.insert(name).inserted {
      throw FileError(file, "has two columns named \"\(name)\"; rename one")
    }
    if isEven, let bad = all.first(where: { $0.fields.count != header.count }) {
      throw FileError(
        file, "line \(bad.line): \(bad.fields.count) fields, the header has \(header.count)")
    }
    self.file = file
    self.header = header
    records = all
  }

  /// Reads the file at `path`.
  public init(path: String) throws {
    try self.init(FileContents.readText(path), file: path)
  }

  /// Reads the file at `path`, whose records may have any number of fields, for those who pass over the wrong ones.
  package init(unevenPath path: String) throws {
    try self.init(FileContents.readText(path), file: path, isEven: false)
  }

  /// The index of the column named `name`.
  ///
  /// - Throws: `FileError` that lists the columns there are.
  public func column(_ name: String) throws -> Int {
    guard let index = header.firstIndex(of: name) else {
      throw FileError(
        file, "has no column \"\(name)\"; its columns are \(header.listed)")
    }
    return index
  }

  /// The table with the records alone that a condition holds for.
  public func keeping(_ isKept: (Record) -> Bool) -> CSV {
    CSV(file: file, header: header, records: records.filter(isKept))
  }

  private init(file: String, header: [String], records: [Record]) {
    self.file = file
    self.header = header
    self.records = records
  }

  /// What separates the fields of a table: a semicolon, or else a tab, where the header has these and no comma.
  private static func separator(of text: String) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var isBlank = true
    for byte in text.utf8 {
      let isLineEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      if isLineEnd, !isQuoted, !isBlank { break }
      isBlank = isBlank && isLineEnd
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let separators = [FieldSeparator.comma, .semicolon, .tab].compactMap(\.byte)
    return separators.first { counts[$0] != nil } ?? UInt8(ascii: ",")
  }

  /// All records of `text`, the header's too, without a check of their lengths.
  static func records(
    _ text: String, file: String, separator: UInt8 = UInt8(ascii: ",")
  ) throws -> [Record] {
    let bytes = Array(text.utf8)
    let quote = UInt8(ascii: "\"")
    let lineFeed = UInt8(ascii: "\n")
    let carriageReturn = UInt8(ascii: "\r")
    var records: [Record] = []
    var line = 1
    var position = 0
    func isAt(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }
    /// The bytes of the line end at the position: 0 when there is none.
    func lineEnd() -> Int {
      if isAt(lineFeed) { return 1 }
      guard isAt(carriageReturn) else { return 0 }
      if position + 1 == bytes.count { return 1 }
      return bytes[position + 1] == lineFeed ? 2 : 0
    }
    while position < bytes.count {
      let start = line
      var fields: [String] = []
      var isRecordOpen = lineEnd() == 0
      while isRecordOpen {
        var field: [UInt8] = []
        if isAt(quote) {
          let opened = line
          position += 1
          while !isAt(quote) || position + 1 < bytes.count && bytes[position + 1] == quote {
            guard position < bytes.count else {
              throw FileError(file, "line \(opened): a quoted field is never closed")
            }
            if isAt(quote) { position += 1 }  // a doubled quote stands for one
            if isAt(lineFeed) { line += 1 }
            field.append(bytes[position])
            position += 1
          }
          position += 1
          guard position == bytes.count || isAt(separator) || lineEnd() > 0 else {
            throw FileError(file, "line \(line): text after the closing quote of a field")
          }
        } else {
          while position < bytes.count, !isAt(separator), lineEnd() == 0 {
            guard !isAt(quote) else {
              throw FileError(
                file, "line \(line): a quote inside a field; quote the whole field and double it")
            }
            guard !isAt(carriageReturn) else {
              throw FileError(
                file,
                "line \(line): a carriage return without a line feed; save with LF or CRLF line ends"
              )
            }
            field.append(bytes[position])
            position += 1
          }
        }
        fields.append(String(decoding: field, as: UTF8.self))
        isRecordOpen = isAt(separator)
        if isRecordOpen { position += 1 }
      }
      position += lineEnd()
      line += 1
      if !fields.isEmpty { records.append(Record(line: start, fields: fields)) }
    }
    return records
  }

  /// One line of output: fields joined by commas, quoted where they must be, with its line end.
  public static func line(_ fields: [String]) -> String {
    // One empty field alone would be a blank line.
    fields == [""] ? "\"\"\n" : fields.map(quoted).joined(separator: ",") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return field }
    return "\"" + field.replacingBytes(of: "\"", with: "\"\"") + "\""
  }
}
