import Fixtures
import Foundation
import LinearAlgebra
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

  /// Euclidean distances of 9 points of 30 coordinates, among which any two pairs make a triangle.
  private var highDimensional: [[Float]] {
    let points = Matrix<Double>.gaussian(9, 30)
    return (0..<9).map { i in
      (0..<9).map { j in
        Float(
          zip(points.row(i), points.row(j)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            .squareRoot())
      }
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

  @Test(arguments: [
    ",10,20,40,30\n10,0.0,1,3,7\n20,1,0.0,2,6\n40,3,2,0.0,4\n30,7,6,4,0.0\n",
    "\t10\t20\t30\t40\n10\t0\t1\t3\t7\n20\t1\t0\t2\t6\n30\t3\t2\t0\t4\n40\t7\t6\t4\t0\n",
    ",0.5,1.5,2.5,7.0\n0.5,0,1,3,7\n1.5,1,0,2,6\n2.5,3,2,0,4\n7.0,7,6,4,0\n",
    ",10,20,30,40,\n10,0,1,3,7,\n20,1,0,2,6,\n30,3,2,0,4,\n40,7,6,4,0,\n",
    ",10,20,30,40\n10,,1,3,7\n20,,,2,6\n30,,,,4\n40,,,,\n",
    ",10,20,30,40\r\n10,0,1,3,7\r\n20,1,0,2,6\r\n30,3,2,0,4\r\n40,7,6,4,0\r\n",
    // Half a square below columns without names.
    "0,1,2,3\n,1,3,7\n,,2,6\n,,,4\n,,,\n", "0,1,2,3\n,,,\n1,,,\n3,2,,\n7,6,4,\n",
  ]) func `labels of rows and columns are no distances, and said`(text: String) throws {
    let read = try read(text)
    #expect(read.count == 4 && !read.notes.isEmpty)
    #expect(try lower(text) == four)
  }

  @Test func `labels that are numbers are dropped of two points too`() throws {
    #expect(try lower(",7,9\n7,0,2.5\n9,2.5,0\n") == [2.5])
    // An empty diagonal is none.
    #expect(try lower(",1\n1,\n") == [1])
  }

  @Test func `a list whose order nothing tells is refused, but for one column`() throws {
    let rows = highDimensional
    let condensed = (0..<9).flatMap { i in (i + 1..<9).map { rows[i][$0] } }
    let triangle = (0..<9).flatMap { i in (0..<i).map { rows[i][$0] } }
    func joined(_ list: [Float], _ separator: String) -> String {
      list.map { "\($0)" }.joined(separator: separator)
    }
    #expect(problem(joined(condensed, ",")).contains("nothing tells their order"))
    #expect(problem(joined(triangle, " ")).contains("nothing tells their order"))
    // As numpy.savetxt writes SciPy's.
    #expect(try lower(joined(condensed, "\n")) == triangle)
    #expect(try read(joined(condensed, "\n")).notes.first?.contains("as NumPy writes it") == true)
    // All distances are the same in both orders.
    #expect(try lower("1,1,1,1,1,1") == [1, 1, 1, 1, 1, 1])
    // Numbers with few digits.
    #expect(try lower("1.0,3.0,2.0,7.001,6.0,4.0") == [1, 3, 2, 7.001, 6, 4])
  }

  @Test func `lines that are filled up are a list`() throws {
    #expect(try lower("1 3 2 7\n6 4\n") == four)
    #expect(try lower("1 3 7 2\n6 4\n") == four)
    #expect(try lower("1,3,2,7,\n6,4\n") == four)
    // A square that lacks a number is none.
    #expect(problem("0,1,3,7\n1,0,2,6\n3,2,0,4\n7,6,4\n").contains("4 lines of 4, 4, 4, 3"))
  }

  @Test func `a separator at the end of a list is no distance`() throws {
    #expect(try lower("1,3,2,7,6,4,") == four)
    #expect(problem("0.5,0.7,\n").contains("ends in a separator"))
    #expect(try lower("5,\n") == [5])
  }

  @Test func `lines end in a carriage return or not`() throws {
    for text in [
      "1\n3,2\n7,6,4\n", "1,3,7\n2,6\n4\n", ",1,3,7\n,,2,6\n,,,4\n,,,\n",
      ",0,1,2,3\n0,0.0,1,3,7\n1,1,0.0,2,6\n2,3,2,0.0,4\n3,7,6,4,0.0\n",
      "a,b,c,d\n0,1,3,7\n1,0,2,6\n3,2,0,4\n7,6,4,0\n", "1\n3\n2\n7\n6\n4\n", "1;3;2;7;6;4\n",
      ",a,b,c,d\na,0,1,3,7\nb,1,0,2,6\nc,3,2,0,4\nd,7,6,4,0\n", "1\n3\t2\n7\t6\t4\n",
    ] {
      #expect(try lower(text.replacing("\n", with: "\r\n")) == four, "\(text)")
      let mixed = text.split(separator: "\n", maxSplits: 1).joined(separator: "\r\n")
      #expect(try lower(mixed) == four, "\(text)")
    }
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
    for text in ["1e39", "\"1e39\"", "\" -1e39 \""] {
      let problem = problem("1\n2,\(text)\n")
      #expect(problem.contains("e39 is beyond what float32 holds; --distance-precision float64"))
    }
    #expect(throws: Never.self) { try lower("1\n2,\"inf\"\n") }
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
