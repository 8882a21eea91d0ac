public import Foundation

/// A reader of JSON that moves over the bytes once and names the byte of any fault.
///
/// The grammar is RFC 8259's, of UTF-8 text, and no nesting deeper than 64. Of Foundation's readers
/// none tells that a key is there twice, and all take keys for equal that are only canonically
/// equivalent: a vocabulary's 49,408 keys differ by code points.
public struct JSONScanner {
  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private let file: String
  private let refusesRepeatedKeys: Bool
  private let takesInfinity: Bool
  private var position = 0
  private var depth = 0

  /// Starts at the first byte after a byte order mark, if there is one.
  ///
  /// - Parameters:
  ///   - data: The bytes of a JSON text.
  ///   - file: The name of the file they come from, for messages.
  ///   - refusesRepeatedKeys: Whether ``value()`` refuses an object that names a member twice; else
  ///     the last counts. Objects read with ``object(_:)`` are the caller's to check.
  ///   - takesInfinity: Whether ``value()`` reads `Infinity`, `-Infinity` and `NaN`, which Python writes and which
  ///     are no JSON.
  /// - Throws: `FileError` naming the first byte that is not UTF-8.
  /// - Complexity: O(bytes).
  public init(
    _ data: Data, file: String, refusesRepeatedKeys: Bool = false, takesInfinity: Bool = false
  ) throws {
    try requireMemory(count: data.count, size: 1, file: file)
    bytes = [UInt8](data)
    self.file = file
    self.refusesRepeatedKeys = refusesRepeatedKeys
    self.takesInfinity = takesInfinity
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw fault("not valid UTF-8 text", at: error.byteOffsets.lowerBound)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// An error at a place of the file.
  ///
  /// - Parameters:
  ///   - problem: What is wrong there.
  ///   - place: The byte, counted from 0; nil for the one that comes next.
  /// - Returns: The error, to be thrown.
  public func fault(_ problem: String, at place: Int? = nil) -> FileError {
    FileError(file, "byte \(place ?? position): \(problem)")
  }

  /// Reads an object.
  ///
  /// - Parameter member: Is given the UTF-8 of each key and must read exactly its value.
  /// - Throws: `FileError` naming the byte; what `member` throws.
  public mutating func object(_ member: ([UInt8], inout JSONScanner) throws -> Void) throws {
    try elements(from: UInt8(ascii: "{"), to: UInt8(ascii: "}")) { scanner in
      let key = try scanner.string()
      guard scanner.next() == UInt8(ascii: ":") else {
        throw scanner.fault("expected ':' after a key, found \(scanner.found)")
      }
      scanner.position += 1
      try member(key, &scanner)
    }
  }

  /// Reads an array.
  ///
  /// - Parameter element: Must read exactly one value.
  /// - Throws: `FileError` naming the byte; what `element` throws.
  public mutating func array(_ element: (inout JSONScanner) throws -> Void) throws {
    try elements(from: UInt8(ascii: "["), to: UInt8(ascii: "]"), element)
  }

  /// Whether an array comes next.
  public var isAtArray: Bool {
    mutating get { next() == UInt8(ascii: "[") }
  }

  /// Reads a string.
  ///
  /// - Returns: Its UTF-8, escapes read.
  /// - Throws: `FileError` naming the byte.
  public mutating func string() throws -> [UInt8] {
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
  ///
  /// - Throws: `FileError` naming the byte, for an integer out of `Int`'s range too.
  public mutating func integer() throws -> Int {
    _ = next()
    let start = position
    let text = numberText()
    guard Self.isNumber(text.utf8), let value = Int(text)
    else {
      position = start
      throw fault("expected an integer, found \(text.isEmpty ? found : text)")
    }
    return value
  }

  /// Reads a value of any kind.
  ///
  /// - Throws: `FileError` naming the byte; for a number beyond double precision's range too.
  public mutating func value() throws -> JSONValue {
    switch next() {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try object { key, scanner in
        let name = String(decoding: key, as: UTF8.self)
        let isRepeated = try members.updateValue(scanner.value(), forKey: name) != nil
        if isRepeated, scanner.refusesRepeatedKeys {
          throw scanner.fault("an object has the key \"\(name)\" twice")
        }
      }
      return .object(members)
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      try array { scanner in values.append(try scanner.value()) }
      return .array(values)
    case UInt8(ascii: "\""):
      return .string(String(decoding: try string(), as: UTF8.self))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    default: return try number()
    }
  }

  /// Throws unless nothing but white space is left.
  ///
  /// - Throws: `FileError` naming the byte.
  public mutating func end() throws {
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

  private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else {
      throw fault("expected a value, found \(found)")
    }
    position += word.utf8.count
    return value
  }

  /// Moves over the bytes that numbers are written with.
  private mutating func numberText() -> String {
    let start = position
    while position < bytes.count, "+-.0123456789Ee".utf8.contains(bytes[position]) {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func number() throws -> JSONValue {
    let start = position
    if takesInfinity {
      let words: KeyValuePairs<String, Double> = [
        "Infinity": .infinity, "-Infinity": -.infinity, "NaN": .nan,
      ]
      for (word, number) in words where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return .number(number)
      }
    }
    let text = numberText()
    guard Self.isNumber(text.utf8), let number = Double(text) else {
      position = start
      throw fault("expected a value, found \(text.isEmpty ? found : text)")
    }
    guard number.isFinite else {
      throw fault("the number \(text) is beyond the range of double precision", at: start)
    }
    return Int(text).map { .integer($0) } ?? .number(number)
  }

  /// Whether a text is a number in JSON's grammar, which has no `+1`, `01`, `1.` or `.5`.
  private static func isNumber(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    func skip(_ bytes: String) -> Bool {
      guard let first = rest.first, bytes.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    func digits() -> Substring.UTF8View {
      let digits = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      rest = rest[digits.endIndex...]
      return digits
    }
    _ = skip("-")
    let whole = digits()
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
    if skip("."), digits().isEmpty { return false }
    if skip("eE") {
      _ = skip("+-")
      if digits().isEmpty { return false }
    }
    return rest.isEmpty
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
    guard position < bytes.count else { throw fault("the escape sequence is cut short", at: start) }
    let letter = bytes[position]
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
