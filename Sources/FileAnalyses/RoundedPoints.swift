import Analyses
import Files
import LinearAlgebra

/// The points of a file in single precision, in which neighbours are computed, such that rounding loses nothing that
/// the metric compares.
///
/// Points in double precision that lie far from 0, or are far smaller or larger than 1, are moved and scaled before
/// they are rounded, where the metric does not feel it; where rows that differ would become equal, or another row the
/// nearest, they are refused.
struct RoundedPoints {
  /// The points, [rows, columns].
  private(set) var matrix: Matrix<Float>
  private let columns: Int
  /// What is subtracted of every row, the middle of a column or 0; empty for nothing.
  private let centre: [Double]
  /// The power of two by which directions are scaled.
  private let scale: Double
  private let metric: Metric

  /// Columns are moved where it makes most of their numbers so much smaller.
  private static let gain = 16.0
  /// The least difference that counts, as a share of the largest number: less is the rounding of double precision.
  private static let noise = 0x1p-44

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - input: `PATH` or `PATH:MEMBER`.
  ///   - metric: What the points will be compared by.
  ///   - note: Hears how the file was read; standard error unless given.
  /// - Throws: `FileError` naming the first rows that differ and would not in single precision, or a row that would
  ///   have another nearest one.
  init(
    _ input: String, metric: Metric, note: (String) -> Void = MatrixFile.tell
  ) throws {
    self.metric = metric
    guard let points = try Self.doubles(input, note: note) else {
      matrix = try MatrixFile.readFloats(input, note: note)
      self.centre = []
      self.scale = 1
      columns = matrix.columns
      return
    }
    let largest = points.values.reduce(0) { max($0, $1.magnitude) }
    var centre: [Double] = []
    var scale = 1.0
    if metric.origin == nil {
      centre = Self.middles(points)
    } else if largest > 0, !(0x1p-60...0x1p60).contains(largest) {
      scale = Double(
        sign: .plus, exponent: max(min(-largest.exponent, 1023), -1022), significand: 1)
    }
    self.centre = centre
    self.scale = scale
    columns = points.columns
    matrix = try Self.rounded(points, centre, scale, input)
    try requireDifferences(points, largest, input)
    try NeighborRounding(points, matrix, metric: metric).requireOrder(
      noise: largest * Self.noise, file: input)
  }

  /// The points, whose memory is the caller's from now on.
  ///
  /// - Returns: The matrix; what is left here is empty.
  mutating func take() -> Matrix<Float> {
    defer { matrix = Matrix(rows: 0, columns: 0) }
    return matrix
  }

  /// The numbers of a file in double precision; nil where it holds none.
  private static func doubles(_ input: String, note: (String) -> Void) throws -> Matrix<Double>? {
    let (path, member) = MatrixFile.split(input)
    if member == nil, MatrixFile.format(ofPath: path) == .npy,
      try NumPyFile.RowReader(path: path).isSinglePrecision
    {
      return nil
    }
    return try MatrixFile.read(input, note: note)
  }

  /// So many rows, spread evenly, tell where the middle of a column is.
  private static let sampledRows = 1001

  /// The median of every column whose numbers lie far from 0 beside how far they lie from there, 0 of the others; empty
  /// where all are such.
  ///
  /// Unlike the mean, one number that is missing and written as 0 does not move it.
  private static func middles(_ points: Matrix<Double>) -> [Double] {
    let step = (points.rows + sampledRows - 1) / sampledRows
    let rows = Array(stride(from: 0, to: points.rows, by: max(step, 1)))
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    var middles = [Double](repeating: 0, count: points.columns)
    for column in 0..<points.columns {
      let values = rows.map { points.values[$0 * points.columns + column] }
      let middle = median(values)
      let spread = median(values.map { ($0 - middle).magnitude })
      if spread * gain <= median(values.map(\.magnitude)) { middles[column] = middle }
    }
    return middles.contains { $0 != 0 } ? middles : []
  }

  private static func rounded(
    _ points: Matrix<Double>, _ centre: [Double], _ scale: Double, _ input: String
  ) throws -> Matrix<Float> {
    var values = [Float](repeating: 0, count: points.values.count)
    for place in values.indices {
      let column = place % points.columns
      let value = points.values[place] - (centre.isEmpty ? 0 : centre[column])
      values[place] = Float(scale == 1 ? value : value * scale)
      guard values[place].isFinite else {
        throw FileError(
          input,
          "row \(place / points.columns), column \(column) is \(points.values[place]); every number must be "
            + "finite in Float (rows and columns count from 0)")
      }
    }
    return Matrix(rows: points.rows, columns: points.columns, values: values)
  }

  /// Refuses rows that differ by more than the rounding of double precision and are equal now.
  private func requireDifferences(
    _ points: Matrix<Double>, _ largest: Double, _ input: String
  ) throws {
    var firstWith: [Int: Int] = [:]
    firstWith.reserveCapacity(matrix.rows)
    for i in 0..<matrix.rows {
      var hasher = Hasher()
      for value in matrix.row(i) { hasher.combine(value) }
      guard let other = firstWith.updateValue(i, forKey: hasher.finalize()),
        matrix.row(other).elementsEqual(matrix.row(i))
      else { continue }
      let difference = zip(points.row(other), points.row(i)).reduce(0) {
        max($0, ($1.0 - $1.1).magnitude)
      }
      guard difference > largest * Self.noise else { continue }
      throw FileError(
        input,
        "rows \(other) and \(i) (counted from 0) differ by \(difference) at most and are equal in single precision, "
          + "in which neighbours are computed: "
          + (metric.origin == nil
            ? largest < Double(Float.leastNormalMagnitude)
              ? "scale the numbers up" : NeighborRounding.remedy
            : "subtract the mean of the columns first, or take --metric euclidean"))
    }
  }

  /// Reads points that are to be compared with these, rounded in the same way.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - input: These points' file, for messages.
  ///   - note: Hears how the file was read; standard error unless given.
  /// - Returns: The points.
  /// - Throws: `FileError`, for other columns too.
  func rounding(
    _ path: String, of input: String, note: (String) -> Void = MatrixFile.tell
  ) throws -> Matrix<Float> {
    func check(_ columns: Int) throws {
      guard columns == self.columns else {
        throw FileError(path, "has \(columns) columns; \(input) has \(self.columns)")
      }
    }
    if centre.isEmpty, scale == 1 {
      let points = try MatrixFile.readFloats(path, note: note)
      try check(points.columns)
      return points
    }
    let points = try MatrixFile.read(path, note: note)
    try check(points.columns)
    return try Self.rounded(points, centre, scale, path)
  }
}
