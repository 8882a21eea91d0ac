import Foundation
import Testing

@testable import Files

struct DecimalScannerTests {
  /// The number a text begins with, by the scanner.
  private func read<Scalar: DecimalReadable>(_ text: String, _ type: Scalar.Type) -> Scalar? {
    var scanner = DecimalScanner(Data(text.utf8))
    return scanner.next(type)
  }

  @Test func `numbers one after another, each up to its separator`() {
    var scanner = DecimalScanner(Data("1.5,-2\n+3e2 x,".utf8))
    #expect(scanner.next(Double.self) == 1.5 && scanner.current == UInt8(ascii: ","))
    scanner.skip()
    #expect(scanner.next(Double.self) == -2 && scanner.current == UInt8(ascii: "\n"))
    scanner.skip()
    #expect(scanner.next(Double.self) == 300)
    scanner.skip()
    #expect(scanner.next(Double.self) == nil && scanner.token == "x")
    scanner.skip()
    #expect(scanner.current == nil && scanner.next(Double.self) == nil)
  }

  @Test(arguments: [
    "0", "0.1", "123456789.123456789", "9007199254740993", "0.30000000000000004", "1e23",
    "179769313486231570000000000000000000000",
    // Powers of two that a whole number of 64 bits wraps to 0, and beyond.
    "1.8446744073709551616", "18446744073709551616", "0.018446744073709551616",
    "184467440737095516160000.5", "36893488147419103232.25", "000000000000000000000000.5",
    "16777217", "3.4e-46",
    // Halfway between two floats, and one digit of each side of it.
    "1.000000059604644775390625", "1.000000059604644775390624", "1.000000059604644775390626",
  ])
  func `rounded once, as the standard library rounds`(text: String) {
    #expect(read(text, Double.self)?.bitPattern == Double(text)?.bitPattern)
    #expect(read(text, Float.self)?.bitPattern == Float(text)?.bitPattern)
  }

  @Test(arguments: ["", "1.2.3", "--1", "0x", "1,5"])
  func `what is no number gives none, or ends at the comma`(text: String) {
    #expect(read(text, Double.self) == (text == "1,5" ? 1 : nil))
  }
}
