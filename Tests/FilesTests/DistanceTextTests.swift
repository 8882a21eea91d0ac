import Fixtures
import Foundation
import Testing

@testable import Files

struct DistanceTextTests {
  private func read(_ text: String, file: String = "d.txt") throws -> DistanceText<Float> {
    try DistanceText(Data(text.utf8), file: file)
  }

  /// The numbers below the diagonal, whatever the form.
  private func lower(_ text: String, file: String = "d.txt") throws -> [Float] {
    let read = try read(text, file: file)
    switch read.numbers {
    case .lowerTriangle(let values): return values
    case .square(let values):
      return (0..<read.count).flatMap { i in (0..<i).map { values[i * read.count + $0] } }
    }
  }

  private func problem(_ text: String) -> String {
    (#expect(throws: FileError.self) { try read(text) })?.problem ?? ""
  }

  /// d(1, 0), d(2, 0), … of four points on a line at 0, 1, 3 and 7.
  private let four: [Float] = [1, 3, 2, 7, 6, 4]

  @Test(arguments: [
    "1\n3,2\n7,6,4\n", "\n1\n3,2\n7,6,4", "1\n3 2\n7 6 4", "1,\r\n3, 2,\r\n7,\t6,4,\r\n",
    "1,3,2,7,6,4", "1\n3\n2\n7\n6\n4\n", "1\n3;2\n7;6;4\n", "1\n3\t2\n7\t6\t4\n",
    "# made by hand\n1\n3,2\n7,6,4\n",
    // With the diagonal, and the upper triangle without and with it.
    "0\n1,0\n3,2,0\n7,6,4,0\n", "1,3,7\n2,6\n4\n", "0,1,3,7\n0,2,6\n0,4\n0\n",
    "0 1 3 7\n0 2 6\n0 4\n0\n",
    "1e-17\n1,-1e-9\n3,2,0\n7,6,4,0\n",
    // SciPy's condensed form.
    "1,3,7,2,6,4", "1\n3\n7\n2\n6\n4\n",
    // Squares.
    "0,1,3,7\n1,0,2,6\n3,2,0,4\n7,6,4,0\n", "0 1 3 7\n1 0 2 6\n3 2 0 4\n7 6 4 0\n",
    ",0,1,2,3\n0,0.0,1,3,7\n1,1,0.0,2,6\n2,3,2,0.0,4\n3,7,6,4,0.0\n",
    "0,1,2,3\n0,1,3,7\n1,0,2,6\n3,2,0,4\n7,6,4,0\n",
    "a,b,c,d\n0,1,3,7\n1,0,2,6\n3,2,0,4\n7,6,4,0\n",
    "0,0,1,3,7\n1,1,0,2,6\n2,3,2,0,4\n3,7,6,4,0\n",
    "\"\",\"a\",\"b\",\"c\",\"d\"\n\"a\",0,1,3,7\n\"b\",1,0,2,6\n\"c\",3,2,0,4\n\"d\",7,6,4,0\n",
    ",0,1,2,3\n0,,,,\n1,1,,,\n2,3,2,,\n3,7,6,4,\n",
    ",1,3,7\n,,2,6\n,,,4\n,,,\n", ",1,3,7\n1,,2,6\n3,2,,4\n7,6,4,\n",
  ]) func `every form of a matrix is read by the lengths of its lines`(text: String) throws {
    #expect(try read(text).count == 4)
    let values = try lower(text)
    #expect(zip(values, four).allSatisfy { abs($0 - $1) < 1e-6 } && values.count == 6, "\(values)")
  }

  @Test func `a square of 6 is a square though 36 is a triangular number`() throws {
    let rows = (0..<6).map { i in (0..<6).map { "\(abs(i - $0))" }.joined(separator: " ") }
    #expect(try read(rows.joined(separator: "\n")).count == 6)
    // The distances along a path have 0, 1, 2, … as their first row; it is no header.
    #expect(try lower("0,1,2\n1,0,1\n2,1,0\n") == [1, 2, 1])
  }

  @Test func `an upper triangle with as many lines as the lower one is another matrix`() throws {
    #expect(try lower("1,2,3\n4,5\n6") == [1, 2, 4, 3, 5, 6])
    #expect(try lower("1\n2,3\n4,5,6") == [1, 2, 3, 4, 5, 6])
  }

  @Test func `what is taken for something is said`() throws {
    #expect(
      try read("0\n1,0\n3,2,0\n").notes == ["d.txt: is read as a lower triangle with its diagonal"])
    #expect(try read("1,2,3\n4,5\n6").notes.first?.contains("upper triangle without") == true)
    #expect(try read("1,3,7,2,6,4").notes.first?.contains("SciPy's condensed form") == true)
    #expect(try read("1,3,2,7,6,4").notes.first?.contains("Ripser's order") == true)
    #expect(try read("1\n3,2\n7,6,4\n").notes.isEmpty)
  }

  @Test func `no numbers are one point`() throws {
    for text in ["", "\n", " \n\n"] { #expect(try read(text).count == 1) }
  }

  @Test func `inf and an empty field are pairs without a distance`() throws {
    #expect(try lower("1\ninf,2\n") == [1, .infinity, 2])
    #expect(try lower("1\n,2\n") == [1, .infinity, 2])
    #expect(try lower("0,1,\n1,0,2\n,2,0\n", file: "d.csv") == [1, .infinity, 2])
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
      #expect(try lower(text).map(\.bitPattern) == [Float(number)?.bitPattern], "\(text)")
      guard
        case .lowerTriangle(let double) =
          try DistanceText<Double>(Data(text.utf8), file: "").numbers
      else {
        Issue.record("no triangle")
        continue
      }
      #expect(double.map(\.bitPattern) == [Double(number)?.bitPattern], "\(text)")
    }
    // All floats near one and near the middle of two, as texts of different lengths.
    for step in 0..<500 {
      let value = 1 + Double(step) * 0x1p-26
      for text in ["\(value)", String(format: "%.9f", value), String(format: "%.17f", value)] {
        #expect(try lower(text).map(\.bitPattern) == [Float(text)?.bitPattern], "\(text)")
      }
    }
  }

  @Test func `what is no distance is named with its line`() {
    for bad in ["x", "1x", ".", "-", "1.2.3", "0x"] {
      #expect(
        problem("1\n2,\(bad)\n").hasPrefix("line 2, field 2: \"\(bad)\" is not a number"), "\(bad)")
    }
    for bad in ["-1", "nan", "-inf"] { #expect(problem("1\n2,\(bad)\n").hasPrefix("line 2: ")) }
    #expect(problem("1\n2,1e39\n").hasPrefix("line 2, field 2: 1e39 is beyond"))
    #expect(problem("1\n2,\(String(repeating: "y", count: 99))").utf8.count < 200)
    #expect(problem("1,5;2,5\n3,5;4,5\n").contains("decimal commas between semicolons"))
    #expect(problem("1,5\t2,5\n3,5\t4,5\n").contains("decimal commas between tabs"))
  }

  @Test func `lines that fit no form are told by their lengths`() {
    #expect(problem("1\n2,3\n4,5\n").contains("3 lines of 1, 2, 2 numbers, 5 in all"))
    #expect(problem("1 2").contains("2 points have 1 and 3 points 3"))
    #expect(
      problem("  1 2 3\n\n4 5 6  ").contains("2 lines of 3, 3 numbers, 6 in all; if its rows"))
    #expect(problem("0,1,2\n1,0,2\n").contains("2 lines of 3, 3 numbers, 6 in all; if its rows"))
    #expect(problem("0,1,2\n1,0\n2,1,0\n").contains("line 2 has 2, most have 3"))
  }
}
