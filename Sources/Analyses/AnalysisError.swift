/// What can be wrong with the data or the settings of an analysis.
public enum AnalysisError: Error, Equatable, CustomStringConvertible {
  /// There is nothing to span a subspace.
  case noRows
  /// All rows are zero, or equal when the mean is removed.
  case noVariance(centered: Bool)
  /// A rank that was asked for is not positive.
  case rankNotPositive(Int)
  /// A rank that was asked for exceeds what the rows span.
  case rankTooLarge(requested: Int, numericalRank: Int)
  /// Two subspaces lie in spaces of different dimensions.
  case ambientDimensionsDiffer(Int, Int)
  /// A subspace of this dimension does not fit into the space.
  case dimensionOutOfRange(Int, ambientDimension: Int)
  /// An expectation cannot be a mean over this many draws.
  case drawsNotPositive(Int)
  /// There is not one class index a row.
  case classCountMismatch(rows: Int, classes: Int)
  /// A class index has no name.
  case classOutOfRange(row: Int, index: Int, classes: Int)
  /// Pairs of classes need two of them.
  case tooFewClasses(Int)
  /// A class has too few rows for a subspace.
  case tooFewRows(className: String, count: Int, needed: Int)
  /// Two matrices should have a row a sample each, and differ in rows.
  case rowsDiffer(Int, Int)
  /// The input or a setting is wrong: what, where in it, what was expected, what to do.
  case invalid(String)
  /// The points are sound and do not define the number: they are too few or equal. The reason.
  case undefined(String)
  /// The fault lies in the rows of one class.
  indirect case inClass(String, AnalysisError)

  /// What was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .noRows:
      "a subspace needs at least one row; the matrix has none"
    case .noVariance(let centered):
      centered
        ? "all rows are equal, so nothing is left to span a subspace once their mean is removed; "
          + "give rows that differ, or do not centre them"
        : "all rows are zero and span no subspace; give rows that are not zero"
    case .rankNotPositive(let rank):
      "the rank of a subspace is at least 1, not \(rank)"
    case .rankTooLarge(let requested, let numericalRank):
      "rank \(requested) was asked for, but the rows span only \(numericalRank) dimensions; ask "
        + "for rank \(numericalRank) or less"
    case .ambientDimensionsDiffer(let first, let second):
      "the subspaces lie in spaces of \(first) and \(second) dimensions; angles need the same space"
    case .dimensionOutOfRange(let dimension, let ambientDimension):
      "a subspace of dimension \(dimension) was asked for in a space of \(ambientDimension); "
        + "expected 1 to \(ambientDimension)"
    case .drawsNotPositive(let draws):
      "an expectation needs at least one random draw, not \(draws)"
    case .classCountMismatch(let rows, let classes):
      "\(rows) rows came with \(classes) class indices; give one index a row"
    case .classOutOfRange(let row, let index, let classes):
      "row \(row) (counted from 0) has class index \(index); expected 0 to \(classes - 1), one of "
        + "the \(classes) class names"
    case .tooFewClasses(let count):
      "angles between classes need at least two classes, not \(count)"
    case .tooFewRows(let className, let count, let needed):
      "class \"\(className)\" has \(count) rows; a subspace needs at least \(needed): add images of "
        + "that class or leave it out"
    case .rowsDiffer(let first, let second):
      "one matrix has \(first) rows and the other \(second); both need a row for each sample"
    case .invalid(let problem), .undefined(let problem):
      problem
    case .inClass(let className, let error):
      "class \"\(className)\": \(error)"
    }
  }
}
