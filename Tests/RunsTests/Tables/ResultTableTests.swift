import Fixtures
import Foundation
import Testing

@testable import Runs

struct ResultTableTests {
  private func table() -> ResultTable {
    var table = ResultTable(columns: ["name", "value"])
    table.append([.text("plain"), .number(0.1)])
    table.append([.text("a, \"b\""), .number(2)])
    table.append([.text("two\nlines"), .count(-3)])
    table.append([.text(""), .missing])
    table.append([.text("infinite"), .number(-.infinity)])
    table.append([.text("undefined"), .number(-.nan)])
    table.append([.text("absent"), .init(nil)])
    return table
  }

  @Test func `CSV of every kind of value`() {
    #expect(
      table().csv == """
        name,value
        plain,0.1
        "a, ""b\""",2
        "two
        lines",-3
        ,
        infinite,-inf
        undefined,
        absent,

        """)
    #expect(ResultTable(columns: ["a", "b"]).csv == "a,b\n")
  }

  @Test func `JSON of every kind of value`() throws {
    let text = try ResultTable.json(["rows": table().objects])
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let rows = try #require(object?["rows"] as? [[String: Any]])
    #expect(
      rows.map { $0["name"] as? String } == [
        "plain", "a, \"b\"", "two\nlines", "", "infinite", "undefined", "absent",
      ])
    #expect(rows.prefix(3).map { $0["value"] as? Double } == [0.1, 2, -3])
    #expect(rows.dropFirst(3).allSatisfy { $0["value"] is NSNull })
    #expect(text.hasSuffix("}\n"))
  }

  @Test func `numbers read back exactly, from both`() throws {
    let numbers = [1.0 / 3, 1e-300, 123_456_789.125, 0.1 + 0.2, .leastNonzeroMagnitude]
    var table = ResultTable(columns: ["x"])
    for number in numbers { table.append([.number(number)]) }
    #expect(table.csv.split(separator: "\n").dropFirst().map { Double($0) } == numbers)
    let rows = try #require(try JSONTables(ResultTable.json(["rows": table.objects])).rows)
    #expect(rows.map { $0["x"] } == numbers.map { .number($0) })
  }

  @Test func `a condition's cells are its fields, the seed a number`() throws {
    let noisy = try #require(Condition(name: "gaussian-0.5-s3"))
    #expect(Condition.clean.tableValues == [.text("none"), .number(0), .missing])
    #expect(noisy.tableValues == [.text("gaussian"), .number(0.5), .count(3)])
    // Beyond what readers of JSON hold.
    let large = try #require(Condition(name: "gaussian-1-s18446744073709551615"))
    #expect(large.tableValues[2] == .text("18446744073709551615"))
    for condition in [Condition.clean, noisy, large] {
      var table = ResultTable(columns: Condition.tableColumns)
      table.append(condition.tableValues)
      let line = condition.tableFields.joined(separator: ",")
      #expect(table.csv == "noise,level,seed\n\(line)\n")
    }
  }
}
