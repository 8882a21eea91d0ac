import Files
import Foundation
import RunAnalyses
import Runs

/// What the page's map of the embeddings is drawn from: layouts, predictions and thumbnails, packed.
struct LayoutData: Encodable {
  /// Bytes of coordinates, as base64, that a page takes; the layouts past that are left out.
  static let budget = 4_000_000

  let classes: [String]
  /// The class of every sample: base64 of little-endian 16-bit numbers.
  let labels: String
  let paths: [String]
  let conditions: [ConditionData]
  let layouts: [Group]
  /// The class that each sample is taken for, conditions one after another: 16-bit numbers, 65535 for none.
  let predicted: String?
  /// The confidence in it, from 0 to 255: a byte each.
  let confidence: String?
  let thumbnails: Thumbnails?
  /// Layouts left out for their size, by the names of their files without the condition.
  let leftOut: [String]

  enum CodingKeys: CodingKey {
    case classes, labels, paths, conditions, layouts, predicted, confidence, thumbnails
  }

  /// A condition and what it is called.
  struct ConditionData: Encodable {
    let noise: String
    let level: String
    let seed: String
    let label: String
  }

  /// A method, frame and scope: all levels in one square.
  struct Group: Encodable {
    let method: String
    /// `own` or `joint`.
    let frame: String
    /// `all` or `sample`.
    let scope: String
    /// The samples' rows, as 32-bit numbers; nil for all of them.
    let rows: String?
    /// By index of the condition: x, y of every point from 0 to 65535, as 16-bit numbers.
    var levels: [String: String] = [:]
    /// By index of the condition: how far to trust it.
    var quality: [String: String] = [:]
  }

  /// How the sheets of thumbnails are cut.
  struct Thumbnails: Encodable {
    let tile: Int
    let columns: Int
    let rows: Int
    /// Width and height of each, a byte each.
    let sizes: String
  }

  /// Reads what there is of a run.
  ///
  /// - Throws: `FileError` naming a file that is damaged.
  init(_ run: ReportedRun, sheets: SpriteSheets?) throws {
    classes = run.classes
    labels = Self.base64(run.labels.map { UInt16(clamping: $0) })
    paths = run.paths
    conditions = run.conditions.map { condition in
      let fields = condition.tableFields
      return ConditionData(
        noise: fields[0], level: fields[1], seed: fields[2],
        label: Wording.level(condition))
    }
    (layouts, leftOut) = try Self.groups(run)
    (predicted, confidence) = try Self.predictions(run) ?? (nil, nil)
    thumbnails = sheets.map {
      Thumbnails(
        tile: SpriteSheets.tile, columns: SpriteSheets.columns, rows: SpriteSheets.rows,
        sizes: Data($0.sizes).base64EncodedString())
    }
  }

  /// JSON that may stand in a `script` element.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return HTML.scriptJSON(String(decoding: try encoder.encode(self), as: UTF8.self))
  }

  // MARK: Layouts

  private static func groups(_ run: ReportedRun) throws -> (shown: [Group], leftOut: [String]) {
    let quality = try run.table(LayoutQualityColumns.file)
    var groups: [Group] = []
    var leftOut: [String] = []
    var size = 0
    // What is worth most comes first: the whole, in one map.
    for (isSample, isJoint) in [(false, true), (false, false), (true, true), (true, false)] {
      for method in LayoutMethod.allCases {
        guard var group = try group(run, method, isSample: isSample, isJoint: isJoint) else {
          continue
        }
        let bytes = group.levels.values.reduce(0) { $0 + $1.utf8.count }
        guard size + bytes <= budget else {
          leftOut.append(LayoutColumns.stem(method, isSample: isSample, isJoint: isJoint))
          continue
        }
        size += bytes
        if let quality {
          for (index, condition) in run.conditions.enumerated() {
            group.quality["\(index)"] = try qualityText(quality, group, condition)
          }
        }
        groups.append(group)
      }
    }
    return (groups, leftOut)
  }

  /// The positions by their decimal texts: the pixels that they are rounded to go by those.
  private static let x = Column<Double>(LayoutColumns.x.name, LayoutColumns.x.meaning)
  private static let y = Column<Double>(LayoutColumns.y.name, LayoutColumns.y.meaning)

  private static func group(
    _ run: ReportedRun, _ method: LayoutMethod, isSample: Bool, isJoint: Bool
  ) throws -> Group? {
    var rows: [UInt32]?
    var positions: [(condition: Int, xy: [Double])] = []
    for (index, condition) in run.conditions.enumerated() {
      let path = LayoutColumns.path(method, isSample: isSample, isJoint: isJoint, condition)
      guard let table = try run.table(LayoutColumns.file, at: path) else { continue }
      let (xs, ys) = (try table[x], try table[y])
      let own = try zip(table[LayoutColumns.row], zip(xs, ys)).map { row, position -> UInt32 in
        guard let number = UInt32(exactly: row), number < run.paths.count, position.0.isFinite,
          position.1.isFinite
        else {
          throw FileError(
            table.file,
            "has a row or a position that is none; expected rows below \(run.paths.count)")
        }
        return number
      }
      guard rows == nil || rows == own else {
        throw FileError(table.file, "has other rows than the clean layout's file")
      }
      rows = own
      positions.append((index, zip(xs, ys).flatMap { [$0, $1] }))
    }
    guard let rows, !rows.isEmpty else { return nil }
    let isWhole = rows.count == run.paths.count && rows.enumerated().allSatisfy { $0 == Int($1) }
    var group = Group(
      method: method.rawValue, frame: LayoutQualityColumns.frameName(isJoint: isJoint),
      scope: LayoutQualityColumns.scopeName(isSample: isSample),
      rows: isWhole ? nil : base64(rows))
    for (condition, xy) in zip(positions.map(\.condition), inUnitSquare(positions.map(\.xy))) {
      group.levels["\(condition)"] = base64(xy)
    }
    return group
  }

  /// All levels by one scale and one origin, so that their square is 0 … 65535.
  static func inUnitSquare(_ levels: [[Double]]) -> [[UInt16]] {
    func ends(_ offset: Int) -> (low: Double, high: Double) {
      var (low, high) = (Double.infinity, -Double.infinity)
      for level in levels {
        for i in stride(from: offset, to: level.count, by: 2) {
          low = min(low, level[i])
          high = max(high, level[i])
        }
      }
      return (low, high)
    }
    let (x, y) = (ends(0), ends(1))
    let side = max(x.high - x.low, y.high - y.low)
    let scale = side > 0 ? 65_535 / side : 0
    let centers = [(x.low + x.high) / 2, (y.low + y.high) / 2]
    return levels.map { level in
      level.enumerated().map { index, value in
        UInt16(clamping: Int((32_767.5 + (value - centers[index % 2]) * scale).rounded()))
      }
    }
  }

  private static func qualityText(
    _ quality: Table, _ group: Group, _ condition: Condition
  ) throws -> String? {
    typealias Columns = LayoutQualityColumns
    let row = try quality.rows(
      where: Columns.method == group.method, Columns.frame == group.frame,
      Columns.scope == group.scope
    ).rows(of: condition)
    guard !row.isEmpty else { return nil }
    let parts = try [
      ("trustworthiness", row[Columns.trustworthiness][0]),
      ("continuity", row[Columns.continuity][0]),
      ("silhouette of the classes", row[Columns.silhouette][0]),
    ].compactMap { title, value in value.map { "\(title) \(Wording.number($0))" } }
    return "This layout: " + parts.joined(separator: ", ") + "."
  }

  // MARK: Predictions

  private static func predictions(
    _ run: ReportedRun
  ) throws -> (predicted: String, confidence: String)? {
    typealias Columns = PredictionColumns
    guard let table = try run.table(Columns.file) else { return nil }
    let count = run.paths.count
    let classes = Dictionary(run.classes.enumerated().map { ($1, $0) }) { first, _ in first }
    let rows = Dictionary(run.paths.enumerated().map { ($1, $0) }) { first, _ in first }
    let conditions = Dictionary(
      uniqueKeysWithValues: run.conditions.enumerated().map { ($1, $0) })
    var predicted = [UInt16](repeating: .max, count: count * run.conditions.count)
    var confidence = [UInt8](repeating: 0, count: predicted.count)
    let confidences = try table[Columns.confidence]
    let shown = try table.conditions()
    for (line, (path, name)) in try zip(table[Columns.path], table[Columns.predicted]).enumerated()
    {
      // A table of one split lacks rows; one of other conditions has too many.
      guard let row = rows[path], let label = classes[name],
        let condition = conditions[shown[line]]
      else { continue }
      predicted[condition * count + row] = UInt16(clamping: label)
      confidence[condition * count + row] = UInt8(
        clamping: Int((255 * confidences[line]).rounded()))
    }
    return (base64(predicted), Data(confidence).base64EncodedString())
  }

  // MARK: Bytes

  private static func base64<Word: FixedWidthInteger>(_ words: [Word]) -> String {
    var data = Data(capacity: words.count * Word.bitWidth / 8)
    for word in words {
      for shift in stride(from: 0, to: Word.bitWidth, by: 8) {
        data.append(UInt8(truncatingIfNeeded: word >> Word(shift)))
      }
    }
    return data.base64EncodedString()
  }
}
