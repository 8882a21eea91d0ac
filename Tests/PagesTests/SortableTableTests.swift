import Testing

@testable import Pages

struct SortableTableTests {
  @Test func `heads are buttons, and numbers have their class in every row`() {
    var table = SortableTable(
      columns: [.init(title: "a & b", isNumeric: false), .init(title: "x", isNumeric: true)])
    table.append(["<b>1</b>", "2"])
    #expect(
      table.html(labelledBy: "t").markup == """
        <div class="table-box" tabindex="0" role="region" aria-labelledby="t">\
        <table class="sortable"><thead><tr>\
        <th scope="col" aria-sort="none"><button type="button">a &amp; b</button></th>\
        <th scope="col" aria-sort="none" class="number"><button type="button">x</button></th>\
        </tr></thead><tbody>
        <tr><td><b>1</b></td><td class="number">2</td></tr>
        </tbody></table></div>

        """)
  }
}
