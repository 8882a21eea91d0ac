package import Foundation
package import LinearAlgebra

/// Points in a text, a row each.
///
/// A first line of names is a header, and so is `0, 1, 2, …` above numbers with decimal points, as pandas names
/// columns that have no names; above whole numbers only where it is longer than a point would count by chance. A first
/// column without a name is an index, as pandas writes it, and so is one that counts 0, 1, 2, … beside two columns or
/// more of numbers with decimal points. What is taken for either is said, and what might be and is not.
package struct PointsText {
  /// The points, [rows, columns].
  package let matrix: Matrix<Double>
  /// What was taken for a header or an index, or looks like one and was not.
  package let notes: [String]

  /// Reads a text.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - file: The path, for messages.
  /// - Throws: `FileError` naming the line and field of what is no number, and a line of another length.
  package init(_ data: Data, file: String) throws {
    var table = try NumberTable<Double>(data, file: file, use: .points)
    Self.dropHeader(&table)
    Self.dropIndex(&table)
    guard let columns = table.lengths.first else {
      throw FileError(file, "holds no row of numbers")
    }
    if let row = table.lengths.firstIndex(where: { $0 != columns }) {
      throw FileError(
        file,
        "line \(table.lines[row]): \(table.lengths[row]) fields, the first row has \(columns)")
    }
    matrix = Matrix(rows: table.lengths.count, columns: columns, values: table.values)
    notes = table.notes
  }

  /// A point of so few numbers may be 0, 1, 2, … by chance.
  private static let chanceWidth = 4

  private static func dropHeader(_ table: inout NumberTable<Double>) {
    guard table.names == nil, let first = table.firstLine, table.lengths.count > 1 else { return }
    let width = table.lengths[1]
    let isShort = table.firstLineCounts && first.count + 1 == width
    let isCertain = !table.hasWholeNumbers && table.hasFractions
    let isConsecutive = first.indices.allSatisfy { first[$0] == first[0] &+ UInt64($0) }
    let words =
      "is \(first.prefix(3).map(String.init).joined(separator: ", "))"
      + (first.count > 3 ? ", …" : "")
    let isHeader =
      isShort
      || table.firstLineCounts && first.count > 1
        && (isCertain
          || table.separator != .blanks
            && (table.hasFractions || first.count > Self.chanceWidth))
      || isCertain && table.lengths.count > 3
        && (table.firstLineCounts || isConsecutive && first.count > 2)
    if isHeader {
      table.dropFirstLine(
        because:
          "\(words) and is taken for the columns' names, as pandas writes them, not for a point; if it is "
          + "one, put a line of names above it")
      if isShort { table.dropFirstColumn(because: "has no name and is taken for an index") }
    } else if isCertain && table.lengths.count > 3 && first.count > 1
      || table.firstLineCounts && first.count > 1
    {
      table.say(
        "line \(table.lines[0]) \(words) and is read as a point; if it names the columns, as pandas names those "
          + "without names, remove it (in pandas header=False)")
    }
  }

  /// Fewer lines count by chance.
  private static let fewestCounted = 3

  private static func dropIndex(_ table: inout NumberTable<Double>) {
    guard table.countsLines, table.lengths.count >= Self.fewestCounted,
      table.lengths.allSatisfy({ $0 > 1 })
    else { return }
    let last = table.lengths.count - 1
    if let names = table.names, let name = names.first {
      table.say(
        "the column \"\(name)\" counts the rows, 0 to \(last), and is read as a coordinate; if it is an index, "
          + "remove it")
    } else if !table.hasWholeNumbersBesideFirst, table.lengths.allSatisfy({ $0 > 2 }) {
      table.dropFirstColumn(
        because:
          "counts the rows, 0 to \(last), and is taken for an index, as pandas writes it; if it is a "
          + "coordinate, put a line of names above the numbers")
    } else {
      table.say(
        "the first column counts the rows, 0 to \(last), and is read as a coordinate; if it is an index, remove "
          + "it")
    }
  }
}
