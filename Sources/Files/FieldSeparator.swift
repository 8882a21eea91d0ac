/// What stands between the numbers of a line.
enum FieldSeparator: Sendable, Equatable {
  case comma, semicolon, tab, blanks

  /// The byte, of which two in a row enclose an empty field; nil for blanks.
  var byte: UInt8? {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    case .blanks: nil
    }
  }

  /// The word for messages.
  var words: String {
    switch self {
    case .comma: "commas"
    case .semicolon: "semicolons"
    case .tab: "tabs"
    case .blanks: "blanks"
    }
  }

  /// Lines that are looked at; a file is of one kind throughout.
  private static let sampleLines = 1000
  private static let sampleBytes = 1 << 20

  /// Finds the separator of a text of numbers.
  ///
  /// The first line decides only where the others hold a single field each: it may be one of names.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - file: Its path, for messages.
  /// - Throws: `FileError` naming the line of a decimal comma.
  init(of bytes: [UInt8], file: String) throws {
    var first: Signs?
    var rest = Signs()
    var position = 0
    var line = 1
    var count = 0
    let end = min(bytes.count, Self.sampleBytes)
    while position < end, count < Self.sampleLines {
      var signs = Signs()
      let next = signs.read(bytes, from: position, line: line)
      line += 1
      position = next
      guard !signs.isBlank else { continue }
      count += 1
      if first == nil { first = signs } else { rest.add(signs) }
    }
    let signs = rest.isSeparated ? rest : first ?? rest
    if let line = signs.decimalCommaLine, signs.commas == signs.decimalCommas,
      signs.semicolons + signs.tabs > 0
    {
      throw FileError(
        file,
        "line \(line): decimal commas between \(signs.semicolons > 0 ? "semicolons" : "tabs"); write "
          + "numbers with decimal points (in pandas decimal=\".\"; in a spreadsheet, an English locale)"
      )
    }
    if signs.semicolons > 0 {
      guard signs.commas == 0 else {
        throw FileError(
          file,
          "line \(signs.commaLine): both commas and semicolons between numbers; expected one of them"
        )
      }
      self = .semicolon
    } else if signs.commas > 0 {
      self = .comma
    } else if signs.tabs > 0, !signs.hasBlanksBetweenNumbers {
      self = .tab
    } else {
      self = .blanks
    }
  }

  /// How often the candidates stand in some lines, outside quotes.
  private struct Signs {
    var commas = 0
    var decimalCommas = 0
    var semicolons = 0
    var tabs = 0
    /// Whether a blank stands between two characters that are neither.
    var hasInnerBlanks = false
    /// Whether both are of numbers.
    var hasBlanksBetweenNumbers = false
    var isBlank = true
    var commaLine = 0
    var decimalCommaLine: Int?

    var isSeparated: Bool { commas + semicolons + tabs > 0 || hasInnerBlanks }

    mutating func add(_ other: Signs) {
      if commas == 0 { commaLine = other.commaLine }
      if decimalCommaLine == nil { decimalCommaLine = other.decimalCommaLine }
      commas += other.commas
      decimalCommas += other.decimalCommas
      semicolons += other.semicolons
      tabs += other.tabs
      hasInnerBlanks = hasInnerBlanks || other.hasInnerBlanks
      hasBlanksBetweenNumbers = hasBlanksBetweenNumbers || other.hasBlanksBetweenNumbers
    }

    /// Whether a quoted field that began before a place ends in its line.
    private static func closes(_ bytes: [UInt8], from start: Int) -> Bool {
      bytes[start...].prefix { $0 != UInt8(ascii: "\n") }.contains(UInt8(ascii: "\""))
    }

    /// Reads a line; returns where the next begins.
    mutating func read(_ bytes: [UInt8], from start: Int, line: Int) -> Int {
      func isDigit(_ place: Int) -> Bool {
        place >= start && place < bytes.count && (48...57).contains(bytes[place])
      }
      var position = start
      var isQuoted = false
      var isComment: Bool?
      // Tabs stand between fields only where there is text on both sides.
      var hasText = false
      var waitingTabs = 0
      var closed: Int?
      var isAfterText = false
      var isAfterBlank = false
      var isAfterDigit = false
      while position < bytes.count, isQuoted || bytes[position] != UInt8(ascii: "\n") {
        defer { position += 1 }
        let byte = bytes[position]
        if byte == UInt8(ascii: "\"") {
          // A quote within a field is a character like others: 5" nail. Two in a quoted one are one.
          if isQuoted {
            (isQuoted, closed) = (false, position)
          } else {
            isQuoted =
              !isAfterText || closed == position - 1
              || isAfterBlank && Self.closes(bytes, from: position + 1)
          }
          (tabs, waitingTabs) = (tabs + (hasText ? waitingTabs : 0), 0)
          hasText = true
        }
        if isQuoted || byte == UInt8(ascii: "\r") { continue }
        switch byte {
        case UInt8(ascii: " "):
          isAfterBlank = isAfterText
          continue
        case UInt8(ascii: ","):
          waitingTabs = 0
          commas += 1
          commaLine = line
          if isDigit(position - 1), isDigit(position + 1) {
            decimalCommas += 1
            decimalCommaLine = decimalCommaLine ?? line
          }
        case UInt8(ascii: ";"):
          waitingTabs = 0
          semicolons += 1
        case UInt8(ascii: "\t"): waitingTabs += 1
        default:
          (tabs, waitingTabs) = (tabs + (hasText ? waitingTabs : 0), 0)
          hasText = true
          if isComment == nil { isComment = byte == UInt8(ascii: "#") }
          if isAfterBlank {
            hasInnerBlanks = true
            let isNumber = isDigit(position) || [0x2B, 0x2D, 0x2E].contains(byte)
            if isAfterDigit, isNumber { hasBlanksBetweenNumbers = true }
          }
          isAfterDigit = isDigit(position) || byte == UInt8(ascii: ".")
          isAfterText = true
          isAfterBlank = false
          continue
        }
        isComment = isComment ?? false
        isAfterText = false
        isAfterBlank = false
      }
      if isComment == true { self = Signs() }
      isBlank = isComment != false
      return position + 1
    }
  }
}
