public import Foundation

/// A safetensors file: named tensors behind a JSON header, mapped into memory and not trusted.
///
/// Layout (https://huggingface.co/docs/safetensors): 8 bytes little-endian header length, the header
/// `{name: {dtype, shape, data_offsets}}`, then the data. Everything the header claims is checked
/// against the file before any of it is used: lengths, products of shapes, and that the tensors
/// tile the data exactly, without overlap or gap.
public struct Safetensors: Sendable {
  /// One tensor of the file.
  public struct Entry: Sendable, Equatable {
    /// The element type as the header spells it, such as `F32`.
    public let type: String
    /// The extents, outermost first; empty for a scalar.
    public let shape: [Int]
    fileprivate let bytes: Range<Int>

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }
  }

  /// The path, for messages.
  public let file: String
  /// All tensors by name.
  public let entries: [String: Entry]
  /// The texts that the writer put beside the tensors.
  public let metadata: [String: String]
  private let mapped: Data
  private let dataStart: Int

  /// The header length the format itself allows.
  private static let headerLimit = 100_000_000

  /// Opens the file at `path`.
  ///
  /// - Throws: `FileError` naming the byte or the tensor at fault.
  public init(path: String) throws {
    try self.init(data: FileContents.read(path), file: path)
  }

  /// Reads a file that is already in memory.
  public init(data: Data, file: String) throws {
    func failure(_ problem: String) -> FileError {
      FileError(file, "\(problem); the file is damaged or cut short: download or export it again")
    }
    guard data.count >= 8 else {
      throw failure("has \(data.count) bytes; a safetensors file has at least 8")
    }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(Self.headerLimit), length <= UInt64(data.count - 8) else {
      throw failure(
        "its first 8 bytes claim a header of \(length) bytes, the file has \(data.count)")
    }
    let dataStart = 8 + Int(length)
    let header = data.subdata(in: data.startIndex + 8..<data.startIndex + dataStart)
    let words = "a JSON object of tensors"
    let tensors: [String: JSONValue]
    do {
      guard header.first == UInt8(ascii: "{"),
        let members = try JSONValue(
          header, file: file, expecting: "\(words) (its bytes counted from 0)"
        ).members
      else { throw FileError(file, "is not \(words)") }
      tensors = members
    } catch let error as FileError {
      throw failure("its header (bytes 8 to \(dataStart)) \(error.problem)")
    }
    var entries: [String: Entry] = [:]
    for (name, description) in tensors where name != "__metadata__" {
      entries[name] = try Self.entry(
        description, name: name, dataCount: data.count - dataStart, failure: failure)
    }
    try Self.requireTiling(entries, dataCount: data.count - dataStart, failure: failure)
    self.file = file
    self.entries = entries
    let texts = tensors["__metadata__"]?.members ?? [:]
    let metadata = texts.compactMapValues(\.text)
    self.metadata = metadata.count == texts.count ? metadata : [:]
    self.mapped = data
    self.dataStart = data.startIndex + dataStart
  }

  private static let elementSizes = [
    "F64": 8, "I64": 8, "U64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2, "I16": 2,
    "U16": 2, "I8": 1, "U8": 1, "BOOL": 1, "F8_E4M3": 1, "F8_E5M2": 1,
  ]

  private static func entry(
    _ description: JSONValue, name: String, dataCount: Int, failure: (String) -> FileError
  ) throws -> Entry {
    guard let type = description["dtype"]?.text, let shape = description["shape"]?.integers,
      let offsets = description["data_offsets"]?.integers, offsets.count == 2
    else {
      throw failure(
        "the header's entry for tensor \(name) lacks a text dtype, or whole numbers as shape or "
          + "as the two data_offsets")
    }
    guard let elementSize = elementSizes[type] else {
      throw failure("tensor \(name) has the unknown element type \(type)")
    }
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= dataCount else {
      throw failure(
        "tensor \(name) claims bytes \(offsets[0]) to \(offsets[1]) of \(dataCount) bytes of data")
    }
    var size = elementSize
    for extent in shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { throw failure("tensor \(name) has the shape \(shape)") }
      size = product
    }
    guard size == offsets[1] - offsets[0] else {
      throw failure(
        "tensor \(name), \(type) \(shape), needs \(size) bytes and has \(offsets[1] - offsets[0])")
    }
    return Entry(type: type, shape: shape, bytes: offsets[0]..<offsets[1])
  }

  private static func requireTiling(
    _ entries: [String: Entry], dataCount: Int, failure: (String) -> FileError
  ) throws {
    // Names break the tie of empty tensors that start at one place.
    let ordered = entries.sorted {
      ($0.value.bytes.lowerBound, $0.value.bytes.upperBound, $0.key)
        < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound, $1.key)
    }
    var end = 0
    for (name, entry) in ordered {
      guard entry.bytes.lowerBound == end else {
        let fault = entry.bytes.lowerBound < end ? "overlaps the one before it" : "leaves a gap"
        throw failure("tensor \(name) starts at byte \(entry.bytes.lowerBound) and \(fault)")
      }
      end = entry.bytes.upperBound
    }
    guard end == dataCount else {
      throw failure("its tensors end at byte \(end) of \(dataCount) bytes of data")
    }
  }

  /// The elements of a tensor as float32, converted from F32, F16 or BF16 (F64 is rounded).
  ///
  /// - Throws: `FileError` when there is no such tensor, its type is not a float, or an element
  ///   is NaN or infinite, or out of float32's range.
  public func floats(_ name: String) throws -> [Float] {
    try elements(name) { $0.decode($1, count: $2) }
  }

  /// The elements of a tensor, exactly; see `floats(_:)`.
  func doubles(_ name: String) throws -> [Double] {
    try elements(name) { $0.decodeDoubles($1, count: $2) }
  }

  private func elements<Scalar: BinaryFloatingPoint>(
    _ name: String, decode: (NumberEncoding, Data, Int) -> [Scalar]
  ) throws -> [Scalar] {
    guard let entry = entries[name] else {
      throw FileError(file, "has no tensor \(name); it has \(entries.keys.sorted().listed)")
    }
    guard let type = NumberEncoding(safetensors: entry.type) else {
      throw FileError(
        file, "tensor \(name) has element type \(entry.type); expected F32, F16, BF16 or F64")
    }
    try requireMemory(count: entry.count, size: MemoryLayout<Scalar>.size, file: file)
    let values = decode(type, bytes(entry), entry.count)
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw FileError(
        file,
        "tensor \(name) holds \(values[index]) at element \(index) (as \(Scalar.self)); "
          + "every element must be finite")
    }
    return values
  }

  /// The bytes of a tensor, still mapped.
  func bytes(_ entry: Entry) -> Data {
    mapped[dataStart + entry.bytes.lowerBound..<dataStart + entry.bytes.upperBound]
  }
}
