import CKernels
import Foundation

/// How a file stores floating-point numbers.
enum FloatEncoding: Equatable {
  case float16(bigEndian: Bool)
  case bfloat16
  case float32(bigEndian: Bool)
  case float64(bigEndian: Bool)

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

  /// The encoding that a NumPy header's `descr` names, such as `<f4`; nil when not one of floats.
  init?(numPy description: String) {
    guard let parts = description.wholeMatch(of: /([<>=|]?)(f[248])/) else { return nil }
    let bigEndian = parts.1 == ">"
    switch parts.2 {
    case "f2": self = .float16(bigEndian: bigEndian)
    case "f4": self = .float32(bigEndian: bigEndian)
    case "f8": self = .float64(bigEndian: bigEndian)
    default: return nil
    }
  }

  /// Bytes an element takes.
  var size: Int {
    switch self {
    case .float16, .bfloat16: 2
    case .float32: 4
    case .float64: 8
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
    }
  }

  /// The numbers in `bytes`, exactly.
  func decodeDoubles(_ bytes: Data, count: Int) -> [Double] {
    if case .float64(let bigEndian) = self {
      return words(bytes, count: count, as: UInt64.self, bigEndian: bigEndian)
        .map { Double(bitPattern: $0) }
    }
    return decode(bytes, count: count).map { Double($0) }
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
