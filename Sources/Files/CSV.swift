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
    var all = try Self.records(text, file: file, separator: nil)
    guard !all.isEmpty else { throw FileError(file, "is empty; expected a header line") }
    let header = all.removeFirst().fields
    try Self.requireHeader(header, file: file)
    if isEven { for record in all { try Self.requireFields(record, of: header, file: file) } }
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

  /// Refuses a header that names a column twice, or in two spellings.
  static func requireHeader(_ header: [String], file: String) throws {
    try requireOneSpelling(header, in: file, what: "the column") { "field \($0 + 1)" }
    var names: Set<String> = []
    for name in header where !names.insert(name).inserted {
      throw FileError(file, "has two columns named \"\(name)\"; rename one")
    }
  }

  /// Refuses a record that has more or fewer fields than the header.
  static func requireFields(_ record: Record, of header: [String], file: String) throws {
    guard record.fields.count == header.count else {
      throw FileError(
        file, "line \(record.line): \(record.fields.count) fields, the header has \(header.count)")
    }
  }

  /// All records of `text`, the header's too, without a check of their lengths.
  ///
  /// - Parameters:
  ///   - text: The table.
  ///   - file: Its path, for messages.
  ///   - separator: What separates fields; nil for what the header tells.
  /// - Returns: The records.
  /// - Throws: `FileError` with the line of what is wrong.
  static func records(
    _ text: String, file: String, separator: UInt8? = UInt8(ascii: ",")
  ) throws -> [Record] {
    let bytes = Array(text.utf8)
    var scanner = CSVScanner(file: file, separator: separator)
    var records: [Record] = []
    while case .record(let record) = try scanner.next(in: bytes, isWhole: true) {
      records.append(record)
    }
    return records
  }

  /// One line of output: fields joined by commas, quoted where they must be, with its line end.
  public static func line(_ fields: [String]) -> String {
    // Alone, an empty field would be a blank line, and a semicolon or a tab be taken for what separates fields.
    if fields.count == 1, fields[0].isEmpty || fields[0].utf8.contains(where: ";\t".utf8.contains) {
      return quoted(fields[0]) + "\n"
    }
    return fields.map { field in
      field.utf8.contains(where: ",\"\n\r".utf8.contains) ? quoted(field) : field
    }.joined(separator: ",") + "\n"
  }

  private static func quoted(_ field: String) -> String {
    "\"" + field.replacingBytes(of: "\"", with: "\"\"") + "\""
  }
}
