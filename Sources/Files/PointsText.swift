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
      || table.firstLineCounts
    {
      table.say(
        "line \(table.lines[0]) \(words) and is read as a point; if it names the columns, as pandas names those "
          + "without names, remove it (in pandas header=False)")
    }
  }

  /// Fewer lines count by chance.
  private static let fewestCounted = 3
  /// What columns are called that number or name the rows, and that have classes.
  private static let indexNames: Set = ["id", "index", "row"]
  private static let classNames: Set = ["class", "label"]

  private static func dropIndex(_ table: inout NumberTable<Double>) {
    let count = table.lengths.count
    guard count >= Self.fewestCounted, let width = table.lengths.first, width > 1,
      table.lengths.allSatisfy({ $0 == width })
    else { return }
    for (name, isWhole) in zip(table.names ?? [], table.wholeColumns)
    where isWhole && classNames.contains(name.lowercased()) {
      table.say(
        "the column \"\(name)\" is read as a coordinate; if it has the rows' classes, leave it out and give it with "
          + "--labels")
    }
    guard table.wholeColumns.first == true else { return }
    let numbers = (0..<count).map { table.values[$0 * width] }
    let start = numbers[0] == 0 ? 0 : 1
    let counts = numbers.indices.allSatisfy { numbers[$0] == Double(start + $0) }
    let range = "\(start) to \(start + count - 1)"
    let name = table.names?.first
    let words = name.map { "column \"\($0)\"" } ?? "first column"
    let isIndexName = name.map { indexNames.contains($0.lowercased()) } ?? false
    let others = table.wholeColumns.dropFirst()
    if counts, isIndexName {
      return table.dropFirstColumn(
        because:
          "is called \"\(name ?? "")\", counts the rows, \(range), and is taken for an index; if it is a coordinate, "
          + "give it another name")
    }
    if name == nil, table.countsLines, width > 2, !table.hasWholeNumbersBesideFirst {
      return table.dropFirstColumn(
        because:
          "counts the rows, \(range), and is taken for an index, as pandas writes it; if it is a "
          + "coordinate, put a line of names above the numbers")
    }
    if counts {
      table.say(
        "the \(words) counts the rows, \(range), and is read as a coordinate; if it is an index, remove it"
      )
    } else if isIndexName {
      table.say(
        "the \(words) is read as a coordinate; if it numbers or names the rows, leave it out")
    } else if !others.allSatisfy({ $0 }), Set(rowNames(table, width)).count == count,
      others.drop(while: { $0 }).allSatisfy({ !$0 })
    {
      table.say(
        "the \(words) has whole numbers, other than the last ones, and is read as a coordinate; if it numbers or "
          + "names the rows, leave it out")
    }
  }

  /// The whole numbers that every line begins with.
  private static func rowNames(_ table: NumberTable<Double>, _ width: Int) -> [[Double]] {
    let leading = table.wholeColumns.prefix { $0 }.count
    return table.lengths.indices.map { Array(table.values[$0 * width..<$0 * width + leading]) }
  }
}
