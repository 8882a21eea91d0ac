import Testing

@testable import Pages

struct SortableTableTests {
  @Test func `heads are buttons, and numbers have their class in every row`() {
    var table = SortableTable(
      columns: [.init(title: "a & b", isNumeric: false), .init(title: "x", isNumeric: true)])
    table.append(["<b>1</b>", "2"])
    #expect(
      table.html(labelledBy: "t").markup == """
        <div class="table"><div class="table-box" tabindex="0" role="region" aria-labelledby="t">\
        <table class="sortable"><thead><tr>\
        <th scope="col" aria-sort="none"><button type="button">a &amp; b</button></th>\
        <th scope="col" aria-sort="none" class="number"><button type="button">x</button></th>\
        </tr></thead><tbody>
        <tr><td><b>1</b></td><td class="number">2</td></tr>
        </tbody></table></div></div>

        """)
  }

  private func table(rows: Int, file: String? = nil) -> String {
    var table = SortableTable(columns: [.init(title: "x", isNumeric: true)])
    for row in 0..<rows { table.append(["\(row)"], class: row == 0 ? "control" : "") }
    return table.html(labelledBy: "t", file: file).markup
  }

  @Test func `of many rows the first ten are seen, and a button shows all`() {
    // One row more is no longer than the button.
    #expect(!table(rows: 11).contains("short") && !table(rows: 11).contains("<p"))
    let long = table(rows: 12)
    #expect(long.contains("<table class=\"sortable short\">"))
    #expect(long.contains("class=\"all-rows\"") && long.contains(">All 12 rows</button>"))
    #expect(long.contains("The first 10 of 12 rows."))
    #expect(long.contains("<tr class=\"control\"><td class=\"number\">0</td>"))
  }

  @Test func `the file that rows are from is linked, and may be in the page`() {
    let html = table(rows: 1, file: "a b/link.csv")
    #expect(html.contains("<a href=\"a b/link.csv\" download=\"a b-link.csv\""))
    #expect(html.contains("data-file=\"file-a-b-link-csv\""))
    #expect(
      SortableTable.carried("a b/link.csv", base64: "AA==").markup
        == "<script type=\"text/plain\" id=\"file-a-b-link-csv\">AA==</script>\n")
  }
}
