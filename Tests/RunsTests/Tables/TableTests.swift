import Files
import Foundation
import Testing

@testable import Runs

/// A table with a column of every type.
private enum Sample {
  static let name = Column<String>("name", "A text.")
  static let number = Column<Double>("number", unit: "radians", "A number.")
  static let count = Column<Int>("count", "A count.")
  static let flag = Column<Bool>("flag", "Yes or no.")
  static let seed = Column<UInt64?>("seed", "A seed, or none.")
  static let maybe = Column<Double?>("maybe", "A number, or none.")
  static let file = RunFile(
    "sample.csv", "Rows.", columns: [name, number, count, flag, seed, maybe])
}

@Suite struct TableTests {
  private func table() -> Table {
    var table = Table(Sample.file)
    table.append([
      Sample.name("a, \"b\""), Sample.number(0.1), Sample.count(-3), Sample.flag(true),
      Sample.seed(.max), Sample.maybe(nil),
    ])
    table.append([
      Sample.name(""), Sample.number(.infinity), Sample.count(0), Sample.flag(false),
      Sample.seed(7), Sample.maybe(.nan),
    ])
    return table
  }

  @Test func `fields are written so that they read back`() throws {
    #expect(
      table().csv == """
        name,number,count,flag,seed,maybe
        "a, \"\"b\"\"",0.1,-3,true,18446744073709551615,
        ,inf,0,false,7,

        """)
    let read = Table(try CSV(table().csv, file: "sample.csv"), as: Sample.file)
    #expect(try read[Sample.name] == ["a, \"b\"", ""])
    #expect(try read[Sample.number] == [0.1, .infinity])
    #expect(try read[Sample.count] == [-3, 0])
    #expect(try read[Sample.flag] == [true, false])
    #expect(try read[Sample.seed] == [.max, 7])
    #expect(try read[Sample.maybe] == [nil, nil])
  }

  @Test func `in JSON what is no number is null, and a seed beyond Int a text`() throws {
    let text = try Table.json(["rows": table().objects])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
    let rows = try #require(object["rows"])
    #expect(rows[0]["seed"] as? String == "18446744073709551615")
    #expect(rows[0]["maybe"] is NSNull && rows[1]["maybe"] is NSNull)
    #expect(rows[1]["number"] is NSNull)
    #expect(rows[0]["count"] as? Int == -3 && rows[1]["seed"] as? Int == 7)
    #expect(rows[0]["flag"] as? Bool == true)
  }

  @Test func `a column that is missing is an error that lists those there are`() throws {
    let read = Table(try CSV("name,other\nx,1\n", file: "f.csv"), as: Sample.file)
    #expect(throws: FileError.self) { try read[Sample.number] }
    do {
      _ = try read.rows(where: Sample.count == 1)
      Issue.record("a filter on a missing column passed")
    } catch let error as FileError {
      #expect("\(error)" == "f.csv: has no column \"count\"; its columns are name, other")
    }
    // What the data decide, or a user has added, is kept.
    #expect(read.columns.map(\.name) == ["name", "other"] && !read.has(Sample.number))
  }

  @Test(arguments: [
    ("number", "x"), ("number", "nan"), ("number", ""), ("count", "1.5"), ("flag", "yes"),
    ("seed", "-1"),
  ])
  func `a field that is no value of its column's type names the line`(
    column: String, field: String
  ) throws {
    let read = Table(try CSV("\(column)\n\n\"\(field)\"\n", file: "f.csv"), as: Sample.file)
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return ""
    }
    let text = message {
      switch column {
      case "number": _ = try read[Sample.number]
      case "count": _ = try read[Sample.count]
      case "flag": _ = try read[Sample.flag]
      default: _ = try read[Sample.seed]
      }
    }
    #expect(text.hasPrefix("f.csv: line 3: \(column) is \"\(field)\"; expected a "), "\(text)")
  }

  @Test func `rows are found by typed values`() throws {
    let text = "name,number,seed\na,0.50,\na,1,0\nb,0.5,0\n"
    let read = Table(try CSV(text, file: "f.csv"), as: Sample.file)
    #expect(try read.rows(where: Sample.number == 0.5).count == 2)
    #expect(
      try read.rows(where: Sample.name == "a", Sample.seed == nil).rows == [["a", "0.50", ""]])
    #expect(try read.rows(where: Sample.name == "c").isEmpty)
  }

  @Test func `the condition of every row`() throws {
    let file = RunFile("c.csv", "Conditions.", columns: ConditionColumns.all)
    let text = "noise,level,seed\nnone,0,\ngaussian,0.5,3\ndefocus_blur-2,3,\n"
    let read = Table(try CSV(text, file: "c.csv"), as: file)
    let conditions = try read.conditions()
    #expect(conditions.map(\.name) == ["clean", "gaussian-0.5-s3", "defocus_blur-2-3"])
    #expect(try read.rows(of: conditions[1]).count == 1)
    var again = Table(file)
    for condition in conditions { again.append(condition.cells) }
    #expect(again.csv == text)
    let bad = Table(try CSV("noise,level,seed\ngaussian,-1,0\n", file: "c.csv"), as: file)
    #expect(throws: FileError("c.csv", "line 2: its noise, level and seed are no condition")) {
      try bad.conditions()
    }
  }
}
