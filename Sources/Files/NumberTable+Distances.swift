/// Numbers that are distances.
extension NumberTable {
  /// The n whose triangle with its diagonal has so many numbers, n (n + 1) / 2; nil when none has.
  static func triangleSide(_ count: Int) -> Int? {
    let side = triangleSideBelow(count)
    return side * (side + 1) / 2 == count ? side : nil
  }

  /// The largest n whose triangle with its diagonal has at most so many numbers.
  static func triangleSideBelow(_ count: Int) -> Int {
    var side = Int(((8 * Double(count) + 1).squareRoot() - 1) / 2)
    while side * (side + 1) / 2 > count { side -= 1 }
    while (side + 1) * (side + 2) / 2 <= count { side += 1 }
    return side
  }

  var triangleSide: Int? { Self.triangleSide(values.count) }

  /// As much of the largest distance is rounding: what single precision leaves of a product of vectors.
  static var rounding: Scalar { 1e-5 }

  private var largest: Scalar {
    values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
  }

  /// The places of a triangle's diagonal: the last number of each line, or the first.
  private func diagonal(isUpper: Bool) -> [Int] {
    var start = 0
    return lengths.map { length in
      defer { start += length }
      return isUpper ? start : start + length - 1
    }
  }

  /// Whether the numbers where a triangle has its diagonal are 0, up to rounding, and not all others are, too.
  func hasZeroDiagonal(isUpper: Bool) -> Bool {
    largest > 0 && hasZeros(at: diagonal(isUpper: isUpper))
  }

  /// Whether numbers are 0, up to rounding, or absent.
  func hasZeros(at places: [Int]) -> Bool {
    let limit = largest * Self.rounding
    let empty = Set(emptyPlaces)
    return places.allSatisfy { values[$0].magnitude <= limit || empty.contains($0) }
  }

  /// The numbers of a triangle beside its diagonal.
  func withoutDiagonal(isUpper: Bool) -> [Scalar] {
    let places = Set(diagonal(isUpper: isUpper))
    return values.indices.filter { !places.contains($0) }.map { values[$0] }
  }

  /// Checks that no number is NaN; where nothing else will look for negative ones, that none is negative beyond
  /// rounding, and makes those within it 0.
  ///
  /// - Throws: `FileError` naming the line.
  mutating func requireDistances(checksSigns: Bool) throws {
    let limit = checksSigns ? -largest * Self.rounding : -.infinity
    var raised = 0
    for place in values.indices where !(values[place] >= 0) {
      guard values[place] >= limit else {
        throw FileError(
          file,
          "line \(line(ofPlace: place)): \(values[place]) is no distance; expected numbers that are not negative, "
            + "inf or an empty field for a pair without one")
      }
      guard checksSigns else { continue }
      if values[place] != 0 { raised += 1 }
      replace(place, with: 0)
    }
    if raised > 0 { say("\(raised) distances are below 0 by rounding and taken for 0") }
  }

  /// Takes the first number of every line after the first for the name of its row, and the first line for those of the
  /// columns.
  mutating func dropLabels() {
    dropFirstLine(because: "has an empty first field and is taken for the columns' names")
    dropFirstColumn(because: "is taken for the names of the rows")
  }

  /// Leaves out an empty field at the end of lines, which a separator at their end makes.
  mutating func dropEmptyEnds() {
    let empty = Set(emptyPlaces)
    guard !empty.isEmpty else { return }
    var dropped: Set<Int> = []
    var start = 0
    var shortened = lengths
    for (row, length) in lengths.enumerated() {
      start += length
      if empty.contains(start - 1) {
        dropped.insert(start - 1)
        shortened[row] -= 1
      }
    }
    drop(dropped, lengths: shortened)
  }
}
