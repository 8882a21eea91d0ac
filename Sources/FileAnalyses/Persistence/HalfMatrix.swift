import Files
import LinearAlgebra

/// Square matrices of distances that have only one half, as `numpy.triu` leaves.
enum HalfMatrix {
  /// Copies the half that is there to one of NaN.
  ///
  /// - Parameters:
  ///   - matrix: Distances; other than square is left alone.
  ///   - file: The path, for messages.
  /// - Returns: What is to be said of it; nil where nothing was changed.
  /// - Throws: `FileError` where one half is filled with zeros.
  /// - Complexity: O(n²) for such matrices, else O(1), most often.
  static func fill(_ matrix: inout Matrix<Double>, file: String) throws -> String? {
    let count = matrix.rows
    guard count == matrix.columns else { return nil }
    try requireNone(matrix.values, count: count, file: file)
    guard count > 1 else { return nil }
    for isUpper in [true, false] {
      func place(_ i: Int, _ j: Int) -> Int { isUpper ? i * count + j : j * count + i }
      let isHalf = (0..<count).allSatisfy { i in
        (i + 1..<max(count, i + 1)).allSatisfy {
          !matrix.values[place(i, $0)].isNaN && matrix.values[place($0, i)].isNaN
        }
      }
      guard isHalf else { continue }
      for i in 0..<count {
        for j in i + 1..<max(count, i + 1) {
          matrix.values[place(j, i)] = matrix.values[place(i, j)]
        }
        if matrix.values[i * count + i].isNaN { matrix.values[i * count + i] = 0 }
      }
      return "one half is NaN: the other is taken for both"
    }
    return nil
  }

  /// Refuses a matrix of which one half is 0 and the other is not.
  ///
  /// - Throws: `FileError` that says how to fill it: the mean of both halves would be half of every distance.
  static func requireNone<Scalar: BinaryFloatingPoint>(
    _ values: [Scalar], count: Int, file: String
  ) throws {
    guard count > 1 else { return }
    for isUpper in [true, false] {
      func value(_ i: Int, _ j: Int) -> Scalar { values[isUpper ? i * count + j : j * count + i] }
      let isHalf = (0..<count).allSatisfy { i in
        (i + 1..<max(count, i + 1)).allSatisfy { value(i, $0) > 0 && value($0, i) == 0 }
      }
      guard isHalf else { continue }
      throw FileError(
        file,
        "is a triangle of distances whose other half is filled with 0; save the sum of it and its transpose, D + D.T"
      )
    }
  }
}
