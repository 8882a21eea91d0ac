internal import Files
internal import Foundation

/// The first bytes of an `EmbeddingIndex`'s file, and where its parts lie.
///
/// The file is these 64 bytes, the rows, one bit a row whether it is there, the largest rounding as a float64, and SHA-256
/// over all of that; numbers are little-endian.
struct EmbeddingIndexHeader: Equatable {
  /// The dimensions that an index can have.
  static let dimensions = 1...65_536
  /// The most rows: their numbers have 31 bits.
  static let mostRows = Int(Int32.max)
  static let byteCount = 64
  private static let magic = Array("topoclip".utf8)
  private static let version: UInt32 = 1

  let rows: Int
  let dimension: Int
  let key: Digest

  /// The numbers of a row in the file: the dimension filled up with zeros.
  var width: Int { (dimension + Self.granularity - 1) / Self.granularity * Self.granularity }
  /// What `kernel_scan` asks of a row; then rows begin at multiples of 64 bytes.
  private static let granularity = 32
  /// The bytes of all rows.
  var bodyCount: Int { rows * width * 2 }
  /// Where the bits begin.
  var presenceStart: Int { Self.byteCount + bodyCount }
  /// Where the rounding stands.
  var roundingStart: Int { presenceStart + (rows + 7) / 8 }
  /// Where the digest begins.
  var digestStart: Int { roundingStart + 8 }
  /// The bytes of the whole file.
  var fileCount: Int { digestStart + 32 }

  init(rows: Int, dimension: Int, key: Digest) {
    precondition((0...Self.mostRows).contains(rows) && Self.dimensions.contains(dimension))
    (self.rows, self.dimension, self.key) = (rows, dimension, key)
  }

  /// Reads a header.
  ///
  /// - Throws: `FileError` naming what is no index's.
  init(_ data: Data, file: String) throws {
    let bytes = [UInt8](data)
    guard bytes.count >= Self.byteCount, bytes.starts(with: Self.magic) else {
      throw FileError(file, "is no index of embeddings; remove it, and it is made again")
    }
    func number(_ range: Range<Int>) -> UInt64 {
      bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard number(8..<12) == UInt64(Self.version) else {
      throw FileError(
        file,
        "is an index of embeddings in version \(number(8..<12)) of its format; expected \(Self.version): "
          + "remove it, and it is made again")
    }
    let (dimension, rows) = (number(12..<16), number(16..<24))
    let digits = bytes[24..<56].flatMap { Array(String(format: "%02x", $0).utf8) }
    guard Self.dimensions.contains(Int(clamping: dimension)), rows <= UInt64(Self.mostRows),
      bytes[56..<64].allSatisfy({ $0 == 0 }), let key = Digest(hexadecimal: digits)
    else {
      throw FileError(
        file,
        "its header gives \(rows) rows of \(dimension) numbers; it is damaged: remove it, and it is made again"
      )
    }
    self.init(rows: Int(rows), dimension: Int(dimension), key: key)
  }

  /// The 64 bytes.
  var data: Data {
    var data = Data(Self.magic)
    data.append(littleEndian: Self.version)
    data.append(littleEndian: UInt32(dimension))
    data.append(littleEndian: UInt64(rows))
    data.append(contentsOf: key.bytes)
    data.append(littleEndian: UInt64(0))
    return data
  }
}

extension Data {
  /// Appends a number, its lowest byte first.
  mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    for place in 0..<Number.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: number >> (8 * place)))
    }
  }
}
