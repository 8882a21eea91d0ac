import Fixtures
import Foundation
import Testing

@testable import Files

struct LowerTriangularTextTests {
  private func read(_ text: String) throws -> LowerTriangularText<Float> {
    try LowerTriangularText(scanning: Data(text.utf8), file: "d.txt")
  }

  private func problem(_ text: String) -> String {
    (#expect(throws: FileError.self) { try read(text) })?.problem ?? ""
  }

  @Test(arguments: [
    "1\n2,3\n4,5,6\n", "\n1\n2,3\n4,5,6", "1\n2 3\n4 5 6", "1,\r\n2, 3,\r\n4,\t5,6,\r\n",
    "1,2,3,4,5,6", "1\n2\n3\n4\n5\n6\n", "  1 2 3\n\n4 5 6  ",
  ]) func `separators and line ends may be any of these`(text: String) throws {
    let triangle = try read(text)
    #expect(triangle.values == [1, 2, 3, 4, 5, 6])
    #expect(triangle.count == 4)
  }

  @Test func `no numbers are one point`() throws {
    for text in ["", "\n", " \n\n"] { #expect(try read(text).count == 1) }
  }

  @Test func `numbers are rounded once`() throws {
    let texts = [
      "0", "0.0", ".5", "5.", "0.1", "16777217", "16777219", "1e-3", "+2", "3.4028235e38", "1e-45",
      "0.30000001192092896", "1.00000005960464477539", "1.000000059604644775390625",
      "1.00000005960464477539062500000001", "123456789012345678901234567890",
      "0.000000000000000000000000000001", "9007199791611904", "9007199791611905",
    ]
    for text in texts {
      let number = text.hasPrefix("+") ? String(text.dropFirst()) : text
      #expect(try read(text).values.map(\.bitPattern) == [Float(number)?.bitPattern], "\(text)")
      let double = try LowerTriangularText<Double>(scanning: Data(text.utf8), file: "").values
      #expect(double.map(\.bitPattern) == [Double(number)?.bitPattern], "\(text)")
    }
    // All floats near one and near the middle of two, as texts of different lengths.
    for step in 0..<500 {
      let value = 1 + Double(step) * 0x1p-26
      for text in ["\(value)", String(format: "%.9f", value), String(format: "%.17f", value)] {
        #expect(try read(text).values.map(\.bitPattern) == [Float(text)?.bitPattern], "\(text)")
      }
    }
  }

  @Test func `a file is read in either precision`() throws {
    let folder = try TemporaryFolder()
    let kept = try folder.write("0.1", "d.txt")
    #expect(try LowerTriangularText<Float>(path: kept).values == [0.1])
    #expect(try LowerTriangularText<Double>(path: kept).values == [0.1])
  }

  @Test func `what is no distance is named with its line`() {
    for bad in ["x", "1x", "-1", "nan", "inf", "1e39", ".", "-", "1.2.3", "0x", "1;2"] {
      #expect(problem("1\n2,\(bad)\n").hasPrefix("line 2: \"\(bad)\" is no distance"), "\(bad)")
    }
    #expect(problem("1\n2,,3\n").hasPrefix("line 2: two commas"))
    #expect(problem("1\n2,\(String(repeating: "y", count: 99))").utf8.count < 200)
  }

  @Test func `numbers that make no triangle are told with the first line that does not fit`() {
    #expect(
      problem("1\n2,3\n4,5\n").hasPrefix(
        "holds 5 numbers; 3 points have 3 and 4 points 6: line 3 has 2 numbers; row 3 (counted "))
    #expect(problem("0,1\n1,0").contains("line 1 has 2 numbers; row 1"))
    #expect(problem("1 2").hasPrefix("holds 2 numbers; 2 points have 1 and 3 points 3"))
  }
}
