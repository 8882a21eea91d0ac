import LinearAlgebra

// Wang and Isola 2020, arXiv:2005.10242; their uniformity is one of `CosineDistribution`.

/// The mean squared distance of pairs of unit rows of one class: how close what belongs together is.
///
/// Method: the sum over the ordered pairs of a class follows from its mean row,
/// Σ ‖x − y‖² = 2 n_c Σ ‖x‖² − 2 ‖Σ x‖², so that no pair is formed.
///
/// - Parameters:
///   - points: Embeddings, shape [n, d].
///   - classes: The class index of each row.
/// - Returns: A number from 0 to 4.
/// - Throws: `AnalysisError` when no class has two rows, and when there is not one class a row.
/// - Complexity: O(n · d).
public func alignment(of points: UnitRows, classes: [Int]) throws -> Double {
  let rows = points.rows
  guard classes.count == rows.rows else {
    throw AnalysisError.classCountMismatch(rows: rows.rows, classes: classes.count)
  }
  let members = Dictionary(grouping: classes.indices) { classes[$0] }
  var (sum, pairs) = (0.0, 0.0)
  for (_, members) in members.sorted(by: { $0.key < $1.key }) {
    let n = Double(members.count)
    let squares = members.reduce(0.0) { sum, i in
      sum + rows.row(i).reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    sum += 2 * n * squares - 2 * n * n * points.mean(of: members).reduce(0) { $0 + $1 * $1 }
    pairs += n * (n - 1)
  }
  guard pairs > 0 else {
    throw AnalysisError.invalid("alignment needs a class of two rows or more; every class has one")
  }
  return max(0, sum / pairs)
}

/// The mean squared distance between the unit rows of two embeddings of the same samples.
///
/// - Parameters:
///   - a: Embeddings, shape [n, d].
///   - b: Embeddings of the same samples under another condition, shape [n, d].
/// - Returns: A number from 0 to 4.
/// - Throws: `AnalysisError` for shapes that differ, and no rows.
/// - Complexity: O(n · d).
public func meanSquaredDistance(_ a: UnitRows, _ b: UnitRows) throws -> Double {
  let (x, y) = (a.rows, b.rows)
  guard x.rows == y.rows else { throw AnalysisError.rowsDiffer(x.rows, y.rows) }
  guard x.columns == y.columns else {
    throw AnalysisError.ambientDimensionsDiffer(x.columns, y.columns)
  }
  guard x.rows > 0 else {
    throw AnalysisError.invalid("a mean distance needs rows; there are none")
  }
  let sum = zip(x.values, y.values).reduce(0.0) { sum, pair in
    let difference = Double(pair.0) - Double(pair.1)
    return sum + difference * difference
  }
  return sum / Double(x.rows)
}
