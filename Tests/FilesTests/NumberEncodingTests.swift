import Foundation
import Testing

@testable import Files

struct NumberEncodingTests {
  private static let patterns = (0..<65_536).map { UInt16($0) }
  private static let littleEndian = Data(patterns.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
  private static let bigEndian = Data(patterns.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })

  /// Equal bits, but for the payload of a NaN.
  private func agree(_ a: [Float], _ b: [Float]) -> Bool {
    a.count == b.count
      && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
  }

  @Test func `every half is widened exactly`() {
    let expected = Self.patterns.map { Float(Float16(bitPattern: $0)) }
    for (isBigEndian, bytes) in [(false, Self.littleEndian), (true, Self.bigEndian)] {
      let encoding = NumberEncoding.float16(bigEndian: isBigEndian)
      #expect(agree(encoding.decode(bytes, count: 65_536), expected))
      #expect(agree(encoding.decodeDoubles(bytes, count: 65_536).map { Float($0) }, expected))
    }
  }

  @Test func `every bfloat16 is widened exactly`() {
    let expected = Self.patterns.map { Float(bitPattern: UInt32($0) << 16) }
    #expect(agree(NumberEncoding.bfloat16.decode(Self.littleEndian, count: 65_536), expected))
  }

  @Test func `halves by hand`() {
    func half(_ pattern: UInt16) -> Float {
      NumberEncoding.float16(bigEndian: true)
        .decode(Data([UInt8(pattern >> 8), UInt8(pattern & 0xFF)]), count: 1)[0]
    }
    #expect(half(0x0001) == 0x1p-24)  // the least subnormal
    #expect(half(0x03FF) == 1023 * 0x1p-24)  // the greatest subnormal
    #expect(half(0x0400) == 0x1p-14)
    #expect(half(0x7BFF) == 65_504)
    #expect(half(0xFC00) == -.infinity)
    #expect(half(0x7C01).isNaN)
    #expect(half(0x8000).bitPattern == 0x8000_0000)
  }

  @Test func `counts that the vector loops do not divide`() {
    for count in 0...40 {
      let bytes = Self.littleEndian.prefix(2 * count)
      #expect(
        NumberEncoding.float16(bigEndian: false).decode(bytes, count: count)
          == (0..<count).map { Float(Float16(bitPattern: UInt16($0))) })
    }
  }

  @Test func `bytes need no alignment`() {
    let bytes = (Data([7]) + Data([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40])).dropFirst()
    #expect(NumberEncoding.float32(bigEndian: false).decode(bytes, count: 2) == [1, 2])
  }

  @Test func `a double is kept as a double and rounded as a float`() {
    let bytes = Data([0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F])
    let encoding = NumberEncoding.float64(bigEndian: false)
    #expect(encoding.decodeDoubles(bytes, count: 1) == [0.1])
    #expect(encoding.decode(bytes, count: 1) == [Float(0.1)])
  }

  @Test func `only names of floats are known`() {
    #expect(NumberEncoding(numPy: ">f2") == .float16(bigEndian: true))
    #expect(NumberEncoding(numPy: "f8") == .float64(bigEndian: false))
    for name in ["", "f", "<f3", "<f16", "zf4", "<<f4", "<c8", "<i3", "|V2", "f4 "] {
      #expect(NumberEncoding(numPy: name) == nil, "\(name)")
    }
    #expect(NumberEncoding(safetensors: "BF16") == .bfloat16)
    #expect(NumberEncoding(safetensors: "I32") == nil)
  }

  @Test func `whole numbers of every width are read exactly`() {
    func read(_ type: String, _ bytes: [UInt8]) -> [Double]? {
      guard let encoding = NumberEncoding(numPy: type) else { return nil }
      return encoding.decodeDoubles(Data(bytes), count: bytes.count / encoding.size)
    }
    let signed: [Double] = [-1, 127]
    let unsigned: [Double] = [255, 127]
    #expect(read("|i1", [0xFF, 0x7F]) == signed)
    #expect(read("|u1", [0xFF, 0x7F]) == unsigned)
    #expect(read("|b1", [0, 1]) == [0, 1])
    #expect(read("?", [2, 0]) == [1, 0])
    #expect(read("<i2", [0xFE, 0xFF]) == [-2])
    #expect(read(">u2", [0x01, 0x00]) == [256])
    #expect(read("<u4", [0, 0, 0, 0x80]) == [2_147_483_648])
    #expect(read(">i4", [0xFF, 0xFF, 0xFF, 0xFD]) == [-3])
    #expect(read("<i8", [0, 0, 0, 0, 0, 0, 0x20, 0]) == [9_007_199_254_740_992])
    #expect(read("<u8", [7, 0, 0, 0, 0, 0, 0, 0]) == [7])
  }

  @Test func `whole numbers beyond 2^53 are named`() {
    let encoding = NumberEncoding(numPy: "<i8")
    let bytes = Data([1, 0, 0, 0, 0, 0, 0, 0] + [1, 0, 0, 0, 0, 0, 0x20, 0])
    #expect(encoding?.inexactInteger(in: bytes, count: 1) == nil)
    #expect(encoding?.inexactInteger(in: bytes, count: 2)?.place == 1)
    #expect(encoding?.inexactInteger(in: bytes, count: 2)?.text == "9007199254740993")
    let error = #expect(throws: FileError.self) {
      try NumPyFile.decode(
        NumPyFile.header("<i8", rows: 1, columns: 2) + bytes, file: "big.npy")
    }
    #expect(error?.problem.contains("element 1 (counted from 0, as they lie) is 9007") == true)
  }
}
