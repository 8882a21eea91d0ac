import Files
import Foundation

/// Any JSON value, for the small files whose members are looked up by name.
enum JSONValue: Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}

/// A reader of JSON that moves over the bytes once and names the byte of any fault.
///
/// A vocabulary is an object of 49,408 members whose keys differ by code points, not by canonical
/// equivalence, and in which a repeated key is damage: `JSONDecoder`'s dictionaries of `String`
/// can tell neither.
struct JSONScanner {
  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var depth = 0

  /// Starts at the first byte after a byte order mark, if there is one.
  init(_ data: Data, file: String) throws {
    bytes = [UInt8](data)
    self.file = file
    try Self.requireUTF8(bytes, file: file)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Throws, with the place, unless the bytes are valid UTF-8.
  static func requireUTF8(_ bytes: [UInt8], file: String) throws {
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw FileError(
        file, "byte \(error.byteOffsets.lowerBound): not valid UTF-8 text")
    }
  }

  /// An error at the byte that comes next, or at the given one.
  func fault(_ problem: String, at place: Int? = nil) -> FileError {
    FileError(file, "byte \(place ?? position): \(problem)")
  }

  /// Reads an object; `member` must read exactly the value of each key.
  mutating func object(_ member: ([UInt8], inout JSONScanner) throws -> Void) throws {
    try elements(from: UInt8(ascii: "{"), to: UInt8(ascii: "}")) { scanner in
      let key = try scanner.string()
      guard scanner.next() == UInt8(ascii: ":") else {
        throw scanner.fault("expected ':' after a key, found \(scanner.found)")
      }
      scanner.position += 1
      try member(key, &scanner)
    }
  }

  /// Reads an array; `element` must read exactly one value.
  mutating func array(_ element: (inout JSONScanner) throws -> Void) throws {
    try elements(from: UInt8(ascii: "["), to: UInt8(ascii: "]"), element)
  }

  /// Whether an array comes next.
  var isAtArray: Bool {
    mutating get { next() == UInt8(ascii: "[") }
  }

  /// Reads a string and returns its UTF-8 bytes.
  mutating func string() throws -> [UInt8] {
    guard next() == UInt8(ascii: "\"") else { throw fault("expected a string, found \(found)") }
    let opening = position
    position += 1
    let start = position
    while position < bytes.count, bytes[position] >= 0x20 {
      if bytes[position] == UInt8(ascii: "\"") {
        position += 1
        return [UInt8](bytes[start..<position - 1])
      }
      if bytes[position] == UInt8(ascii: "\\") { return try escapedString(from: start) }
      position += 1
    }
    throw fault("the string has no closing quote", at: opening)
  }

  /// Reads a number that is written as an integer.
  mutating func integer() throws -> Int {
    _ = next()
    let start = position
    let text = numberText()
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard digits.count == 1 || !digits.hasPrefix("0"), !text.hasPrefix("+"), let value = Int(text)
    else {
      position = start
      throw fault("expected an integer, found \(text.isEmpty ? found : text)")
    }
    return value
  }

  /// Reads a value of any kind.
  mutating func value() throws -> JSONValue {
    switch next() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try object { key, scanner in
        members[String(decoding: key, as: UTF8.self)] = try scanner.value()
      }
      return .object(members)
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      try array { scanner in values.append(try scanner.value()) }
      return .array(values)
    case UInt8(ascii: "\""):
      return .string(String(decoding: try string(), as: UTF8.self))
    default:
      for (word, value) in [
        ("null", JSONValue.null), ("true", .boolean(true)), ("false", .boolean(false)),
      ] where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return value
      }
      let start = position
      guard let number = Double(numberText()) else {
        position = start
        throw fault("expected a value, found \(found)")
      }
      return .number(number)
    }
  }

  /// Throws unless nothing but white space is left.
  mutating func end() throws {
    if next() != nil { throw fault("expected the end of the file, found \(found)") }
  }

  /// Moves over white space and looks at the byte that follows.
  private mutating func next() -> UInt8? {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) {
      position += 1
    }
    return position < bytes.count ? bytes[position] : nil
  }

  /// The next byte in words, for a message.
  private var found: String {
    guard position < bytes.count else { return "the end of the file" }
    let byte = bytes[position]
    return (0x20..<0x7F).contains(byte)
      ? "'\(Unicode.Scalar(byte))'" : "the byte 0x\(String(byte, radix: 16))"
  }

  private mutating func elements(
    from opening: UInt8, to closing: UInt8, _ element: (inout JSONScanner) throws -> Void
  ) throws {
    guard next() == opening else {
      throw fault("expected '\(Unicode.Scalar(opening))', found \(found)")
    }
    guard depth < Self.maximumDepth else {
      throw fault("nested more than \(Self.maximumDepth) deep")
    }
    depth += 1
    position += 1
    if next() != closing {
      try element(&self)
      while next() == UInt8(ascii: ",") {
        position += 1
        try element(&self)
      }
    }
    guard next() == closing else {
      throw fault("expected ',' or '\(Unicode.Scalar(closing))', found \(found)")
    }
    position += 1
    depth -= 1
  }

  private mutating func numberText() -> String {
    let start = position
    while position < bytes.count, "+-.0123456789Ee".utf8.contains(bytes[position]) {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads the rest of a string that has escapes; `start` is the byte after its opening quote.
  private mutating func escapedString(from start: Int) throws -> [UInt8] {
    var text = [UInt8](bytes[start..<position])
    while position < bytes.count, bytes[position] >= 0x20 {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return text }
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: String(try escape()).utf8)
      } else {
        text.append(byte)
      }
    }
    throw fault("the string has no closing quote", at: start - 1)
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws -> Unicode.Scalar {
    let start = position - 1
    let letter = position < bytes.count ? bytes[position] : 0
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = hexadecimalUnit() else { break }
      if let scalar = Unicode.Scalar(unit) { return scalar }
      guard bytes[position...].starts(with: "\\u".utf8) else { break }
      position += 2
      guard UTF16.isLeadSurrogate(unit), let trail = hexadecimalUnit(),
        UTF16.isTrailSurrogate(trail)
      else { break }
      return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    default: break
    }
    throw fault("not an escape sequence of JSON, or half a surrogate pair", at: start)
  }

  private mutating func hexadecimalUnit() -> UInt16? {
    guard position + 4 <= bytes.count else { return nil }
    let digits = bytes[position..<position + 4]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    position += 4
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
