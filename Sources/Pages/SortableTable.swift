/// A table of a page: a head of buttons that sort, in a box that scrolls, of many rows the first.
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
  /// How many there are.
  package private(set) var count = 0
  /// The most rows that are seen at first; the style sheet has the same number.
  package static let shownCount = 10

  /// A table without rows.
  package init(columns: [Column]) { self.columns = columns }

  /// Adds a row at the end.
  ///
  /// - Parameters:
  ///   - cells: As many as there are columns.
  ///   - name: The row's class; empty for none.
  package mutating func append(_ cells: [HTML], class name: String = "") {
    precondition(cells.count == columns.count)
    count += 1
    rows += "<tr\(" class=\"\(name)\"", if: !name.isEmpty)>"
    for (cell, column) in zip(cells, columns) {
      rows += "<td\(" class=\"number\"", if: column.isNumeric)>\(cell)</td>"
    }
    rows += "</tr>\n"
  }

  /// The table.
  ///
  /// - Parameters:
  ///   - id: The id of the element that names it.
  ///   - file: The path beside the page of the file that its rows are from; nil for none.
  /// - Returns: Its markup.
  package func html(labelledBy id: String, file: String? = nil) -> HTML {
    let heads = columns.map { column -> HTML in
      """
      <th scope="col" aria-sort="none"\(" class=\"number\"", if: column.isNumeric)>\
      <button type="button">\(column.title)</button></th>
      """
    }
    // One row more is no longer than the button that would show it.
    let isShort = count > Self.shownCount + 1
    return """
      <div class="table"><div class="table-box" tabindex="0" role="region" aria-labelledby="\(id)">\
      <table class="sortable\(" short", if: isShort)"><thead><tr>\(heads.joined())</tr></thead><tbody>
      \(rows)</tbody></table></div>\(foot(isShort: isShort, file: file))</div>

      """
  }

  /// The button for all rows and the link to the file; nothing where there is neither.
  private func foot(isShort: Bool, file: String?) -> HTML {
    guard isShort || file != nil else { return "" }
    let more: HTML = """
      <button type="button" class="all-rows" aria-expanded="false" data-more="All \(count) rows" \
      data-less="The first \(Self.shownCount)">All \(count) rows</button>\
      <span class="on-paper">The first \(Self.shownCount) of \(count) rows.</span>
      """
    let link = file.map { file -> HTML in
      """
      <a href="\(file)" download="\(file.split(separator: "/").joined(separator: "-"))" \
      data-file="\(Self.id(ofFile: file))">CSV</a>
      """
    }
    return "<p class=\"table-foot\">\(more, if: isShort)\(link ?? "")</p>"
  }

  /// The id of the element that carries a file's contents.
  private static func id(ofFile path: String) -> String { "file-" + HTML.identifier(path) }

  /// A file's contents inside the page, so that a page that was sent alone gives it too.
  ///
  /// - Parameters:
  ///   - path: Its path beside the page.
  ///   - base64: Its bytes.
  /// - Returns: The element that the page's script finds.
  package static func carried(_ path: String, base64: String) -> HTML {
    "<script type=\"text/plain\" id=\"\(id(ofFile: path))\">\(base64)</script>\n"
  }
}
