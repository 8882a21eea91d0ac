import Files
import Runs

/// The data dictionary: every kind of file that a run can have, every column of its tables, their types, units and
/// meanings, as the declarations have them.
package struct DataDictionary: Sendable {
  /// How it is printed.
  package enum Format: String, Sendable, CaseIterable { case text, csv, markdown }

  private let files: [RunFile]
  private let isWhole: Bool

  /// The dictionary of all files.
  package init() { self.init(files: RunFiles.all, isWhole: true) }

  init(files: [RunFile], isWhole: Bool) {
    self.files = files
    self.isWhole = isWhole
  }

  /// The entry of one file.
  ///
  /// - Parameter path: A path in a run, with or without the folders above it, or the name of a kind of files:
  ///   `distances.csv`, `results/dtd/angles/clean.csv`, `angles/CONDITION.csv`.
  /// - Throws: `OptionError` with the nearest name, when no run has such a file.
  package init(of path: String) throws { try self.init(of: path, among: RunFiles.all) }

  init(of path: String, among all: [RunFile]) throws {
    // The longest end of the path that is a file of a run.
    let parts = path.split(separator: "/")
    for start in parts.indices {
      let end = parts[start...].joined(separator: "/")
      let found = all.filter { $0.pattern.text == end || $0.pattern.matches(end) }
      // A kind of noise made elsewhere may have any name, as `heatmap-blur`: the pattern that says more is meant.
      if let file = found.max(by: { $0.pattern.text.count < $1.pattern.text.count }) {
        self.init(files: [file], isWhole: false)
        return
      }
    }
    // A slip in the name of a condition's file is looked for among those of clean.
    let names = all.map { (shown: $0.pattern.text, tried: $0.pattern.path(.clean)) }
    let ends = parts.indices.map { parts[$0...].joined(separator: "/") }
    let nearest = ends.compactMap { end in
      end.nearest(of: names.map(\.tried)).map { (name: $0, distance: $0.editDistance(to: end)) }
    }.min { $0.distance < $1.distance }
    let meant = nearest.flatMap { nearest in names.first { $0.tried == nearest.name } }
    throw OptionError(
      "no file of a run is called \(path); "
        + (meant.map { "did you mean \($0.shown)?" } ?? "topoclip columns lists all"))
  }

  /// The dictionary as text.
  package func text(_ format: Format) -> String {
    switch format {
    case .text: files.map(Self.block).joined(separator: "\n")
    case .csv: table.csv
    case .markdown: isWhole ? page : files.map(Self.section).joined(separator: "\n")
    }
  }

  // MARK: Text

  /// A file, its meaning, and a line a column.
  private static func block(_ file: RunFile) -> String {
    let rows = file.columns.map { (name: $0.name, type: type($0), meaning: $0.meaning) }
    let widths = (rows.map(\.name.count).max() ?? 0, rows.map(\.type.count).max() ?? 0)
    let lines = rows.map { row in
      "  \(padded(row.name, widths.0))  \(padded(row.type, widths.1))  \(row.meaning)\n"
    }
    return "\(file.pattern.text) (\(file.role.rawValue))\n  \(file.meaning)\n"
      + (lines.isEmpty ? "" : "\n" + lines.joined())
      + (file.furtherColumns.map { "  and \($0)\n" } ?? "")
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - text.count)
  }

  /// The type with the unit, and whether a field may be empty.
  private static func type(_ column: any ColumnDeclaration) -> String {
    column.type + (column.unit.isEmpty ? "" : ", \(column.unit)")
      + (column.isOptional ? ", or empty" : "")
  }

  // MARK: CSV

  private static let file = Column<String>("file", "The kind of files.")
  private static let column = Column<String?>(
    "column", "A column; empty in the row that is about the files.")
  private static let type = Column<String?>("type", "What its fields are.")
  private static let unit = Column<String?>("unit", "The unit of its numbers.")
  private static let optional = Column<Bool?>("optional", "Whether a field may be empty.")
  private static let meaning = Column<String>("meaning", "One sentence.")

  private var table: Table {
    var table = Table(
      RunFile(
        "columns.csv", "The data dictionary.",
        columns: [Self.file, Self.column, Self.type, Self.unit, Self.optional, Self.meaning]))
    for file in files {
      let name = Self.file(file.pattern.text)
      table.append([
        name, Self.column(nil), Self.type(nil), Self.unit(nil), Self.optional(nil),
        Self.meaning(file.meaning),
      ])
      for column in file.columns {
        table.append([
          name, Self.column(column.name), Self.type(column.type),
          Self.unit(column.unit.isEmpty ? nil : column.unit), Self.optional(column.isOptional),
          Self.meaning(column.meaning),
        ])
      }
      if let further = file.furtherColumns {
        table.append([
          name, Self.column("…"), Self.type(nil), Self.unit(nil), Self.optional(nil),
          Self.meaning(further),
        ])
      }
    }
    return table
  }

  // MARK: Markdown

  /// The page of the documentation.
  private var page: String {
    var text = """
      # Data dictionary

      Every file that a run can have, and every column of its tables.

      `topoclip columns --format markdown` writes this page from the declarations that the tables are written and \
      read by; `topoclip columns FILE` says what is in one file. A word in capitals stands for what differs, and \
      brackets hold what may be missing: CONDITION is `clean`, or noise, level and seed as in `gaussian-0.5-s0`; \
      SCOPE is `all`, or `class-` and the name of a class.

      """
    for role in RunFile.Role.allCases {
      let those = files.filter { $0.role == role }
      guard !those.isEmpty else { continue }
      text += "\n## \(role.heading)\n\n" + those.map(Self.section).joined(separator: "\n")
    }
    return text
  }

  private static func section(_ file: RunFile) -> String {
    var text = "### \(file.pattern.text)\n\n\(file.meaning)\n"
    if !file.columns.isEmpty {
      text += "\n| column | type | unit | meaning |\n|---|---|---|---|\n"
      for column in file.columns {
        let fields = [
          "`\(column.name)`", column.type + (column.isOptional ? " or empty" : ""), column.unit,
          column.meaning,
        ]
        text +=
          "| " + fields.map { $0.replacingBytes(of: "|", with: "\\|") }.joined(separator: " | ")
        text += " |\n"
      }
    }
    if let further = file.furtherColumns { text += "\nBehind these, \(further).\n" }
    return text
  }
}

extension RunFile.Role {
  fileprivate var heading: String {
    switch self {
    case .input: "What the analyses read"
    case .result: "What they write"
    case .view: "Pictures and pages"
    case .record: "Records"
    case .work: "Finished work"
    }
  }
}
