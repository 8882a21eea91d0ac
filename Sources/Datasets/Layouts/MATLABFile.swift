import Files
import Foundation

/// What a variable of a MATLAB file holds.
indirect enum MATLABValue: Equatable, Sendable {
  case structure([String: MATLABValue])
  case cells([MATLABValue])
  case text(String)
  case numbers(MATLABNumbers)
  /// Any class that data sets have no use for: sparse and complex matrices, objects, functions.
  case other

  /// An empty matrix: one value for all of them, which may be millions.
  static let nothing = numbers(.none)
}

/// The variables of a MATLAB version 5 file, compressed or not, of either byte order.
///
/// Format: MAT-File Format, The MathWorks, "Level 5". Every size is checked against the bytes there
/// are before it is used, and what a compressed variable claims before it is inflated.
struct MATLABFile {
  let variables: [String: MATLABValue]

  /// The most bytes that a file has, and that its variables have together when inflated: a list of half a
  /// million images.
  static let sizeLimit = 64 << 20

  /// Reads the file at `path`.
  ///
  /// - Throws: `FileError` naming the byte at which the file is damaged or too large.
  /// - Complexity: O(bytes, inflated) time and memory.
  init(path: String) throws {
    let data = try FileContents.read(path)
    guard data.count <= Self.sizeLimit else {
      throw FileError(
        path,
        "has \(data.count) bytes; at most \(Self.sizeLimit) are read, which is far more than lists of "
          + "images take: leave out what else it holds, or list the images in a CSV")
    }
    let bytes = [UInt8](data)
    // 128 bytes: text, then at byte 124 the version 0x0100 and "MI", as an integer of 16 bits.
    let ending = bytes.prefix(128).suffix(4)
    let isBigEndian = ending.elementsEqual([1, 0] + "MI".utf8)
    guard bytes.count >= 128, isBigEndian || ending.elementsEqual([0, 1] + "IM".utf8) else {
      throw FileError(
        path, "is not a MATLAB version 5 file; save it with -v7 or -v6, or download it again")
    }
    var reader = MATLABReader(
      file: path, isBigEndian: isBigEndian, context: "", rest: bytes.dropFirst(128))
    var variables: [String: MATLABValue] = [:]
    while !reader.rest.isEmpty {
      let (name, value) = try reader.variable()
      variables[name] = value
    }
    self.variables = variables
  }
}

/// The elements of a MATLAB file from a position on.
private struct MATLABReader {
  let file: String
  let isBigEndian: Bool
  /// What byte positions count in, for messages; empty for the file itself.
  let context: String
  var rest: ArraySlice<UInt8>

  private static let compressed = 15
  private static let matrix = 14
  private static let depthLimit = 16
  /// MATLAB's own arrays have hardly any more dimensions.
  private static let dimensionLimit = 64
  /// The bytes that further variables may have when inflated.
  private var budget = MATLABFile.sizeLimit

  init(file: String, isBigEndian: Bool, context: String, rest: ArraySlice<UInt8>) {
    self.file = file
    self.isBigEndian = isBigEndian
    self.context = context
    self.rest = rest
  }

  private func failure(_ problem: String) -> FileError {
    FileError(
      file, "byte \(rest.startIndex)\(context): \(problem); the file is damaged: download it again")
  }

  private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count <= rest.count else {
      throw failure("\(count) bytes should follow, \(rest.count) do")
    }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    let bigEndian = isBigEndian ? Array(bytes) : bytes.reversed()
    return bigEndian.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The next element: its type and its content.
  private mutating func element() throws -> (type: Int, content: ArraySlice<UInt8>) {
    let word = Int(integer(try take(4)))
    if word >> 16 != 0 {  // up to four bytes of content stand in the tag itself
      let content = try take(4)
      guard word >> 16 <= 4 else { throw failure("a tag claims \(word >> 16) bytes in 4") }
      return (word & 0xFFFF, content.prefix(word >> 16))
    }
    let content = try take(Int(integer(try take(4))))
    if word != Self.compressed { rest = rest.dropFirst((8 - content.count % 8) % 8) }
    return (word, content)
  }

  /// The next element, which must be of a given type.
  private mutating func content(of type: Int, _ what: String) throws -> ArraySlice<UInt8> {
    let element = try element()
    guard element.type == type else {
      throw failure(
        "before it the \(what) should stand, there is an element of type \(element.type)")
    }
    return element.content
  }

  /// The next variable of the file, inflated if need be.
  mutating func variable() throws -> (name: String, value: MATLABValue) {
    let start = rest.startIndex
    let (type, content) = try element()
    guard type == Self.compressed else { return try value(type, content, depth: 0) }
    let inflated = try inflated(content, from: start)
    var inner = MATLABReader(
      file: file, isBigEndian: isBigEndian, context: " of the variable inflated from byte \(start)",
      rest: inflated[...])
    let element = try inner.element()
    return try inner.value(element.type, element.content, depth: 0)
  }

  /// The one element of a compressed variable, inflated once its tag has said that it is not too large.
  private mutating func inflated(
    _ content: ArraySlice<UInt8>, from start: Int
  ) throws -> [UInt8] {
    let damage = FileError(
      file, "byte \(start): the compressed variable there is damaged; download it again")
    let inflation = Inflation(content)
    var bytes: [UInt8] = []
    guard inflation.append(8, to: &bytes) == 8 else { throw damage }
    // A tag that holds up to four bytes of content itself has none behind it.
    let size = integer(bytes[..<4]) >> 16 != 0 ? 0 : Int(integer(bytes[4...]))
    guard size <= budget else {
      throw FileError(
        file,
        "byte \(start): the compressed variable there claims \(size) bytes; at most "
          + "\(MATLABFile.sizeLimit) are inflated of a file, which is far more than lists of images take: "
          + "leave out what else it holds, or list the images in a CSV")
    }
    budget -= size
    guard inflation.append(size, to: &bytes) == size,
      // Elements are padded to eight bytes.
      inflation.append((8 - size % 8) % 8, to: &bytes) != nil, inflation.endsHere
    else { throw damage }
    return bytes
  }

  /// The content of a matrix element, which every variable, cell and field is.
  private func value(
    _ type: Int, _ content: ArraySlice<UInt8>, depth: Int
  ) throws -> (name: String, value: MATLABValue) {
    guard type == Self.matrix else { throw failure("an element of type \(type) is no variable") }
    guard depth < Self.depthLimit else { throw failure("values are nested too deep") }
    if content.isEmpty { return ("", .nothing) }
    var inner = self
    inner.rest = content
    let flags = integer(try inner.content(of: 6, "flags").prefix(4))
    let dimensionBytes = try inner.content(of: 5, "dimensions")
    guard dimensionBytes.count <= 4 * Self.dimensionLimit else {
      throw inner.failure("before it stand \(dimensionBytes.count / 4) dimensions")
    }
    let dimensions = try inner.integers(dimensionBytes)
    let name = String(decoding: try inner.content(of: 1, "name"), as: UTF8.self)
    var count = 1
    for dimension in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else { throw inner.failure("the size is \(dimensions)") }
      count = product
    }
    let isComplex = flags & 0x800 != 0
    switch flags & 0xFF {
    case 1: return (name, try .cells(inner.values(count: count, depth: depth)))
    case 2: return (name, try inner.structure(count: count, depth: depth))
    case 4 where !isComplex: return (name, try inner.text())
    case 6...15 where !isComplex:
      let (type, content) = try inner.element()
      let numbers = try inner.numbers(content, type: type)
      guard numbers.count == count else {
        throw inner.failure("the size is \(dimensions), before it stand \(numbers.count) numbers")
      }
      return (name, .numbers(numbers))
    default: return (name, .other)
    }
  }

  private mutating func values(count: Int, depth: Int) throws -> [MATLABValue] {
    // No memory for a count that the file only claims: every value takes 8 bytes at least.
    guard count <= rest.count / 8 else {
      throw failure("\(count) values should follow, in \(rest.count) bytes")
    }
    return try (0..<count).map { _ in
      let (type, content) = try element()
      return try value(type, content, depth: depth + 1).value
    }
  }

  private mutating func structure(count: Int, depth: Int) throws -> MATLABValue {
    guard let length = try integers(content(of: 5, "length of field names")).first, length > 0
    else {
      throw failure("the length of field names is missing")
    }
    let bytes = Array(try content(of: 1, "field names"))
    // An array of structures is of no use here; its parts need not be read.
    guard count == 1 else { return .other }
    // No memory for names that have no value, which takes 8 bytes at least.
    guard bytes.count / length <= rest.count / 8 else {
      throw failure("\(bytes.count / length) fields should follow, in \(rest.count) bytes")
    }
    let names = stride(from: 0, to: bytes.count, by: length).map { start in
      String(decoding: bytes[start...].prefix(length).prefix { $0 != 0 }, as: UTF8.self)
    }
    let values = try values(count: names.count, depth: depth)
    guard Set(names).count == names.count else { throw failure("two fields have one name") }
    return .structure(Dictionary(uniqueKeysWithValues: zip(names, values)))
  }

  private mutating func text() throws -> MATLABValue {
    let (type, content) = try element()
    switch type {
    case 1, 2, 16: return String(validating: content, as: UTF8.self).map { .text($0) } ?? .other
    case 4, 17:
      let units = try words(content, size: 2).map { UInt16(truncatingIfNeeded: $0) }
      return String(validating: units, as: UTF16.self).map { .text($0) } ?? .other
    default: return .other
    }
  }

  private func words(_ content: ArraySlice<UInt8>, size: Int) throws -> [UInt64] {
    guard content.count.isMultiple(of: size) else {
      throw failure("before it \(content.count) bytes hold numbers of \(size) bytes each")
    }
    return stride(from: content.startIndex, to: content.endIndex, by: size).map {
      integer(content[$0..<$0 + size])
    }
  }

  private func integers(_ content: ArraySlice<UInt8>) throws -> [Int] {
    try words(content, size: 4).map { Int(Int32(truncatingIfNeeded: $0)) }
  }

  private func numbers(_ content: ArraySlice<UInt8>, type: Int) throws -> MATLABNumbers {
    do {
      return try MATLABNumbers(content, type: type, isBigEndian: isBigEndian)
    } catch {
      throw failure(error.problem)
    }
  }
}
