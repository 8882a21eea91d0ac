import Files
import Foundation
import Pages
import Runs
import Testing

@testable import Reports

struct PageTableTests {
  private static let file = RunFile("t.csv", "A table.")
  private static let scope = Column<String>("scope", "What a row is of.")

  private func html(
    _ text: String, columns: [PageColumn]? = nil, filter: [RowFilter] = [], limit: Int = 10
  ) throws -> String {
    try PageTable(
      file: Self.file, title: "T & co", caption: "About.", columns: columns, filter: filter,
      limit: limit
    ).html(Table(CSV(text, file: "t.csv"), as: Self.file), id: "table-t").markup
  }

  private func number(_ name: String) -> Column<Double?> { Column(name, "A number.") }

  @Test func `heads are buttons, and cells are escaped`() throws {
    let html = try html("name,value\n<b>,1.23456\nc,\n")
    #expect(html.contains("<h3 id=\"table-t\">T &amp; co</h3>"))
    #expect(
      html.contains(
        "<th scope=\"col\" aria-sort=\"none\" class=\"number\"><button type=\"button\">value</button></th>"
      ))
    #expect(html.contains("<td>&lt;b&gt;</td><td class=\"number\">1.235</td>"))
    #expect(html.contains("<td>c</td><td class=\"number\"></td>"))
    #expect(html.contains("About. File: t.csv."))
  }

  @Test func `intervals stand in brackets, and absent columns are named`() throws {
    let html = try html(
      "x,x_low,x_high,empty\n0.51234,0.4,0.61234,\n0.7,,,\n",
      columns: [
        .init(number("x"), interval: (number("x_low"), number("x_high"))), .init(number("gone")),
        .init(number("empty")),
      ])
    #expect(html.contains("0.5123 <span class=\"interval\">[0.4000, 0.6123]</span></td>"))
    #expect(html.contains("<td class=\"number\">0.7000</td>"))
    #expect(html.contains("File: t.csv, which lacks gone that this version writes."))
    #expect(!html.contains(">gone<") && !html.contains(">empty<"))
  }

  @Test func `rows past the limit are counted`() throws {
    let text = "scope,x\n" + (0..<30).map { "\($0 < 20 ? "all" : "b"),\($0)\n" }.joined()
    let html = try html(text, filter: [Self.scope == "all"], limit: 5)
    #expect(html.contains("5 of the file&#39;s 30 rows."))
    #expect(html.components(separatedBy: "<tr><td").count == 6)
    #expect(try self.html(text, filter: [Self.scope == "c"]).contains("No row to show."))
  }

  @Test func `levels stay as they are`() throws {
    #expect(try html("level\n0.5\n1\n").contains("<td class=\"number\">0.5</td>"))
  }

  @Test func `rows come by the size of a number, those without it last`() throws {
    let table = PageTable(
      file: Self.file, title: "T", caption: "", columns: nil, order: .size(number("x")))
    let html = try table.html(
      Table(CSV("name,x\na,0.1\nb,\nc,-0.5\nd,0.3\n", file: "t.csv"), as: Self.file), id: "t"
    ).markup
    let names = html.matches(of: /<tr><td>(.)<\/td>/).map { String($0.1) }
    #expect(names == ["c", "d", "a", "b"])
  }

  @Test func `what is the same in all rows is said once`() throws {
    let html = try html("noise,level,x\ngaussian,1,0.1\ngaussian,2,0.2\n")
    #expect(html.contains("About. In all rows: noise gaussian. File: t.csv."))
    #expect(!html.contains(">noise</button>") && html.contains(">level</button>"))
    // Of one row it would leave nothing.
    #expect(try self.html("noise,x\ngaussian,0.1\n").contains(">noise</button>"))
  }

  @Test func `measures are called as sentences call them`() throws {
    #expect(
      try html("measure\nbottleneck_h1\nnone\n").contains(
        "<td><span title=\"bottleneck_h1\">bottleneck distance in H1</span></td>"))
  }

  @Test func `the control stands beside the rows that it has too`() throws {
    let (name, x) = (Column<String>("name", ""), number("x"))
    var table = PageTable(
      file: Self.file, title: "T", caption: "",
      columns: [.init(name), .init(x, interval: (number("low"), number("high")))],
      controlKeys: [name])
    func html(_ control: String?) throws -> String {
      let control = try control.map { Table(try CSV($0, file: "c.csv"), as: Self.file) }
      return try table.html(
        Table(CSV("name,x,low,high\na,0.1,0,0.2\nb,0.3,,\n", file: "t.csv"), as: Self.file),
        id: "t", in: .init(control: control)
      ).markup
    }
    let both = try html("name,x,low,high\na,0.7,0.6,0.8\n")
    #expect(both.contains(">control</button>") && both.contains("0.7000 <span class=\"interval\">"))
    #expect(try !html(nil).contains("control"))
    table.controlKeys = nil
    table.hasControlRows = true
    let rows = try html("name,x,low,high\na,0.7,0.6,0.8\n")
    #expect(rows.contains("<tr class=\"control\"><td>of random weights</td><td>a</td>"))
    #expect(rows.contains("<td>of this run</td>"))
  }
}
