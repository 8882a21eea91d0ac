public import LinearAlgebra

/// A linear classifier whose class probabilities are the softmax of W x + b.
public struct MultinomialLogisticRegression: Sendable, Equatable, Codable {
  /// The number of classes.
  public let classCount: Int
  /// The number of features.
  public let featureCount: Int
  /// W, shape [classes, features].
  public let weights: [Double]
  /// b, a number a class, their sum that of the start.
  public let intercepts: [Double]
  /// C Σ loss + ½ ‖W‖² of the training rows.
  public let objective: Double
  /// The Euclidean norm of its gradient, features centred.
  public let gradientNorm: Double
  /// The steps of L-BFGS that it took.
  public let iterations: Int

  /// The share of the objective by which it may exceed the least one.
  private static let tolerance = 1e-10

  /// Fits the classifier that minimises C Σ loss + ½ ‖W‖², the loss −ln of the probability of a row's class and b
  /// free.
  ///
  /// That is scikit-learn's `LogisticRegression` of three classes or more; of two it has one score in place of two
  /// that are each other's negative, and with them half our penalty. The minimum is that of features whose mean is
  /// subtracted, since b is free, and is found among those, where it is far better conditioned.
  ///
  /// Method: L-BFGS (Liu and Nocedal 1989, doi:10.1007/BF01589116). It ends once the squared norm of the gradient is
  /// 2 · 10⁻¹⁰ of the objective: the objective is strongly convex in W with modulus 1, so that half that squared
  /// norm bounds what is left to gain, and the norm itself how far W is from the minimum.
  ///
  /// - Parameters:
  ///   - features: The training rows, shape [n, d], finite.
  ///   - labels: The class of each row, from 0.
  ///   - classCount: The number of classes, two or more, each with a row.
  ///   - inverseRegularization: C, above 0.
  ///   - start: A classifier of as many classes and features to begin at, such as that of another C; nil for zeros.
  ///   - control: Stops between evaluations.
  /// - Throws: `AnalysisError` for labels that do not fit, fewer than two classes, and a class without a row, whose
  ///   free intercept would fall without end, naming its index; `LinearAlgebraError.notFinite` naming a feature;
  ///   `CancellationError`.
  /// - Complexity: O(n · d · classes) a step; some tens of steps, hundreds for a large C. The same bits for any
  ///   number of workers.
  public init(
    fitting features: Matrix<Double>, labels: [Int], classCount: Int,
    inverseRegularization: Double, startingAt start: MultinomialLogisticRegression? = nil,
    control: ComputationControl = ComputationControl()
  ) throws {
    precondition(inverseRegularization > 0 && inverseRegularization.isFinite)
    try Self.require(labels, rows: features.rows, classCount: classCount)
    try features.requireFinite()
    let means = features.columnMeans
    var centered = features
    for row in 0..<features.rows {
      for column in means.indices { centered[row, column] -= means[column] }
    }
    let loss = SoftmaxLoss(
      centered, labels: labels, classCount: classCount,
      inverseRegularization: inverseRegularization)
    var parameters = [Double](repeating: 0, count: loss.parameterCount)
    if let start {
      precondition(start.classCount == classCount && start.featureCount == features.columns)
      // W x + b = W (x − mean) + (b + W mean).
      parameters = start.weights + start.shiftedIntercepts(by: means, sign: 1)
    }
    let c = inverseRegularization
    let minimum = try BLAS.withThreads(1) {
      try LimitedMemoryBFGS.minimize(from: parameters, control: control) { evaluation in
        c * evaluation.gradient.product(evaluation.gradient)
          <= 2 * Self.tolerance * evaluation.value
      } function: {
        loss.evaluate($0)
      }
    }
    self.classCount = classCount
    featureCount = features.columns
    weights = Array(minimum.point.prefix(classCount * features.columns))
    objective = c * minimum.evaluation.value
    gradientNorm = c * minimum.evaluation.gradient.norm
    iterations = minimum.iterations
    let shifted = Array(minimum.point.suffix(classCount))
    intercepts = Self.shifted(shifted, weights, by: means, sign: -1)
  }

  private static func require(_ labels: [Int], rows: Int, classCount: Int) throws {
    guard labels.count == rows else {
      throw AnalysisError.classCountMismatch(rows: rows, classes: labels.count)
    }
    guard classCount > 1 else {
      throw AnalysisError.invalid(
        "a classifier tells two classes apart or more, and there is \(classCount)")
    }
    var counts = [Int](repeating: 0, count: classCount)
    for (row, label) in labels.enumerated() {
      guard counts.indices.contains(label) else {
        throw AnalysisError.classOutOfRange(row: row, index: label, classes: classCount)
      }
      counts[label] += 1
    }
    if let missing = counts.firstIndex(of: 0) {
      throw AnalysisError.invalid(
        "no training row is of class \(missing) (counted from 0), which no classifier can learn; give it rows or "
          + "leave the class out")
    }
  }

  private func shiftedIntercepts(by means: [Double], sign: Double) -> [Double] {
    Self.shifted(intercepts, weights, by: means, sign: sign)
  }

  /// b ± W mean.
  private static func shifted(
    _ intercepts: [Double], _ weights: [Double], by means: [Double], sign: Double
  ) -> [Double] {
    intercepts.indices.map { label in
      let row = Array(weights[label * means.count..<(label + 1) * means.count])
      return intercepts[label] + sign * row.product(means)
    }
  }

  /// The class of the largest score of each row; of equal ones the first.
  ///
  /// - Parameter features: Rows, shape [n, d].
  /// - Returns: A class a row.
  /// - Throws: `LinearAlgebraError.notFinite` naming a feature.
  /// - Complexity: O(n · d · classes).
  public func predictions(of features: Matrix<Double>) throws -> [Int] {
    precondition(features.columns == featureCount)
    try features.requireFinite()
    let products = BLAS.withThreads(1) {
      features.timesTransposed(
        Matrix(rows: classCount, columns: featureCount, values: weights))
    }
    return (0..<features.rows).map { row in
      let scores = zip(products.row(row), intercepts).map { $0 + $1 }
      return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
    }
  }
}

extension Matrix where Scalar == Double {
  /// The mean of every column; zeros without rows.
  fileprivate var columnMeans: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += self[row, column] }
    }
    return sums.map { $0 / Double(Swift.max(rows, 1)) }
  }
}
