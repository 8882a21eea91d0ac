import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct NumberTextTests {
  @Test(
    arguments: [
      (0.5, "0.5"), (2, "2"), (0, "0"), (-3, "-3"), (1e-7, "1e-07"), (0.1, "0.1"), (1e16, "1e+16"),
      (1_000_000, "1000000"), (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"), (-0.0, "-0"),
      (.pi, "3.141592653589793"), (1.0 / 3, "0.3333333333333333"),
      (.leastNonzeroMagnitude, "5e-324"),
    ] as [(Double, String)])
  func `numbers by hand`(number: Double, text: String) {
    #expect(number.shortestText == text)
  }

  @Test func `floats are as short as floats allow`() {
    #expect(Float(0.1).shortestText == "0.1")
    #expect(Float(1.0 / 3).shortestText == "0.33333334")
  }

  @Test func `every number reads back`() {
    var stream = RandomStream(domain: "test/number-text", seed: 0)
    for _ in 0..<20_000 {
      let bits = stream.next()
      let double = Double(bitPattern: bits)
      let float = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
      if !double.isNaN { #expect(Double(double.shortestText) == double) }
      if !float.isNaN { #expect(Float(float.shortestText) == float) }
    }
  }
}
