public import Foundation

/// A distance matrix in a text, in any of the forms that programs write.
///
/// The lengths of the lines say which: a square; a lower triangle (lines of 1, 2, 3, … numbers, as Ripser's) or an
/// upper one (…, 3, 2, 1), each with its diagonal or without; or n (n − 1) / 2 numbers in one line or column. Numbers
/// are separated as `NumberTable` says; a square may have names of columns and an index. A number `inf` and an empty
/// field are pairs without a distance.
public struct DistanceText<Scalar: Sendable>: Sendable {
  /// The numbers, as they lie.
  public enum Numbers: Sendable {
    /// d(1, 0), d(2, 0), d(2, 1), …: `count * (count - 1) / 2` numbers, not negative.
    case lowerTriangle([Scalar])
    /// Row after row, `count * count` numbers, not checked.
    case square([Scalar])
  }

  /// The numbers, infinity for a pair without a distance.
  public let numbers: Numbers
  /// The number of points.
  public let count: Int
  /// What was taken for something that a reader should know of.
  public let notes: [String]
}

// Two initialisers, not a generic one: other modules could not call a specialised copy of that.

extension DistanceText where Scalar == Float {
  /// Reads a text; each number is rounded once, to float32.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - file: The path, for messages.
  /// - Throws: `FileError` naming the line of what is not a distance, or saying what lengths the lines have when
  ///   they are of none of the forms, and for a list whose order is not sure.
  public init(_ data: Data, file: String) throws {
    try self.init(reading: NumberTable(data, file: file, use: .distances))
  }
}

extension DistanceText where Scalar == Double {
  /// Reads a text in double precision; see that for single precision.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - file: The path, for messages.
  /// - Throws: `FileError`.
  public init(_ data: Data, file: String) throws {
    try self.init(reading: NumberTable(data, file: file, use: .distances))
  }
}

extension DistanceText where Scalar: DecimalReadable {
  init(reading table: NumberTable<Scalar>) throws {
    var table = table
    Self.dropNames(&table)
    if Self.form(of: table) == nil {
      table.dropEmptyEnds()
      Self.dropNames(&table)
    }
    try Self.dropEmptyEnd(ofList: &table)
    let form = try Self.requiredForm(of: table)
    try table.requireDistances(checksSigns: form != .square)
    count = form.count(table.values.count)
    var notes: [String] = []
    switch form {
    case .square:
      var values = table.values
      let isHalf = Self.fillEmptyHalf(&values, count: count, empty: table.emptyPlaces)
      if isHalf { notes.append("one half is empty: the other is taken for both") }
      for place in table.emptyPlaces where place / count == place % count { values[place] = 0 }
      numbers = .square(values)
    case .lower(let hasDiagonal):
      numbers = .lowerTriangle(
        hasDiagonal ? table.withoutDiagonal(isUpper: false) : table.values)
      if hasDiagonal { notes.append("is read as a lower triangle with its diagonal") }
    case .upper(let hasDiagonal):
      let rows = hasDiagonal ? table.withoutDiagonal(isUpper: true) : table.values
      numbers = .lowerTriangle(DistanceList.mirrored(rows, count: count))
      notes.append("is read as an upper triangle \(hasDiagonal ? "with" : "without") its diagonal")
    case .list:
      let list = try DistanceList(
        table.values, count: count, isColumn: table.lengths.count == table.values.count,
        file: table.file)
      numbers = .lowerTriangle(list.lowerTriangle)
      notes += list.notes
    }
    let file = table.file
    self.notes = table.notes + notes.map { "\(file): \($0)" }
  }

  /// What the lengths of lines can mean.
  enum Form: Equatable {
    case square
    case lower(hasDiagonal: Bool)
    case upper(hasDiagonal: Bool)
    case list

    /// The number of points of so many numbers in this form.
    func count(_ numbers: Int) -> Int {
      switch self {
      case .square: Int(Double(numbers).squareRoot().rounded())
      case .lower(true), .upper(true): NumberTable<Double>.triangleSide(numbers) ?? 0
      case .lower(false), .upper(false), .list:
        (NumberTable<Double>.triangleSide(numbers) ?? 0) + 1
      }
    }
  }

  /// The form that the lines have; nil for none.
  static func form(of table: NumberTable<Scalar>) -> Form? {
    let lengths = table.lengths
    let rows = lengths.count
    if rows == 0 { return .lower(hasDiagonal: false) }
    if rows == 1, lengths[0] == 1 {
      // One number is the distance of two points; 0 in a table is that of one from itself.
      return table.values[0] == 0 && table.file.lowercased().hasSuffix(".csv")
        ? .square : .lower(hasDiagonal: false)
    }
    if lengths.allSatisfy({ $0 == rows }) { return .square }
    let rises = lengths.indices.allSatisfy { lengths[$0] == $0 + 1 }
    if rises || lengths.indices.allSatisfy({ lengths[$0] == rows - $0 }) {
      let hasDiagonal = table.hasZeroDiagonal(isUpper: !rises)
      return rises ? .lower(hasDiagonal: hasDiagonal) : .upper(hasDiagonal: hasDiagonal)
    }
    guard table.triangleSide != nil else { return nil }
    if rows == 1 || lengths.allSatisfy({ $0 == 1 }) { return .list }
    // Lines that were filled up, whatever row their numbers are of.
    let width = lengths[0]
    let isFilled = lengths.dropLast().allSatisfy { $0 == width } && lengths[rows - 1] < width
    return isFilled && rows != width && table.emptyPlaces.isEmpty ? .list : nil
  }

  private static func requiredForm(of table: NumberTable<Scalar>) throws -> Form {
    if let form = form(of: table) { return form }
    let lengths = table.lengths
    let rows = lengths.count
    var found = lengths.prefix(5).map(String.init).joined(separator: ", ")
    if rows > 5 { found += ", …, \(lengths[rows - 1])" }
    var guess = ""
    if rows == 1 || lengths.allSatisfy({ $0 == 1 }) {
      let side = NumberTable<Double>.triangleSideBelow(table.values.count) + 1
      guess =
        "; \(side) points have \(side * (side - 1) / 2) and \(side + 1) points "
        + "\(side * (side + 1) / 2)"
    } else if Set(lengths).count == 1 {
      guess = "; if its rows are points, leave --distances out"
    } else if let usual = Self.usualLength(lengths),
      let odd = lengths.firstIndex(where: { $0 != usual })
    {
      guess = "; line \(table.lines[odd]) has \(lengths[odd]), most have \(usual)"
    }
    throw FileError(
      table.file,
      "is no distance matrix: it has \(rows) line\(rows == 1 ? "" : "s") of \(found) number\(found == "1" ? "" : "s"), "
        + "\(table.values.count) in all\(guess). Expected a square (n lines of n), a lower triangle (1, 2, 3, …) or "
        + "an upper one (…, 3, 2, 1), with its diagonal or without, or n (n − 1) / 2 numbers in one line or column"
    )
  }

  /// The length of more than half of the lines; nil where there is none.
  private static func usualLength(_ lengths: [Int]) -> Int? {
    let middle = lengths.sorted()[lengths.count / 2]
    return lengths.count { $0 == middle } * 2 > lengths.count ? middle : nil
  }

  /// Leaves out the empty field that a separator at the end of a list in one line makes.
  ///
  /// - Throws: `FileError` where it could be a pair without a distance as well.
  private static func dropEmptyEnd(ofList table: inout NumberTable<Scalar>) throws {
    guard table.lengths.count == 1, form(of: table) == .list,
      table.emptyPlaces.last == table.values.count - 1
    else { return }
    table.dropEmptyEnds()
    guard form(of: table) != .list else { return }
    throw FileError(
      table.file,
      "line \(table.lines[0]): ends in a separator, after which the last distance may be absent or nothing; write "
        + "inf for a pair without a distance, or remove the separator")
  }

  /// Whether a square is one of distances within labels: an empty corner, and names on both sides.
  ///
  /// Of distances alone the corner would be empty and the rest of the diagonal not, or a whole first row and column
  /// stand around an empty half.
  private static func isLabelled(_ table: NumberTable<Scalar>) -> Bool {
    let count = table.lengths.count
    let empty = Set(table.emptyPlaces)
    guard count > 1, empty.contains(0), form(of: table) == .square,
      (1..<count).allSatisfy({ !empty.contains($0) && !empty.contains($0 * count) })
    else { return false }
    let diagonal = (1..<count).map { $0 * count + $0 }
    if diagonal.allSatisfy({ !empty.contains($0) }) { return table.hasZeros(at: diagonal) }
    guard count > 2 else { return false }
    let pairs = (count - 1) * (count - 2) / 2
    let above = empty.count { $0 > 0 && $0 / count < $0 % count }
    let below = empty.count { $0 > 0 && $0 / count > $0 % count }
    return max(above, below) == pairs && min(above, below) == 0
  }

  /// Takes a line of names and a counting column for what they are, where the rest is square, or a column of distances.
  private static func dropNames(_ table: inout NumberTable<Scalar>) {
    if isLabelled(table) { return table.dropLabels() }
    guard form(of: table) == nil, let width = table.lengths.last else { return }
    let rows = table.lengths.count
    let isEven = table.lengths.dropFirst().allSatisfy { $0 == width }
    if isEven, let first = table.firstLine,
      zip(first, first.dropFirst()).allSatisfy({ $0 < $1 })
    {
      // In both, row i of distances follows line i of the file, and is 0 at i.
      let isShort =
        first.count + 1 == width && width == rows
        && table.hasZeros(at: (1..<rows).map { first.count + ($0 - 1) * width + $0 })
      let isWhole =
        first.count == width && rows == width + 1
        && table.hasZeros(at: (1..<rows).map { $0 * width + $0 - 1 })
      let isOfColumn =
        width == 1 && first == [0] && NumberTable<Double>.triangleSide(rows - 1) != nil
      if isShort || isWhole || isOfColumn {
        table.dropFirstLine(because: "is taken for the columns' names, as pandas writes them")
        if isShort { table.dropFirstColumn(because: "has no name and is taken for an index") }
        return
      }
    }
    guard isEven, table.lengths[0] == width, table.countsLines else { return }
    let isOfColumn = width == 2 && NumberTable<Double>.triangleSide(rows) != nil
    let isWhole =
      width == rows + 1 && table.hasZeros(at: (0..<rows).map { $0 * width + $0 + 1 })
    if isWhole || isOfColumn {
      table.dropFirstColumn(because: "counts the rows and is taken for an index")
    }
  }

  /// Copies one half of a square to the other where that is empty; false where it is not.
  private static func fillEmptyHalf(_ values: inout [Scalar], count: Int, empty: [Int]) -> Bool {
    guard count > 1 else { return false }
    let above = empty.count { $0 / count < $0 % count }
    let below = empty.count { $0 / count > $0 % count }
    let pairs = count * (count - 1) / 2
    guard max(above, below) == pairs, min(above, below) < pairs else { return false }
    for i in 0..<count {
      for j in 0..<i {
        if above == pairs {
          values[j * count + i] = values[i * count + j]
        } else {
          values[i * count + j] = values[j * count + i]
        }
      }
    }
    return true
  }
}
