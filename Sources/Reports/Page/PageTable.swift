import Files
import Pages
import RunAnalyses
import Runs

/// How a table of the run directory is shown: which columns, under which heads, with which intervals.
struct PageTable: Sendable {
  /// The order of rows.
  enum Order: Sendable {
    /// That of the file.
    case file
    /// By the size of a number, whatever its sign: the largest first.
    case size(any ColumnDeclaration)
    /// By a number: the largest first.
    case descending(any ColumnDeclaration)
  }

  /// The file.
  let file: RunFile
  /// What the table is called.
  let title: String
  /// What it says, and how to read it.
  let caption: String
  /// The columns; the caption names those that the file lacks, and nil stands for all it has.
  let columns: [PageColumn]?
  /// What a row must meet to be shown.
  var filter: [RowFilter] = []
  /// The most rows that are in the page.
  var limit = 1_000
  /// Which rows come first.
  var order = Order.file
  /// Whether it is folded away with the others that are for those who want to know all.
  var isFolded = false
  /// Whether a page of several kinds of noise has one for each.
  var isPerNoise = false
  /// Columns whose numbers the control has too, told from its file of the same name by all other cells that
  /// name a row; nil for no column of it.
  var controlKeys: [any ColumnDeclaration]?
  /// Rows that are shown alone where there are any.
  var preferred: RowFilter?
  /// Whether the control's rows follow those of the run.
  var hasControlRows = false
  /// Whether a run has any use for it.
  var isShown: @Sendable (ReportedRun) throws -> Bool = { _ in true }

  /// What a table is shown in.
  struct Setting {
    /// The kind of noise that rows are to be of; nil for all.
    var noise: String?
    /// The same file of the control; nil where there is none.
    var control: Table?
    /// Links to the map; nil without one.
    var links: MapLinks?
  }

  /// The table as HTML: a head of buttons that sort, in a box that scrolls.
  ///
  /// - Parameters:
  ///   - table: The file's contents.
  ///   - id: The element's id.
  ///   - setting: What it is shown in.
  /// - Returns: Its markup; a sentence when no row is left.
  /// - Throws: `FileError` when the filter names a column that is not there.
  func html(_ table: Table, id: String, in setting: Setting = Setting()) throws -> HTML {
    let rows = try chosen(table, setting.noise)
    let all = rows.rows
    let index = Dictionary(table.columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
    var columns = (self.columns ?? table.columns.map { PageColumn($0) }).filter { column in
      // A column that says nothing in any row is left out too.
      index[column.name].map { place in all.contains { !$0[place].isEmpty } } ?? false
    }.filter { column in
      column.replaced.flatMap { index[$0] }.map { place in
        all.allSatisfy { $0[place].isEmpty }
      } ?? true
    }
    // What is the same in all rows is said once, above them.
    let constants = all.count < 2 ? [] : columns.filter { $0.isConstant(all, index) }
    columns.removeAll { column in constants.contains { $0.name == column.name } }
    let said = constants.map { "\($0.title) \(all[0][index[$0.name] ?? 0])" }
    let caption = captionText(
      shown: min(all.count, limit), of: table.count, missing: missing(in: table), constants: said)
    let head: HTML = "<h3 id=\"\(id)\">\(title)</h3>\n\(HTML.paragraph(caption, class: "note"))"
    guard !all.isEmpty else { return head + HTML.paragraph("No row to show.", class: "note") }
    let control = try setting.control.flatMap { control in
      try controlKeys.map { try ControlNumbers(control, keys: $0, columns: columns) }
    }
    let controlRows =
      try hasControlRows ? setting.control.map { try chosen($0, setting.noise) } : nil
    let cells = columns.map { PageColumn.Cells($0, in: rows, links: setting.links) }
    var heads = cells.map { SortableTable.Column(title: $0.column.title, isNumeric: $0.isNumeric) }
    if control != nil { heads.append(.init(title: "control", isNumeric: true)) }
    if controlRows != nil { heads.insert(.init(title: "encoder", isNumeric: false), at: 0) }
    var shown = SortableTable(columns: heads)
    let conditions = setting.links == nil ? nil : rows.conditionsIfKnown
    for (line, row) in all.prefix(limit).enumerated() {
      var markup = cells.map { $0.html(row, condition: conditions?[line]) }
      if let control { markup.append(try control.html(rows, line)) }
      if controlRows != nil { markup.insert("of this run", at: 0) }
      shown.append(markup)
    }
    if let controlRows {
      let cells = columns.map { PageColumn.Cells($0, in: controlRows, links: nil) }
      for row in controlRows.rows.prefix(limit) {
        shown.append(
          ["of random weights"] + cells.map { $0.html(row, condition: nil) }, class: "control")
      }
    }
    let path = file.pattern.text
    return head + shown.html(labelledBy: id, file: path.contains("*") ? nil : path)
  }

  /// The rows that are shown, in order.
  ///
  /// - Throws: `FileError` when a column is not there.
  func chosen(_ table: Table, _ noise: String?) throws -> Table {
    var filter = self.filter
    if isPerNoise, let noise { filter.append(ConditionColumns.noise == noise) }
    var rows = try table.rows(where: filter)
    if let preferred {
      let some = try rows.rows(where: preferred)
      if !some.isEmpty { rows = some }
    }
    let key: (place: Int, isSize: Bool)? =
      switch order {
      case .file: nil
      case .size(let column): rows.placeIfKnown(column).map { ($0, true) }
      case .descending(let column): rows.placeIfKnown(column).map { ($0, false) }
      }
    guard let key else { return rows }
    return rows.sorted { fields in
      guard let value = Double(fields[key.place]) else { return .infinity }
      return key.isSize ? -abs(value) : -value
    }
  }

  /// The columns that a file of another version, or of another hand, lacks.
  private func missing(in table: Table) -> [String] {
    let shown = (columns ?? []).filter { !$0.isOptional }.flatMap { column in
      [column.declaration] + (column.interval.map { [$0.low, $0.high] } ?? [])
    }
    return shown.filter { !table.has($0) }.map(\.name)
  }

  private func captionText(
    shown: Int, of total: Int, missing: [String], constants: [String]
  ) -> String {
    let same = constants.isEmpty ? "" : " In all rows: \(constants.joined(separator: ", "))."
    let rest =
      shown < total
      ? " \(Wording.grouped(shown)) of the file's \(Wording.grouped(total)) rows." : ""
    let gaps =
      missing.isEmpty
      ? "" : ", which lacks \(missing.joined(separator: ", ")) that this version writes"
    return "\(caption)\(same)\(rest) File: \(file.pattern.text)\(gaps)."
  }
}
