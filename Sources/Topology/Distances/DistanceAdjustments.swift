public import LinearAlgebra

/// What in a matrix of distances that is given is not exactly as it must be, but is up to rounding, and the pairs
/// that have no distance.
///
/// Distances that come from products of vectors have a diagonal of some 1e-7, and as many below 0 or not the same
/// both ways: they are taken for what they stand for, and counted.
public struct DistanceAdjustments: Sendable, Equatable {
  /// As much of the largest distance is rounding.
  static let rounding: Float = 1e-5

  /// Elements of the diagonal that are not 0.
  public private(set) var diagonalElements = 0
  /// The largest of them.
  private var diagonal = 0.0
  /// Distances below 0.
  public private(set) var negativeElements = 0
  private var negative = 0.0
  /// Pairs whose two distances differ: the one below the diagonal counts.
  public private(set) var asymmetricPairs = 0
  private var asymmetry = 0.0
  /// Elements that are infinite: pairs that never enter, each counted twice.
  public internal(set) var absentPairs = 0

  /// Nothing.
  public init() {}

  /// Repairs a matrix in double precision.
  ///
  /// - Parameter matrix: [n, n].
  /// - Throws: `TopologyError.invalid` naming row and column of what is more than rounding.
  /// - Complexity: O(n²).
  public init(repairing matrix: inout Matrix<Double>) throws {
    try SquareDistances.requireSquare(matrix)
    let largest = matrix.values.reduce(0) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    let rounding = Double(Self.rounding) * largest
    for i in 0..<matrix.rows {
      let diagonal = matrix[i, i]
      if diagonal != 0 {
        guard diagonal.magnitude <= rounding else {
          throw SquareDistances.notZero(row: i, value: diagonal)
        }
        addDiagonal(diagonal)
        matrix[i, i] = 0
      }
      for j in 0..<i {
        for (row, column) in [(i, j), (j, i)] where !(matrix[row, column] >= 0) {
          guard matrix[row, column] >= -rounding else {
            throw SquareDistances.invalid(row: row, column: column, value: matrix[row, column])
          }
          addNegative(matrix[row, column])
          matrix[row, column] = 0
        }
        let (here, there) = (matrix[i, j], matrix[j, i])
        if here == .infinity, there == .infinity { absentPairs += 2 }
        guard here != there else { continue }
        guard (here - there).magnitude <= rounding else {
          throw SquareDistances.notSymmetric(row: i, column: j, here, there)
        }
        addAsymmetry(here - there)
        matrix[j, i] = here
      }
    }
  }

  mutating func addDiagonal(_ value: Double) {
    diagonalElements += 1
    if value.magnitude > diagonal.magnitude { diagonal = value }
  }

  mutating func addNegative(_ value: Double) {
    negativeElements += 1
    negative = min(negative, value)
  }

  mutating func addAsymmetry(_ difference: Double) {
    asymmetricPairs += 1
    asymmetry = max(asymmetry, difference.magnitude)
  }

  mutating func add(_ other: DistanceAdjustments) {
    diagonalElements += other.diagonalElements
    if other.diagonal.magnitude > diagonal.magnitude { diagonal = other.diagonal }
    negativeElements += other.negativeElements
    negative = min(negative, other.negative)
    asymmetricPairs += other.asymmetricPairs
    asymmetry = max(asymmetry, other.asymmetry)
    absentPairs += other.absentPairs
  }

  /// What is to be said of it.
  public var notes: [String] {
    var notes: [String] = []
    if diagonalElements > 0 {
      notes.append(
        "\(diagonalElements) elements of the diagonal are not 0, at most \(diagonal), and are taken for it: rounding"
      )
    }
    if negativeElements > 0 {
      notes.append(
        "\(negativeElements) distances are below 0, at least \(negative), and are taken for 0: rounding"
      )
    }
    if asymmetricPairs > 0 {
      notes.append(
        "\(asymmetricPairs) pairs have two distances, which differ by \(asymmetry) at most; the one below the "
          + "diagonal counts: rounding")
    }
    if absentPairs > 0 {
      notes.append("\(absentPairs / 2) pairs have no distance (inf) and never enter")
    }
    return notes
  }
}
