import Files

/// The rows of a table of signs and captions that make a data set, and those that do not.
///
/// Words of a field that begin with `$` are tags of SignBank+ (`$en`, `$ase`) and are dropped; a field that is empty then,
/// or `none`, `null` or `na` in any case, is absent.
struct SignTable: Sendable, Equatable {
  /// A row with a sign and a caption.
  struct Row: Sendable, Equatable {
    /// The line on which it starts, from 1.
    let line: Int
    let column: SignColumn
    let caption: String
    /// The sign as it stood in the table.
    let text: String
  }

  /// Those with both.
  let rows: [Row]
  /// The others.
  let skipped: [SkippedSign]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - path: A CSV file.
  ///   - signColumn: The column of signs, in FSW or SWU; several in a row make a column.
  ///   - captionColumn: The column of captions.
  /// - Throws: `FileError` when it is no CSV, or has no such column.
  init(path: String, signColumn: String, captionColumn: String) throws {
    let table = try CSV(unevenPath: path)
    let sign = try table.column(signColumn)
    let caption = try table.column(captionColumn)
    var rows: [Row] = []
    var skipped: [SkippedSign] = []
    for record in table.records {
      let fields = record.fields
      let texts = [sign, caption].map { $0 < fields.count ? fields[$0] : "" }
      func skip(_ reason: SkippedSign.Reason) {
        skipped.append(
          SkippedSign(line: record.line, sign: texts[0], caption: texts[1], reason: reason))
      }
      guard fields.count == table.header.count else {
        skip(.fields(found: fields.count, expected: table.header.count))
        continue
      }
      guard let text = Self.content(texts[0]) else {
        skip(.noSign)
        continue
      }
      guard let words = Self.content(texts[1]) else {
        skip(.noCaption)
        continue
      }
      do {
        rows.append(
          Row(line: record.line, column: try SignColumn(text), caption: words, text: texts[0]))
      } catch {
        skip(.malformed(error))
      }
    }
    self.rows = rows
    self.skipped = skipped
  }

  /// A field without its tags and the white space around it; nil when it says nothing.
  static func content(_ field: String) -> String? {
    let words = field.split(whereSeparator: \.isWhitespace)
    let kept = words.filter { !$0.utf8.starts(with: "$".utf8) }
    guard let first = kept.first, let last = kept.last else { return nil }
    if kept.count == 1, ["none", "null", "na"].contains(first.lowercased()) { return nil }
    // White space within a caption without tags is its own.
    return kept.count == words.count
      ? String(field[first.startIndex..<last.endIndex]) : kept.joined(separator: " ")
  }
}
