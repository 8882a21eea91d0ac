import Foundation

/// The numbers of a text, line by line, as spreadsheets, pandas, NumPy and R write them.
///
/// Fields are separated by commas, semicolons, tabs or blanks, whichever the lines have, and may be quoted. Blank
/// lines and lines that begin with `#` are passed over, a byte-order mark too. A first line of names is a header;
/// columns before its first name, and those that it leaves unnamed on the left, are an index and not read.
struct NumberTable<Scalar: DecimalReadable>: Sendable {
  /// What the numbers will be.
  enum Use: Sendable {
    /// Coordinates: commas alone separate where there are any, and no field is empty.
    case points
    /// Distances: blanks separate beside commas, and an empty field is a pair without a distance, infinity.
    case distances
  }

  /// The path, for messages.
  let file: String
  let separator: FieldSeparator
  /// All numbers, line after line.
  private(set) var values: [Scalar] = []
  /// How many numbers each line holds.
  private(set) var lengths: [Int] = []
  /// The number of each of those lines in the file, from 1.
  private(set) var lines: [Int] = []
  /// The places in `values` of fields that are empty.
  private(set) var emptyPlaces: [Int] = []
  /// The names of the columns that are numbers; nil without a line of names.
  private(set) var names: [String]?
  /// What was taken for a header or an index.
  private(set) var notes: [String] = []
  /// Columns on the left that are passed over.
  private var indexWidth = 0
  /// The first line's numbers, where all of them are written with nothing but digits.
  private(set) var firstLine: [UInt64]?
  /// Whether a number of a later line is written so.
  private(set) var hasWholeNumbers = false
  /// Whether a number of a later line is written with a point or an exponent.
  private(set) var hasFractions = false
  /// Whether the first numbers of the lines count 0, 1, 2, …, written so.
  private(set) var countsLines = true
  /// Whether a number beside the first one of a line is written so, in the first line too.
  private(set) var hasWholeNumbersBesideFirst = false
  /// Of the first line's columns, whether every number is written so.
  private(set) var wholeColumns: [Bool] = []

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - file: The path, for messages.
  ///   - use: What the numbers will be.
  /// - Throws: `FileError` naming the line and field of what is no number.
  /// - Complexity: O(bytes).
  init(_ data: Data, file: String, use: Use) throws {
    try requireMemory(count: data.count, size: 1, file: file)
    var scanner = DecimalScanner(data)
    if scanner.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.move(to: 3) }
    self.file = file
    separator = try FieldSeparator(of: scanner.bytes, file: file)
    values.reserveCapacity(data.count / 8)
    var line = 1
    try readHeader(&scanner, &line, use)
    while scanner.current != nil { try readLine(&scanner, &line, use) }
  }

  // MARK: Lines of numbers

  private mutating func readLine(
    _ scanner: inout DecimalScanner, _ line: inout Int, _ use: Use
  ) throws {
    let start = values.count
    let delimiter = separator.byte
    let splitsAtBlanks = use == .distances || delimiter == nil
    let isFirst = lengths.isEmpty
    var isAllWhole = true
    var hasField = false
    var isAfterDelimiter = false
    var column = 0  // of the file, the index's too
    var position = scanner.position
    if isComment(scanner, at: position) {
      skipLine(&scanner)
      line += 1
      return
    }
    while let byte = scanner.current, byte != UInt8(ascii: "\n") {
      if byte == delimiter {
        if !hasField {
          try appendEmpty(&column, line, use)
          isAllWhole = false
        }
        hasField = false
        isAfterDelimiter = true
        scanner.skip()
        continue
      }
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t") {
        scanner.skip()
        continue
      }
      position = scanner.position
      guard !hasField || splitsAtBlanks else {
        throw notANumber(fieldText(scanner, around: position), line, column: column - 1)
      }
      hasField = true
      isAfterDelimiter = false
      if column < indexWidth {
        scanner.move(to: endOfField(scanner, from: position))
        column += 1
        continue
      }
      var whole: UInt64?
      let value: Scalar
      if byte == UInt8(ascii: "\"") {
        let text = fieldText(scanner, around: position)
        guard let number = Scalar(field: text) else {
          throw notANumber(text, line, column: column)
        }
        value = number
        whole = text.utf8.count < 16 ? UInt64(text) : nil
        try requireHeld(value, text, line, column, use)
        scanner.move(to: endOfField(scanner, from: position))
      } else {
        guard let number = scanner.next(Scalar.self) else {
          throw notANumber(fieldText(scanner, around: position), line, column: column)
        }
        if number.isInfinite { try requireHeld(number, scanner.token, line, column, use) }
        value = number
        whole = scanner.wholeNumber
      }
      let place = values.count - start
      if place == 0, whole != UInt64(lengths.count) { countsLines = false }
      if place > 0, whole != nil { hasWholeNumbersBesideFirst = true }
      if isFirst {
        wholeColumns.append(whole != nil)
      } else if whole == nil, place < wholeColumns.count {
        wholeColumns[place] = false
      }
      if whole == nil { isAllWhole = false } else if !isFirst { hasWholeNumbers = true }
      if whole == nil, !isFirst, !hasFractions {
        hasFractions = scanner.bytes[position..<scanner.position].contains {
          $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e")
        }
      }
      values.append(value)
      column += 1
    }
    if isAfterDelimiter, !hasField {
      try appendEmpty(&column, line, use)
      isAllWhole = false
    }
    scanner.skip()
    defer { line += 1 }
    guard values.count > start else {
      if column > 0 { throw FileError(file, "line \(line): holds no number beside its index") }
      return
    }
    lengths.append(values.count - start)
    lines.append(line)
    if isFirst, isAllWhole { firstLine = values[start...].map { UInt64($0) } }
  }

  private mutating func appendEmpty(_ column: inout Int, _ line: Int, _ use: Use) throws {
    defer { column += 1 }
    guard column >= indexWidth else { return }
    guard use == .distances else { throw notANumber("", line, column: column) }
    emptyPlaces.append(values.count)
    values.append(.infinity)
  }

  /// Checks that a distance is infinite only where its text says so.
  private func requireHeld(
    _ number: Scalar, _ text: String, _ line: Int, _ column: Int, _ use: Use
  ) throws {
    guard use == .distances, number.isInfinite else { return }
    let letters = text.utf8.drop { [UInt8(ascii: "-"), UInt8(ascii: "+")].contains($0) }
    guard letters.first.map({ $0 | 0x20 }) != UInt8(ascii: "i") else { return }
    throw FileError(
      file,
      "line \(line), field \(column + 1): \(text.prefix(40)) is beyond what \(Scalar.self == Float.self ? "float32" : "float64") holds"
        + (Scalar.self == Float.self ? "; --distance-precision float64 holds more" : ""))
  }

  private func notANumber(_ text: String, _ line: Int, column: Int) -> FileError {
    if text.hasPrefix("\"") {
      return FileError(file, "line \(line): a quoted field is never closed")
    }
    guard !text.isEmpty else {
      return FileError(
        file, "line \(line), field \(column + 1): is empty; fill it in, or leave the line out")
    }
    let separated =
      separator == .comma ? "" : " (fields are separated by \(separator.words))"
    return FileError(
      file, "line \(line), field \(column + 1): \"\(text.prefix(40))\" is not a number\(separated)")
  }

  // MARK: Fields as text

  private func isComment(_ scanner: DecimalScanner, at start: Int) -> Bool {
    var position = start
    while position < scanner.bytes.count, [0x20, 0x09].contains(scanner.bytes[position]) {
      position += 1
    }
    return position < scanner.bytes.count && scanner.bytes[position] == UInt8(ascii: "#")
  }

  private func skipLine(_ scanner: inout DecimalScanner) {
    var position = scanner.position
    while position < scanner.bytes.count, scanner.bytes[position] != UInt8(ascii: "\n") {
      position += 1
    }
    scanner.move(to: position + 1)
  }

  /// Where the field that begins at a place ends: at the separator or the line's end.
  private func endOfField(_ scanner: DecimalScanner, from start: Int) -> Int {
    let bytes = scanner.bytes
    var position = start
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
    // A quote within a field is a character like others: 5" nail.
    let mayQuote = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      if mayQuote, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted {
        if byte == UInt8(ascii: "\n") || byte == separator.byte { break }
        if separator == .blanks, [0x20, 0x09, 0x0D].contains(byte) { break }
      }
      position += 1
    }
    return position
  }

  private func fieldText(_ scanner: DecimalScanner, around start: Int) -> String {
    var first = start
    let bytes = scanner.bytes
    if let byte = separator.byte {
      while first > 0, bytes[first - 1] != byte, bytes[first - 1] != UInt8(ascii: "\n") {
        first -= 1
      }
    }
    return Self.text(bytes[first..<max(endOfField(scanner, from: first), first)])
  }

  /// A field without blanks around it and without its quotes.
  private static func text(_ field: ArraySlice<UInt8>) -> String {
    // A line may end in a carriage return.
    let text = String(decoding: field, as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
    let quote = UInt8(ascii: "\"")
    guard text.utf8.count > 1, text.utf8.first == quote, text.utf8.last == quote else {
      return text
    }
    return String(decoding: text.utf8.dropFirst().dropLast(), as: UTF8.self)
      .replacingBytes(of: "\"\"", with: "\"").trimmingCharacters(in: .whitespaces)
  }

  /// The fields of the line at a place, and where the next line begins; no field in a blank line or a comment.
  private func fields(_ scanner: DecimalScanner, from start: Int) -> (fields: [String], next: Int) {
    let bytes = scanner.bytes
    if isComment(scanner, at: start) {
      var scanner = scanner
      scanner.move(to: start)
      skipLine(&scanner)
      return ([], scanner.position)
    }
    var fields: [String] = []
    var position = start
    while position < bytes.count {
      if separator == .blanks {
        while position < bytes.count, [0x20, 0x09, 0x0D].contains(bytes[position]) { position += 1 }
        if position == bytes.count || bytes[position] == UInt8(ascii: "\n") { break }
      }
      let end = endOfField(scanner, from: position)
      fields.append(Self.text(bytes[position..<end]))
      position = end
      if position == bytes.count || bytes[position] == UInt8(ascii: "\n") { break }
      if separator != .blanks {
        position += 1
        if position == bytes.count { fields.append("") }
      }
    }
    if fields == [""] { fields = [] }
    return (fields, position + 1)
  }

  // MARK: Header and index

  /// Passes over a first line of names, and finds how many columns are an index.
  private mutating func readHeader(
    _ scanner: inout DecimalScanner, _ line: inout Int, _ use: Use
  ) throws {
    var start = scanner.position
    var first: (fields: [String], next: Int) = ([], start)
    var firstLine = line
    var isFound = false
    while start < scanner.bytes.count {
      first = fields(scanner, from: start)
      if !first.fields.isEmpty {
        isFound = true
        break
      }
      start = first.next
      firstLine += 1
    }
    guard isFound else { return }
    var second: [String] = []
    var place = first.next
    while second.isEmpty, place < scanner.bytes.count {
      (second, place) = fields(scanner, from: place)
    }
    guard let header = TableHeader(first.fields, above: second, use: use == .points) else { return }
    // Text that is no UTF-8 is told as such.
    _ = try FileContents.decodeText(
      Data(scanner.bytes[..<min(first.next, scanner.bytes.count)]), file: file)
    if first.fields.contains(where: { $0.hasPrefix("\"") }) {
      throw FileError(file, "line \(firstLine): a quoted field is never closed")
    }
    names = header.names
    indexWidth = header.indexWidth
    notes += header.notes(line: firstLine).map { "\(file): \($0)" }
    line = firstLine + 1 + lineEnds(scanner.bytes, start, first.next - 1)
    scanner.move(to: first.next)
  }

  private func lineEnds(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    bytes[start..<min(end, bytes.count)].count { $0 == UInt8(ascii: "\n") }
  }

  // MARK: What only the whole table tells

  /// Adds a note about the file.
  mutating func say(_ note: String) { notes.append("\(file): \(note)") }

  /// Puts another number into a place.
  mutating func replace(_ place: Int, with value: Scalar) { values[place] = value }

  /// Leaves out some numbers; a line without any is left out.
  mutating func drop(_ places: Set<Int>, lengths shortened: [Int]) {
    var kept: [Scalar] = []
    var empty: [Int] = []
    let wasEmpty = Set(emptyPlaces)
    for place in values.indices where !places.contains(place) {
      if wasEmpty.contains(place) { empty.append(kept.count) }
      kept.append(values[place])
    }
    values = kept
    emptyPlaces = empty
    lines = zip(lines, shortened).filter { $0.1 > 0 }.map(\.0)
    lengths = shortened.filter { $0 > 0 }
  }

  /// Takes the first line for names of columns, as pandas writes 0, 1, 2, ….
  mutating func dropFirstLine(because reason: String) {
    let count = lengths.removeFirst()
    values.removeFirst(count)
    emptyPlaces = emptyPlaces.filter { $0 >= count }.map { $0 - count }
    notes.append("\(file): line \(lines.removeFirst()) \(reason)")
    countsLines = false
  }

  /// Takes the first number of every line for its index.
  mutating func dropFirstColumn(because reason: String) {
    var kept: [Scalar] = []
    kept.reserveCapacity(values.count)
    var moved: [Int] = []
    var start = 0
    var empties = emptyPlaces[...]
    for (row, length) in lengths.enumerated() {
      kept += values[start + 1..<start + length]
      while let place = empties.first, place < start + length {
        if place > start { moved.append(place - row - 1) }
        empties.removeFirst()
      }
      start += length
    }
    values = kept
    emptyPlaces = moved
    lengths = lengths.map { $0 - 1 }
    wholeColumns = Array(wholeColumns.dropFirst())
    countsLines = false
    notes.append("\(file): the first column \(reason)")
  }

  /// The line of the file in which a number stands.
  func line(ofPlace place: Int) -> Int {
    var end = 0
    for (length, line) in zip(lengths, lines) {
      end += length
      if place < end { return line }
    }
    return lines.last ?? 1
  }

  /// Whether the first line's numbers are 0, 1, 2, … written with nothing but digits.
  var firstLineCounts: Bool {
    guard let firstLine else { return false }
    return firstLine.indices.allSatisfy { firstLine[$0] == UInt64($0) }
  }
}
