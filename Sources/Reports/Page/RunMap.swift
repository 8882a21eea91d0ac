import Files
import Pages
import RunAnalyses
import Runs

/// What the page's map of a run's embeddings is drawn from: layouts, predictions and thumbnails.
struct RunMap {
  /// Bytes of coordinates, as base64, that a page takes; the layouts past that are left out.
  static let budget = 4_000_000

  /// Packed.
  let data: PageData
  /// Layouts left out for their size, by the names of their files without the condition.
  let leftOut: [String]

  /// Reads what there is of a run.
  ///
  /// - Throws: `FileError` naming a file that is damaged.
  init(_ run: ReportedRun, sheets: SpriteSheets?) throws {
    let conditions = run.conditions.map { condition in
      let fields = condition.tableFields
      return PageData.Condition(
        noise: fields[0], level: fields[1], seed: fields[2], label: Wording.level(condition))
    }
    let layouts: [PageData.Layout]
    (layouts, leftOut) = try Self.layouts(run)
    data = PageData(
      classes: run.classes, labels: run.labels, paths: run.paths, conditions: conditions,
      layouts: layouts, predictions: try Self.predictions(run), sheets: sheets)
  }

  // MARK: Layouts

  private static func layouts(
    _ run: ReportedRun
  ) throws -> (shown: [PageData.Layout], leftOut: [String]) {
    let quality = try run.table(LayoutQualityColumns.file)
    var layouts: [PageData.Layout] = []
    var leftOut: [String] = []
    var size = 0
    // What is worth most comes first: the whole, in one map.
    for (isSample, isJoint) in [(false, true), (false, false), (true, true), (true, false)] {
      for method in LayoutMethod.allCases {
        guard var layout = try layout(run, method, isSample: isSample, isJoint: isJoint) else {
          continue
        }
        guard size + layout.byteCount <= budget else {
          leftOut.append(LayoutColumns.stem(method, isSample: isSample, isJoint: isJoint))
          continue
        }
        size += layout.byteCount
        if let quality {
          for (index, condition) in run.conditions.enumerated() {
            layout.note(try qualityText(quality, layout, condition), condition: index)
          }
        }
        layouts.append(layout)
      }
    }
    return (layouts, leftOut)
  }

  /// The positions by their decimal texts: the pixels that they are rounded to go by those.
  private static let x = Column<Double>(LayoutColumns.x.name, LayoutColumns.x.meaning)
  private static let y = Column<Double>(LayoutColumns.y.name, LayoutColumns.y.meaning)

  private static func layout(
    _ run: ReportedRun, _ method: LayoutMethod, isSample: Bool, isJoint: Bool
  ) throws -> PageData.Layout? {
    var rows: [UInt32]?
    var levels: [(condition: Int, positions: [Double])] = []
    for (index, condition) in run.conditions.enumerated() {
      let path = LayoutColumns.path(method, isSample: isSample, isJoint: isJoint, condition)
      guard let table = try run.table(LayoutColumns.file, at: path) else { continue }
      let (xs, ys) = (try table[x], try table[y])
      let own = try table[LayoutColumns.row].enumerated().map { line, row -> UInt32 in
        guard let number = UInt32(exactly: row), number < run.paths.count else {
          throw FileError(
            table.file,
            "line \(table.line(line)): row is \(row); expected a row of samples.csv, below \(run.paths.count)"
          )
        }
        return number
      }
      guard rows == nil || rows == own else {
        throw FileError(table.file, "has other rows than the clean layout's file")
      }
      rows = own
      levels.append((index, zip(xs, ys).flatMap { [$0, $1] }))
    }
    guard let rows, !rows.isEmpty else { return nil }
    let isWhole = rows.count == run.paths.count && rows.enumerated().allSatisfy { $0 == Int($1) }
    return PageData.Layout(
      method: method.rawValue, frame: LayoutQualityColumns.frameName(isJoint: isJoint),
      scope: LayoutQualityColumns.scopeName(isSample: isSample), rows: isWhole ? nil : rows,
      levels: levels)
  }

  private static func qualityText(
    _ quality: Table, _ layout: PageData.Layout, _ condition: Condition
  ) throws -> String? {
    typealias Columns = LayoutQualityColumns
    let row = try quality.rows(
      where: Columns.method == layout.method, Columns.frame == layout.frame,
      Columns.scope == layout.scope
    ).rows(of: condition)
    guard !row.isEmpty else { return nil }
    let parts = try [
      ("trustworthiness", row[Columns.trustworthiness][0]),
      ("continuity", row[Columns.continuity][0]),
      ("silhouette of the classes", row[Columns.silhouette][0]),
    ].compactMap { title, value in value.map { "\(title) \(Quantity.distance.text($0))" } }
    return "This layout: " + parts.joined(separator: ", ") + "."
  }

  // MARK: Predictions

  private static func predictions(_ run: ReportedRun) throws -> PageData.Predictions? {
    typealias Columns = PredictionColumns
    guard let table = try run.table(Columns.file) else { return nil }
    let count = run.paths.count
    let classes = Dictionary(run.classes.enumerated().map { ($1, $0) }) { first, _ in first }
    let rows = Dictionary(run.paths.enumerated().map { ($1, $0) }) { first, _ in first }
    let conditions = Dictionary(
      uniqueKeysWithValues: run.conditions.enumerated().map { ($1, $0) })
    var predictions = PageData.Predictions(count: count * run.conditions.count)
    let confidences = try table[Columns.confidence]
    let shown = try table.conditions()
    for (line, (path, name)) in try zip(table[Columns.path], table[Columns.predicted]).enumerated()
    {
      // A table of one split lacks rows; one of other conditions has too many.
      guard let row = rows[path], let label = classes[name],
        let condition = conditions[shown[line]]
      else { continue }
      let place = condition * count + row
      predictions.classes[place] = UInt16(clamping: label)
      predictions.confidences[place] = UInt8(clamping: Int((255 * confidences[line]).rounded()))
    }
    return predictions
  }
}
