/// A table of a page: a head of buttons that sort, in a box that scrolls.
package struct SortableTable: Sendable {
  /// A column's head.
  package struct Column: Sendable {
    /// What it is called.
    package let title: String
    /// Whether its cells are numbers, which stand at the right and sort by value.
    package let isNumeric: Bool

    package init(title: String, isNumeric: Bool) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// The columns, from the left.
  package let columns: [Column]
  /// The rows, a cell a column.
  package private(set) var rows: HTML = ""

  /// A table without rows.
  package init(columns: [Column]) { self.columns = columns }

  /// Adds a row at the end.
  ///
  /// - Parameter cells: As many as there are columns.
  package mutating func append(_ cells: [HTML]) {
    precondition(cells.count == columns.count)
    rows += "<tr>"
    for (cell, column) in zip(cells, columns) {
      rows += "<td\(" class=\"number\"", if: column.isNumeric)>\(cell)</td>"
    }
    rows += "</tr>\n"
  }

  /// The table.
  ///
  /// - Parameter id: The id of the element that names it.
  /// - Returns: Its markup.
  package func html(labelledBy id: String) -> HTML {
    let heads = columns.map { column -> HTML in
      """
      <th scope="col" aria-sort="none"\(" class=\"number\"", if: column.isNumeric)>\
      <button type="button">\(column.title)</button></th>
      """
    }
    return """
      <div class="table-box" tabindex="0" role="region" aria-labelledby="\(id)">\
      <table class="sortable"><thead><tr>\(heads.joined())</tr></thead><tbody>
      \(rows)</tbody></table></div>

      """
  }
}
