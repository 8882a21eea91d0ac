/// The distances of all pairs one after another, without the lines of a triangle that would tell whose they are.
///
/// Ripser's order is d(1, 0), d(2, 0), d(2, 1), …, the rows of the lower triangle; SciPy's, which calls it condensed, is
/// d(0, 1), d(0, 2), …, d(1, 2), …, those of the upper one. Of up to 3 points both are the same; of more the triangle
/// inequality decides where it holds in one of them alone.
struct DistanceList<Scalar: DecimalReadable> {
  /// d(1, 0), d(2, 0), d(2, 1), ….
  let lowerTriangle: [Scalar]
  /// Which order they were in.
  private(set) var notes: [String] = []

  /// Finds the order.
  ///
  /// - Parameters:
  ///   - values: The numbers.
  ///   - count: The number of points.
  ///   - isColumn: Whether each stands in a line of its own, as NumPy writes SciPy's.
  ///   - file: The path, for messages.
  /// - Throws: `FileError` where nothing tells the order.
  /// - Complexity: O(values).
  init(_ values: [Scalar], count: Int, isColumn: Bool, file: String) throws {
    let mirrored = Self.mirrored(values, count: count)
    guard mirrored != values else {
      lowerTriangle = values
      return
    }
    if let isUpper = Self.isUpper(values, mirrored, count: count) {
      lowerTriangle = isUpper ? mirrored : values
      notes.append(
        isUpper
          ? "is read as SciPy's condensed form, the rows of the upper triangle: in that order, and not in "
            + "Ripser's, the triangle inequality holds"
          : "is read in Ripser's order, d(1, 0), d(2, 0), d(2, 1), …: in that order, and not in SciPy's condensed "
            + "form, the triangle inequality holds")
    } else if isColumn {
      lowerTriangle = mirrored
      notes.append(
        "is read as SciPy's condensed form, the rows of the upper triangle, as NumPy writes it in one column; put "
          + "Ripser's order into the lines of a triangle")
    } else {
      throw FileError(
        file,
        "lists the \(values.count) distances of \(count) points, and nothing tells their order, Ripser's (d(1, 0), "
          + "d(2, 0), d(2, 1), …) or SciPy's condensed form (d(0, 1), d(0, 2), …): write the triangle with a line a "
          + "row, or the square, or save the condensed form as .npy")
    }
  }

  /// Whether the triangle inequality holds in SciPy's order alone; nil where it decides nothing.
  private static func isUpper(_ values: [Scalar], _ mirrored: [Scalar], count: Int) -> Bool? {
    // Up to rounding, else up to that of numbers with few digits.
    for tolerance in [1e-5, 1e-3] as [Scalar] {
      let isLower = isMetric(values, count: count, within: tolerance)
      let isUpper = isMetric(mirrored, count: count, within: tolerance)
      if isLower || isUpper { return isLower == isUpper ? nil : isUpper }
    }
    return nil
  }

  /// The rows of an upper triangle as those of the lower one.
  static func mirrored(_ rows: [Scalar], count: Int) -> [Scalar] {
    var result = rows
    var place = 0
    for i in 0..<count {
      for j in i + 1..<max(count, i + 1) {
        result[j * (j - 1) / 2 + i] = rows[place]
        place += 1
      }
    }
    return result
  }

  /// Whether the triangle inequality holds, up to a share of the sides, among some hundred points spread evenly.
  private static func isMetric(
    _ lower: [Scalar], count: Int, within tolerance: Scalar
  ) -> Bool {
    func distance(_ i: Int, _ j: Int) -> Scalar { lower[i * (i - 1) / 2 + j] }
    let points = Array(stride(from: 0, to: count, by: (count + 255) / 256))
    for (place, i) in points.enumerated() {
      for (other, j) in points[..<place].enumerated() {
        for k in points[..<other] {
          let (a, b, c) = (distance(i, j), distance(i, k), distance(j, k))
          let longest = max(a, b, c)
          if longest.isFinite, 2 * longest > (a + b + c) * (1 + tolerance) { return false }
        }
      }
    }
    return true
  }
}
