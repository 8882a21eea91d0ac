public import LinearAlgebra
import RealModule

// Wang and Isola 2020, arXiv:2005.10242.

/// The mean squared distance of pairs of unit rows of one class: how close what belongs together is.
///
/// Method: the mean over ordered pairs follows from each class's mean row, Σ ‖x − y‖² =
/// 2 n_c Σ‖x‖² − 2 ‖Σ x‖², so that no pair is formed.
///
/// - Parameters:
///   - points: Embeddings, shape [n, d]; rows are brought to unit length.
///   - classes: The class index of each row.
/// - Returns: A number from 0 to 4.
/// - Throws: `AnalysisError` when no class has two rows, and for a row of zeros.
/// - Complexity: O(n · d).
public func alignment(of points: Matrix<Float>, classes: [Int]) throws -> Double {
  guard classes.count == points.rows else {
    throw AnalysisError.classCountMismatch(rows: points.rows, classes: classes.count)
  }
  let unit = try points.unitRows()
  let members = Dictionary(grouping: classes.indices) { classes[$0] }
  var (sum, pairs) = (0.0, 0.0)
  for (_, rows) in members.sorted(by: { $0.key < $1.key }) {
    let n = Double(rows.count)
    let mean = meanRow(unit.selectingRows(rows))
    let squares = rows.reduce(0.0) { sum, i in
      sum + unit.row(i).reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    sum += 2 * n * squares - 2 * n * n * mean.reduce(0) { $0 + $1 * $1 }
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
/// - Throws: `AnalysisError` for shapes that differ, no rows, and a row of zeros.
public func meanSquaredDistance(_ a: Matrix<Float>, _ b: Matrix<Float>) throws -> Double {
  guard a.rows == b.rows else { throw AnalysisError.rowsDiffer(a.rows, b.rows) }
  guard a.columns == b.columns else {
    throw AnalysisError.ambientDimensionsDiffer(a.columns, b.columns)
  }
  guard a.rows > 0 else {
    throw AnalysisError.invalid("a mean distance needs rows; there are none")
  }
  let (x, y) = (try a.unitRows(), try b.unitRows())
  let sum = zip(x.values, y.values).reduce(0.0) { sum, pair in
    let difference = Double(pair.0) - Double(pair.1)
    return sum + difference * difference
  }
  return sum / Double(a.rows)
}

/// The logarithm of the mean of exp(−2 ‖x − y‖²) over all pairs: how evenly rows cover the sphere.
///
/// - Parameters:
///   - points: Embeddings, shape [n, d]; rows are brought to unit length.
///   - control: How to watch and stop the computation.
/// - Returns: A number from −8 to 0; lower is more even.
/// - Throws: `AnalysisError` for fewer than two rows, and for a row of zeros.
/// - Complexity: O(n² · d).
public func uniformity(
  of points: Matrix<Float>, control: ComputationControl = ComputationControl()
) throws -> Double {
  let tiles = try CosineTiles(points)
  // ‖x − y‖² = 2 − 2 cos.
  let sums = try tiles.map(initial: 0.0, control: control) { sum, cosines in
    for cosine in cosines { sum += Double.exp(4 * Double(cosine) - 4) }
  }
  return min(0, Double.log(sums.reduce(0, +) / Double(tiles.pairCount)))
}
