import Files
import Pages
import RunAnalyses
import Runs

/// A column of a table of the page.
struct PageColumn: Sendable {
  /// Its head.
  let title: String
  /// The column of the file.
  let declaration: any ColumnDeclaration
  /// The columns of the file with the ends of its interval.
  let interval: (low: any ColumnDeclaration, high: any ColumnDeclaration)?
  /// How its numbers are rounded.
  let quantity: Quantity
  /// Whether a file may be without it.
  let isOptional: Bool
  /// The column in whose place it stands: it is left out where the file has that one.
  let replaced: String?

  /// A column under its name or another head; the ends of `interval` stand in brackets behind it.
  init(
    _ declaration: any ColumnDeclaration, _ title: String? = nil,
    interval: (low: any ColumnDeclaration, high: any ColumnDeclaration)? = nil,
    as quantity: Quantity? = nil, isOptional: Bool = false,
    unless replaced: (any ColumnDeclaration)? = nil
  ) {
    self.declaration = declaration
    self.interval = interval
    self.title = title ?? declaration.name.replacing("_", with: " ")
    self.quantity = quantity ?? Quantity(ofColumn: declaration.name)
    self.isOptional = isOptional
    self.replaced = replaced?.name
  }

  /// An estimate with its interval.
  init<Value>(
    _ columns: EstimateColumns<Value>, _ title: String? = nil, as quantity: Quantity? = nil
  ) {
    self.init(
      columns.estimate, title, interval: (columns.low, columns.high), as: quantity)
  }

  /// The name in the file.
  var name: String { declaration.name }

  /// Whether it names what a row is of and is the same in all rows.
  func isConstant(_ rows: [[String]], _ index: [String: Int]) -> Bool {
    guard Self.naming.contains(name), let place = index[name], let first = rows.first?[place],
      !first.isEmpty
    else { return false }
    return rows.allSatisfy { $0[place] == first }
  }

  /// Columns that say what rows are of, not what was found.
  private static let naming: Set = [
    "noise", "seed", "seeds", "level", "statistic", "classes", "conditions", "permutations",
    "design", "metric", "order", "method", "covariates", "count", "group",
  ]
  /// Columns of classes; a pair of them is picked out together.
  private static let classes: Set = ["class", "predicted"]
  private static let pair = ["class_a", "class_b"]

  /// The cells of a column of some rows.
  struct Cells {
    let column: PageColumn
    /// Whether they are numbers.
    let isNumeric: Bool
    private let value: Int
    private let ends: (low: Int, high: Int)?
    /// Where the classes are that a cell links to; empty for no link.
    private let classes: [Int]
    private let links: MapLinks?

    /// Those of a column that the table has.
    init(_ column: PageColumn, in table: Table, links: MapLinks?) {
      self.column = column
      self.links = links
      let value = table.placeIfKnown(column.declaration) ?? 0
      self.value = value
      ends = column.interval.flatMap { ends in
        table.placeIfKnown(ends.low).flatMap { low in
          table.placeIfKnown(ends.high).map { (low: low, high: $0) }
        }
      }
      let rows = table.rows
      isNumeric =
        rows.contains { !$0[value].isEmpty }
        && rows.allSatisfy { $0[value].isEmpty || Double($0[value]) != nil }
      let pair = PageColumn.pair.compactMap { name in
        table.columns.firstIndex { $0.name == name }
      }
      if links == nil {
        classes = []
      } else if PageColumn.pair.contains(column.name) {
        classes = pair
      } else {
        classes = PageColumn.classes.contains(column.name) ? [value] : []
      }
    }

    /// The cell of a row.
    func html(_ row: [String], condition: Condition?) -> HTML {
      let text = row[value]
      if let links, !classes.isEmpty, !text.isEmpty {
        return links.link(text, to: classes.map { row[$0] }, condition: condition)
      }
      if column.name == "measure", let words = TrackingRow.words(ofMeasure: text) {
        return "<span title=\"\(text)\">\(words)</span>"
      }
      let shown = isNumeric ? column.quantity.cell(text) : text
      guard let ends, !row[ends.low].isEmpty, !row[ends.high].isEmpty else {
        return "\(HTML.unbroken(shown))"
      }
      let (low, high) = (column.quantity.cell(row[ends.low]), column.quantity.cell(row[ends.high]))
      return
        "\(HTML.unbroken(shown)) <span class=\"interval\">[\(HTML.unbroken("\(low), \(high)"))]</span>"
    }
  }
}
