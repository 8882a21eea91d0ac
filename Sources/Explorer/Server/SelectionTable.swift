internal import Files
internal import LinearAlgebra

/// A choice among images as a table that other programs read, and that is read again.
///
/// Values stand as they are, also those that spreadsheets take for formulas: one that was changed would read back as
/// another in every other program.
struct SelectionTable {
  private static let ownColumns = ["row", "id", "path", "x", "y"]

  private let set: ImageSet

  init(_ set: ImageSet) { self.set = set }

  /// The header: what images are called and where they stand, then their metadata; a key that is called as one of the
  /// first has `metadata.` before it.
  private var header: [String] {
    var names = Self.ownColumns
    for column in set.columns {
      var name = column.key
      while names.contains(name) { name = "metadata." + name }
      names.append(name)
    }
    return names
  }

  /// The table of the rows that a mask has.
  ///
  /// - Complexity: O(chosen rows · columns).
  func text(of mask: RowMask) -> String {
    var text = CSV.line(header)
    for row in mask.rows {
      let image = set.images[row]
      let isPlaced = set.located.contains(row)
      var fields = ["\(row)", image.id, image.path]
      fields += (0..<2).map { isPlaced ? set.positions[row, $0].shortestText : "" }
      fields += set.columns.map { $0.text(row) }
      text += CSV.line(fields)
    }
    return text
  }

  /// The rows that a table names by a column `path`, or else `id`, which may come to be another image's.
  ///
  /// - Returns: The rows, and the names that no image has, in their order.
  /// - Throws: `FileError` for a table with neither column.
  /// - Complexity: O(images + records).
  func rows(namedIn table: CSV) throws -> (mask: RowMask, unknown: [String]) {
    let isByID = !table.header.contains("path")
    guard !isByID || table.header.contains("id") else {
      throw FileError(
        table.file, "has no column \"path\" or \"id\"; its columns are \(table.header.listed)")
    }
    let column = try table.column(isByID ? "id" : "path")
    let names = set.images.enumerated().map { (isByID ? $1.id : $1.path, $0) }
    let rows = Dictionary(names) { first, _ in first }
    var mask = RowMask(count: set.images.count)
    var unknown: [String] = []
    for record in table.records {
      if let row = rows[record.fields[column]] {
        mask.insert(row)
      } else {
        unknown.append(record.fields[column])
      }
    }
    return (mask, unknown)
  }
}

extension MetadataColumn {
  /// The value of a row as a table has it; empty for none.
  fileprivate func text(_ row: Int) -> String {
    switch values {
    case .categories(let names, let codes):
      names.indices.contains(Int(codes[row])) ? names[Int(codes[row])] : ""
    case .numbers(let values, let present):
      present.contains(row) ? values[row].shortestText : ""
    }
  }
}
