import Files
import Pages
import RunAnalyses
import Runs

/// How a table of the run directory is shown: which columns, under which heads, with which intervals.
struct PageTable: Sendable {
  /// A column of the page.
  struct Column: Sendable {
    let title: String
    /// The column of the file.
    let declaration: any ColumnDeclaration
    /// The columns of the file with the ends of its interval.
    let interval: (low: any ColumnDeclaration, high: any ColumnDeclaration)?

    /// A column under its name or another head; the ends of `interval` stand in brackets behind it.
    init(
      _ declaration: any ColumnDeclaration, _ title: String? = nil,
      interval: (low: any ColumnDeclaration, high: any ColumnDeclaration)? = nil
    ) {
      self.declaration = declaration
      self.title = title ?? declaration.name.replacing("_", with: " ")
      self.interval = interval
    }

    /// An estimate with its interval.
    init<Value>(_ columns: EstimateColumns<Value>, _ title: String? = nil) {
      self.init(columns.estimate, title, interval: (columns.low, columns.high))
    }

    /// A level is no measurement: it stays as it was given.
    fileprivate var isLevel: Bool { Self.levels.contains(declaration.name) }

    private static let levels = Set(
      [
        ConditionColumns.level.name, LevelTestColumns.firstLevel.name,
        LevelTestColumns.secondLevel.name, CorruptionColumns.levels.name,
      ])
  }

  /// The file.
  let file: RunFile
  /// What the table is called.
  let title: String
  /// What it says, and how to read it.
  let caption: String
  /// The columns; the caption names those that the file lacks, and nil stands for all it has.
  let columns: [Column]?
  /// What a row must meet to be shown.
  var filter: [RowFilter] = []
  /// The most rows that are shown.
  var limit = 1_000

  /// The table as HTML: a head of buttons that sort, in a box that scrolls.
  ///
  /// - Parameters:
  ///   - table: The file's contents.
  ///   - id: The element's id.
  /// - Returns: Its markup; a sentence when no row is left.
  /// - Throws: `FileError` when the filter names a column that is not there.
  func html(_ table: Table, id: String) throws -> HTML {
    let rows = try table.rows(where: filter).rows
    let index = Dictionary(table.columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
    // A column that says nothing in any row is left out too.
    let columns = (self.columns ?? table.columns.map { Column($0) }).filter { column in
      index[column.declaration.name].map { place in rows.contains { !$0[place].isEmpty } } ?? false
    }
    let places = columns.map { column in
      (
        value: index[column.declaration.name] ?? 0,
        interval: column.interval.flatMap { ends in
          index[ends.low.name].flatMap { low in index[ends.high.name].map { (low: low, high: $0) } }
        }
      )
    }
    let isNumeric = places.map { place in
      rows.contains { !$0[place.value].isEmpty }
        && rows.allSatisfy { $0[place.value].isEmpty || Double($0[place.value]) != nil }
    }
    let caption = captionText(
      shown: min(rows.count, limit), of: table.count, missing: missing(in: table))
    let head: HTML = "<h3 id=\"\(id)\">\(title)</h3>\n\(HTML.paragraph(caption, class: "note"))"
    guard !rows.isEmpty else { return head + HTML.paragraph("No row to show.", class: "note") }
    var shown = SortableTable(
      columns: zip(columns, isNumeric).map { .init(title: $0.title, isNumeric: $1) })
    for row in rows.prefix(limit) {
      shown.append(
        zip(places, zip(isNumeric, columns)).map { place, kind in
          let (isNumber, column) = kind
          let value = row[place.value]
          let cell = isNumber && !column.isLevel ? Wording.cell(value) : value
          guard let ends = place.interval, !row[ends.low].isEmpty, !row[ends.high].isEmpty else {
            return "\(cell)"
          }
          let (low, high) = (Wording.cell(row[ends.low]), Wording.cell(row[ends.high]))
          return "\(cell) <span class=\"interval\">[\(low), \(high)]</span>"
        })
    }
    return head + shown.html(labelledBy: id)
  }

  /// The columns that a file of another version, or of another hand, lacks.
  private func missing(in table: Table) -> [String] {
    let shown = (columns ?? []).flatMap { column in
      [column.declaration] + (column.interval.map { [$0.low, $0.high] } ?? [])
    }
    return shown.filter { !table.has($0) }.map(\.name)
  }

  private func captionText(shown: Int, of total: Int, missing: [String]) -> String {
    let rest =
      shown < total
      ? " \(Wording.grouped(shown)) of the file's \(Wording.grouped(total)) rows." : ""
    let gaps =
      missing.isEmpty
      ? "" : ", which lacks \(missing.joined(separator: ", ")) that this version writes"
    return "\(caption)\(rest) File: \(file.pattern.text)\(gaps)."
  }
}
