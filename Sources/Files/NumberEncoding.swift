import CKernels
import Foundation

/// How a file stores numbers.
enum NumberEncoding: Equatable {
  case float16(bigEndian: Bool)
  case bfloat16
  case float32(bigEndian: Bool)
  case float64(bigEndian: Bool)
  /// Whole numbers of 1, 2, 4 or 8 bytes.
  case integer(size: Int, isSigned: Bool, bigEndian: Bool)
  /// A byte, 0 for false.
  case boolean

  /// The encoding that a safetensors header names; nil when it is not one of floats.
  init?(safetensors type: String) {
    switch type {
    case "F16": self = .float16(bigEndian: false)
    case "BF16": self = .bfloat16
    case "F32": self = .float32(bigEndian: false)
    case "F64": self = .float64(bigEndian: false)
    default: return nil
    }
  }

  /// The encoding that a NumPy header's `descr` names, such as `<f4`; nil when not one of numbers.
  init?(numPy description: String) {
    guard let parts = description.wholeMatch(of: /([<>=|]?)(f[248]|[iu][1248]|b1|\?)/) else {
      return nil
    }
    let bigEndian = parts.1 == ">"
    switch parts.2 {
    case "f2": self = .float16(bigEndian: bigEndian)
    case "f4": self = .float32(bigEndian: bigEndian)
    case "f8": self = .float64(bigEndian: bigEndian)
    case "b1", "?": self = .boolean
    default:
      guard let size = parts.2.last?.wholeNumberValue else { return nil }
      self = .integer(size: size, isSigned: parts.2.first == "i", bigEndian: bigEndian)
    }
  }

  /// Whether float32 holds every number.
  var isSinglePrecision: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .boolean: true
    case .float64: false
    case .integer(let size, _, _): size <= 2
    }
  }

  /// Bytes an element takes.
  var size: Int {
    switch self {
    case .float16, .bfloat16: 2
    case .float32: 4
    case .float64: 8
    case .integer(let size, _, _): size
    case .boolean: 1
    }
  }

  /// The numbers in `bytes` (at least `count * size` of them), rounded to float32 if they are wider.
  func decode(_ bytes: Data, count: Int) -> [Float] {
    switch self {
    case .float16(let bigEndian):
      let halves = words(bytes, count: count, as: UInt16.self, bigEndian: bigEndian)
      return unsafe widened(halves) { unsafe kernel_widen_float16($0, $1, $2) }
    case .bfloat16:
      let halves = words(bytes, count: count, as: UInt16.self, bigEndian: false)
      return unsafe widened(halves) { unsafe kernel_widen_bfloat16($0, $1, $2) }
    case .float32(let bigEndian):
      return words(bytes, count: count, as: UInt32.self, bigEndian: bigEndian)
        .map { Float(bitPattern: $0) }
    case .float64(let bigEndian):
      return words(bytes, count: count, as: UInt64.self, bigEndian: bigEndian)
        .map { Float(Double(bitPattern: $0)) }
    case .integer, .boolean: return integers(bytes, count: count, as: Float.self)
    }
  }

  /// The numbers in `bytes`, exactly.
  func decodeDoubles(_ bytes: Data, count: Int) -> [Double] {
    if case .float64(let bigEndian) = self {
      return words(bytes, count: count, as: UInt64.self, bigEndian: bigEndian)
        .map { Double(bitPattern: $0) }
    }
    switch self {
    case .integer, .boolean: return integers(bytes, count: count, as: Double.self)
    default: break
    }
    return decode(bytes, count: count).map { Double($0) }
  }

  /// The first whole number that float64 does not hold, beyond 2⁵³, and its place; nil for none.
  func inexactInteger(in bytes: Data, count: Int) -> (place: Int, text: String)? {
    guard case .integer(8, let isSigned, let bigEndian) = self else { return nil }
    let words = words(bytes, count: count, as: UInt64.self, bigEndian: bigEndian)
    let place = words.firstIndex {
      (isSigned ? Int64(bitPattern: $0).magnitude : $0) > 1 << 53
    }
    return place.map {
      ($0, isSigned ? "\(Int64(bitPattern: words[$0]))" : "\(words[$0])")
    }
  }

  private func integers<Scalar: BinaryFloatingPoint>(
    _ bytes: Data, count: Int, as type: Scalar.Type
  ) -> [Scalar] {
    switch self {
    case .boolean:
      words(bytes, count: count, as: UInt8.self, bigEndian: false).map { $0 == 0 ? 0 : 1 }
    case .integer(1, true, _):
      words(bytes, count: count, as: UInt8.self, bigEndian: false).map {
        Scalar(Int8(bitPattern: $0))
      }
    case .integer(1, false, _):
      words(bytes, count: count, as: UInt8.self, bigEndian: false).map { Scalar($0) }
    case .integer(2, true, let bigEndian):
      words(bytes, count: count, as: UInt16.self, bigEndian: bigEndian)
        .map { Scalar(Int16(bitPattern: $0)) }
    case .integer(2, false, let bigEndian):
      words(bytes, count: count, as: UInt16.self, bigEndian: bigEndian).map { Scalar($0) }
    case .integer(4, true, let bigEndian):
      words(bytes, count: count, as: UInt32.self, bigEndian: bigEndian)
        .map { Scalar(Int32(bitPattern: $0)) }
    case .integer(4, false, let bigEndian):
      words(bytes, count: count, as: UInt32.self, bigEndian: bigEndian).map { Scalar($0) }
    case .integer(_, true, let bigEndian):
      words(bytes, count: count, as: UInt64.self, bigEndian: bigEndian)
        .map { Scalar(Int64(bitPattern: $0)) }
    case .integer(_, false, let bigEndian):
      words(bytes, count: count, as: UInt64.self, bigEndian: bigEndian).map { Scalar($0) }
    case .float16, .bfloat16, .float32, .float64: preconditionFailure("no whole numbers")
    }
  }

  /// The bytes as integers of the machine's order, copied so that alignment does not matter.
  private func words<Word: FixedWidthInteger>(
    _ bytes: Data, count: Int, as type: Word.Type, bigEndian: Bool
  ) -> [Word] {
    precondition(bytes.count >= count * size && MemoryLayout<Word>.size == size)
    var words = [Word](repeating: 0, count: count)
    unsafe words.withUnsafeMutableBytes { buffer in
      _ = unsafe bytes.copyBytes(to: buffer, count: count * size)
    }
    return bigEndian ? words.map(\.byteSwapped) : words
  }

  private func widened(
    _ halves: [UInt16],
    by kernel: (UnsafePointer<UInt16>, UnsafeMutablePointer<Float>, Int) -> Void
  ) -> [Float] {
    var floats = [Float](repeating: 0, count: halves.count)
    unsafe kernel(halves, &floats, halves.count)
    return floats
  }
}
