import Foundation
import LinearAlgebra
import Testing

@testable import Files

struct PointsTextTests {
  private func read(_ text: String) throws -> PointsText {
    try PointsText(Data(text.utf8), file: "m.csv")
  }

  private func problem(_ text: String) -> String {
    (#expect(throws: FileError.self) { try read(text) })?.problem ?? ""
  }

  private let points = Matrix<Double>(
    rows: 4, columns: 3, values: [0.5, 1, 2, -3, 1e-3, 4, 5, 6.25, 0, 7, 8, 9])

  private static let rows = ["0.5,1.0,2.0", "-3.0,1e-3,4.0", "5.0,6.25,0.0", "7.0,8.0,9.0"]
  private static let plain = rows.joined(separator: "\n") + "\n"
  private static let indexed = rows.enumerated().map { "\($0),\($1)" }.joined(separator: "\n")
  private static let labelled = rows.enumerated().map { "img \($0).png,\($1)" }
    .joined(separator: "\r\n")

  @Test(arguments: [plain, "x,y,z\n" + plain, "# a comment\n" + plain])
  func `numbers alone and numbers under names are said nothing of`(text: String) throws {
    for separator in [",", ";", "\t", " "] {
      let text = text.replacing(",", with: separator)
      #expect(try read(text).matrix == points, "\(text)")
      #expect(try read(text).notes.isEmpty, "\(text)")
    }
  }

  @Test(arguments: [
    // pandas: with and without an index, of numbers and of names; read back and written again; R's.
    "0,1,2\n" + plain, ",0,1,2\n" + indexed, ",x,y,z\n" + indexed, indexed, ",x,y,z\n" + labelled,
    "\"\",\"V1\",\"V2\",\"V3\"\n" + indexed, "V1,V2,V3\n" + indexed, "Unnamed: 0,x,y,z\n" + indexed,
    "id,0,1,2\n" + indexed, ",4,7,9\n" + indexed, "1,2,3\n" + plain, "\u{FEFF}0,1,2\r\n" + plain,
  ]) func `headers of numbers and indices are recognised and said`(text: String) throws {
    for separator in [",", ";", "\t"] {
      let text = text.replacing(",", with: separator)
      let read = try read(text)
      #expect(read.matrix == points, "\(text)")
      #expect(!read.notes.isEmpty, "\(text)")
      #expect(read.notes.allSatisfy { $0.hasPrefix("m.csv: ") })
    }
  }

  @Test func `a line of names above makes numbers of a line that counts`() throws {
    #expect(try read("0,1,2\n3,4,5\n").matrix.rows == 1)
    #expect(try read("x,y,z\n0,1,2\n3,4,5\n").matrix.rows == 2)
    #expect(try read("0\n1\n2\n").matrix.values == [0, 1, 2])
    #expect(try read("0\n1.5\n2.5\n0.0\n").matrix.values == [1.5, 2.5, 0])
    #expect(try read("0,1,2").matrix.rows == 1)
    // Blanks are NumPy's, which writes no names.
    #expect(try read("0 1 2\n3 4 5\n").matrix.rows == 2)
    #expect(try read("0 1 2\n3 4 5\n").notes.count == 1)
  }

  @Test func `a column that counts among others that may is a coordinate, and said`() throws {
    #expect(try read("0,5\n1,7\n2,9\n").matrix.columns == 2)
    #expect(try read("0,5\n1,7\n2,9\n").notes.count == 1)
    #expect(try read("t,x\n0,5.5\n1,7.5\n2,9.5\n").matrix.columns == 2)
    #expect(try read("t,x\n0,5.5\n1,7.5\n2,9.5\n").notes.first?.contains("\"t\"") == true)
  }

  @Test func `what is no number is named with its line and the separator`() {
    #expect(problem("1,2\n3,four\n") == "line 2, field 2: \"four\" is not a number")
    #expect(problem("1,2\n3,\n") == "line 2, field 2: \"\" is not a number")
    #expect(problem("1;2\n3;x\n").hasSuffix("is not a number (fields are separated by semicolons)"))
    #expect(problem("1,2\n3,4 5\n").contains("\"4 5\" is not a number"))
    #expect(problem("x;y\n1,5;2\n").contains("decimal commas between semicolons"))
    #expect(problem("1;2,x\n").contains("both commas and semicolons"))
    #expect(problem("1 2\n3\n").contains("line 2: 1 fields, the first row has 2"))
  }
}
