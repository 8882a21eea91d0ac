import Testing

@testable import Datasets

struct MATLABNumbersTests {
  @Test(
    arguments: [
      (1, [0xFF, 2], [-1, 2]), (2, [0xFF, 2], [255, 2]), (3, [0xFE, 0xFF, 1, 0], [-2, 1]),
      (4, [0xFE, 0xFF, 1, 0], [65_534, 1]), (5, [0xFD, 0xFF, 0xFF, 0xFF], [-3]),
      (6, [0xFD, 0xFF, 0xFF, 0xFF], [4_294_967_293]), (7, [0, 0, 0x20, 0xC0], [-2.5]),
      (9, [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], [1.5]),
      (12, [0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [-4]),
      (13, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x1p64]), (9, [], []),
    ] as [(Int, [UInt8], [Double])])
  func `numbers of every type, in both byte orders`(
    type: Int, bytes: [UInt8], values: [Double]
  ) throws {
    let little = try MATLABNumbers(([1] + bytes)[1...], type: type, isBigEndian: false)
    #expect(little.values == values && little.count == values.count)
    let size = values.isEmpty ? 1 : bytes.count / values.count
    let swapped = stride(from: 0, to: bytes.count, by: size).flatMap {
      bytes[$0..<$0 + size].reversed()
    }
    let big = try MATLABNumbers(swapped[...], type: type, isBigEndian: true)
    #expect(big == little)
  }

  @Test func `bytes that are no numbers are refused`() {
    for type in [0, 8, 10, 11, 14, 16, -1] {
      let fault = #expect(throws: MATLABNumbers.Fault.self) {
        try MATLABNumbers([0, 0], type: type, isBigEndian: false)
      }
      #expect(fault?.problem == "before it stand numbers of the unknown type \(type)")
    }
    let fault = #expect(throws: MATLABNumbers.Fault.self) {
      try MATLABNumbers([0, 0, 0], type: 3, isBigEndian: false)
    }
    #expect(fault?.problem == "before it 3 bytes hold numbers of 2 bytes each")
  }
}
