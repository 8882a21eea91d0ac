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
    #expect(try read("0,1,2\n3,4,5.5\n").matrix.rows == 1)
    #expect(try read("x,y,z\n0,1,2\n3,4,5\n").matrix.rows == 2)
    #expect(try read("0\n1\n2\n").matrix.values == [0, 1, 2])
    #expect(try read("0\n1.5\n2.5\n0.0\n").matrix.values == [1.5, 2.5, 0])
    #expect(try read("0,1,2").matrix.rows == 1)
    // Blanks are NumPy's, which writes no names.
    #expect(try read("0 1 2\n3 4 5\n").matrix.rows == 2)
    #expect(try read("0 1 2\n3 4 5\n").notes.count == 1)
  }

  @Test func `whole numbers that count above whole numbers are a point, and said`() throws {
    for text in ["0,1\n0,0\n1,0\n1,1\n", "0,1,2\n3,4,5\n", "0,1\n-1,-2\n-3,4\n1,1\n"] {
      let read = try read(text)
      #expect(read.matrix.rows == text.split(separator: "\n").count, "\(text)")
      #expect(read.notes.first?.contains("is read as a point; if it names the columns") == true)
    }
    // So many count by no chance.
    let wide = try read("0,1,2,3,4\n9,8,7,6,5\n0,0,0,0,1\n")
    #expect(wide.matrix.rows == 2)
    #expect(wide.notes.first?.contains("taken for the columns' names") == true)
  }

  @Test func `a row with a name of its own is no header`() throws {
    #expect(problem("a,0\nb,2\nc,5\n") == "line 1, field 1: \"a\" is not a number")
    #expect(problem("a,0,1\nb,2,5\n").hasPrefix("line 1, field 1: \"a\""))
    let read = try read("id,0,1\na,2.5,1.0\nb,3.0,0.5\n")
    #expect(read.matrix == Matrix<Double>([[2.5, 1], [3, 0.5]]))
    #expect(read.notes.first?.contains("line 1 is taken for the columns' names, 0, 1") == true)
  }

  @Test func `one column beside one that counts leaves both coordinates, and that is said`() throws
  {
    let read = try read("0,0.5\n1,0.7\n2,0.9\n")
    #expect(read.matrix.columns == 2 && read.matrix[2, 0] == 2)
    #expect(
      read.notes.first?.contains("counts the rows, 0 to 2, and is read as a coordinate") == true)
  }

  @Test func `an index under a name is none, and what looks like one is said`() throws {
    func read(_ text: String) throws -> (columns: Int, note: String) {
      let read = try self.read(text)
      return (read.matrix.columns, read.notes.first ?? "")
    }
    for text in [
      "id,x,y\n0,1.5,2.5\n1,3.5,4.5\n2,5.5,6.5\n", "Index,x,y\n1,1.5,2\n2,3.5,4\n3,5.5,6\n",
    ] {
      #expect(try read(text).columns == 2, "\(text)")
      #expect(try read(text).note.contains("and is taken for an index"))
    }
    for (text, word) in [
      ("id,x,y\n7,1.5,2.5\n10,3.5,4.5\n13,5.5,6.5\n", "\"id\" is read as a coordinate"),
      ("no,x,y\n7,1.5,2.5\n1,3.5,4.5\n13,5.5,6.5\n", "\"no\" has whole numbers, other than"),
      ("t,x,y\n1,1.5,2.5\n2,3.5,4.5\n3,5.5,6.5\n", "\"t\" counts the rows, 1 to 3, and is read"),
      ("x,class,y\n1.5,1,2.5\n3.5,0,4.5\n5.5,1,6.5\n", "\"class\" is read as a coordinate"),
      ("cls,i,y\n0,0,2.5\n0,1,4.5\n1,0,6.5\n", "\"cls\" has whole numbers"),
      ("1,1.5,2.5\n2,3.5,4.5\n3,5.5,6.5\n", "first column counts the rows, 1 to 3, and is read"),
      ("9,1.5,2.5\n2,3.5,4.5\n3,5.5,6.5\n", "first column has whole numbers"),
    ] {
      #expect(try read(text).columns == 3, "\(text)")
      let note = try read(text).note
      #expect(note.contains(word), "\(text): \(note)")
    }
    for text in ["x,y\n1,2.5\n1,3.5\n2,4.5\n", "x,y\n1,2\n5,3\n2,4\n"] {
      #expect(try read(text).note.isEmpty, "\(text)")
    }
    #expect(try self.read("0\n5\n7\n9\n20\n").matrix.rows == 5)
    #expect(try read("0\n5\n7\n9\n20\n").note.contains("is read as a point"))
  }

  @Test func `True and False are numbers, hexadecimal digits are none`() throws {
    let bits = Matrix<Double>([[1, 0], [0, 1]])
    for text in ["True,False\nFalse,True\n", "a,b\nTrue,False\n\"False\",TRUE\n"] {
      #expect(try read(text).matrix == bits, "\(text)")
    }
    #expect(problem("1.5,2\n0x10,3\n") == "line 2, field 1: \"0x10\" is not a number")
    #expect(problem("1.5,2\n\"0x10\",3\n") == "line 2, field 1: \"0x10\" is not a number")
    #expect(problem("0x1,2\n1,3\n").hasPrefix("line 1, field 1: \"0x1\""))
  }

  @Test func `a quote within a field is a character like others`() throws {
    #expect(
      try read(",x,y\n5\" nail,1,2\nb,3,4\n6\",5,5\n").matrix
        == Matrix<Double>([[1, 2], [3, 4], [5, 5]]))
    #expect(
      try read(",x,y\n\"5\"\" nail, big\",1,2\nb,3,4\n").matrix
        == Matrix<Double>([[1, 2], [3, 4]]))
  }

  @Test func `a tab at the end of lines separates nothing`() throws {
    #expect(
      try read("0.1,0.2\t\n0.3,0.4\t\n").matrix == Matrix<Double>([[0.1, 0.2], [0.3, 0.4]]))
    #expect(try read("x\ty\t\n1\t2\n").matrix == Matrix<Double>([[1, 2]]))
  }

  @Test func `lines end in a carriage return or not`() throws {
    for text in [
      ",0,1\n0,1,5\n1,2,7\n", "id,x,y\n0,1,5\n7,2,7\n", ",x,y\na,1,5\nb,2,7\n",
      "\"\",\"x\",\"y\"\n\"a\",1,5\n\"b\",2,7\n", "0;1.5;2\n1;2.5;3\n2;4.5;5\n",
      "0,1\n1.5,5\n2.5,7\n",
      "x\ty\n1\t5\n",
    ] {
      let (plain, returned) = (try read(text), try read(text.replacing("\n", with: "\r\n")))
      #expect(plain.matrix == returned.matrix && plain.notes == returned.notes, "\(text)")
      let mixed = text.split(separator: "\n", maxSplits: 1).joined(separator: "\r\n")
      #expect(try read(mixed).matrix == plain.matrix, "\(text)")
    }
  }

  @Test func `a column that counts among others that may is a coordinate, and said`() throws {
    #expect(try read("0,5\n1,7\n2,9\n").matrix.columns == 2)
    #expect(try read("0,5\n1,7\n2,9\n").notes.count == 1)
    #expect(try read("t,x\n0,5.5\n1,7.5\n2,9.5\n").matrix.columns == 2)
    #expect(try read("t,x\n0,5.5\n1,7.5\n2,9.5\n").notes.first?.contains("\"t\"") == true)
  }

  @Test func `what is no number is named with its line and the separator`() {
    #expect(problem("1,2\n3,four\n") == "line 2, field 2: \"four\" is not a number")
    #expect(problem("1,2\n3,\n") == "line 2, field 2: is empty; fill it in, or leave the line out")
    #expect(problem("1;2\n3;x\n").hasSuffix("is not a number (fields are separated by semicolons)"))
    #expect(problem("1,2\n3,4 5\n").contains("\"4 5\" is not a number"))
    #expect(problem("x;y\n1,5;2\n").contains("decimal commas between semicolons"))
    #expect(problem("1;2,x\n").contains("both commas and semicolons"))
    #expect(problem("1 2\n3\n").contains("line 2: 1 fields, the first row has 2"))
  }
}
