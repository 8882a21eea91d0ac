import Files
import Foundation
import Testing

@testable import Runs

/// A table with a column of every type.
private enum Sample {
  static let name = Column<String>("name", "A text.")
  static let number = Column<Double>(
    "number", unit: "radians", in: 0...(.infinity), "A number.")
  static let count = Column<Int>("count", "A count.")
  static let flag = Column<Bool>("flag", "Yes or no.")
  static let seed = Column<UInt64?>("seed", "A seed, or none.")
  static let maybe = Column<Double?>("maybe", "A number, or none.")
  static let share = Column<Double>("share", in: 0...1, "A share.")
  static let rank = Column<Int>("rank", in: 1..., "A rank.")
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
    ("seed", "-1"), ("number", "-0.1"), ("number", "-inf"), ("count", "9223372036854775807"),
    ("count", "1e300"), ("maybe", "inf"), ("maybe", "1e300"), ("share", "1.1"), ("share", "-1"),
    ("rank", "0"), ("rank", "1e300"), ("rank", "inf"),
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
      case "maybe": _ = try read[Sample.maybe]
      case "share": _ = try read[Sample.share]
      case "rank": _ = try read[Sample.rank]
      default: _ = try read[Sample.seed]
      }
    }
    #expect(text.hasPrefix("f.csv: line 3: \(column) is \"\(field)\"; expected a "), "\(text)")
  }

  @Test func `what is expected says the ends`() {
    #expect(Sample.rank.expected == "a whole number from 1 to 1000000000000000")
    #expect(Sample.share.expected == "a number from 0 to 1")
    #expect(Sample.number.expected == "a number from 0, or inf")
    #expect(Sample.maybe.expected == "a number from -1e+100 to 1e+100, or nothing")
    #expect(Sample.name.expected == "a text")
  }

  @Test func `rounding carries a share a little beyond its end`() {
    #expect(Sample.share.value("1.0000001") == 1.0000001)
    #expect(Sample.share.value("-1e-7") == -1e-7)
    #expect(Sample.share.value("1.001") == nil)
    #expect(Sample.rank.value("0") == nil)
  }

  @Test func `a table is checked whole`() throws {
    let file = RunFile("s.csv", "Rows.", columns: [Sample.rank, Sample.share])
    let good = Table(try CSV("rank,share,own\n1,0.5,x\n", file: "s.csv"), as: file)
    #expect(try good.checked().count == 1)
    let bad = Table(try CSV("rank,share\n1,0.5\n2,1e300\n", file: "s.csv"), as: file)
    let message = "line 3: share is \"1e300\"; expected a number from 0 to 1"
    #expect(throws: FileError("s.csv", message)) { try bad.checked() }
  }

  @Test func `a list names a condition once, and no file's path`() throws {
    let file = RunFile("c.csv", "Conditions.", columns: ConditionColumns.all)
    let twice = "noise,level,seed\nnone,0,\nblur,2,\nblur,2.0,\n"
    let table = Table(try CSV(twice, file: "c.csv"), as: file)
    #expect(throws: FileError("c.csv", "line 4: the condition blur-2 stands there twice")) {
      try table.distinctConditions()
    }
    let path = Table(try CSV("noise,level,seed\n../x,1,\n", file: "c.csv"), as: file)
    let problem = "line 2: its noise, level and seed are no condition"
    #expect(throws: FileError("c.csv", problem)) {
      try path.conditions()
    }
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
    let problem = "line 2: level is \"-1\"; expected a number from 0 to 1e+100"
    #expect(throws: FileError("c.csv", problem)) {
      try bad.conditions()
    }
  }
}
