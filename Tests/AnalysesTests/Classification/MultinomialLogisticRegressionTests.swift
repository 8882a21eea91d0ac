import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct MultinomialLogisticRegressionTests {
  /// Waves, lifted at the feature of the class's number.
  private static let waves = Matrix<Double>(
    (0..<60).map { row in
      (0..<4).map { column -> Double in
        let angle = 0.7 * Double(row * (column + 1)) + Double(column)
        return sin(angle) + (row % 3 == column ? 1 : 0)
      }
    })
  private static let labels = (0..<60).map { $0 % 3 }

  private func fit(
    _ features: Matrix<Double> = waves, _ labels: [Int] = labels, classes: Int = 3, c: Double = 1,
    from start: MultinomialLogisticRegression? = nil
  ) throws -> MultinomialLogisticRegression {
    try MultinomialLogisticRegression(
      fitting: features, labels: labels, classCount: classes, inverseRegularization: c,
      startingAt: start)
  }

  /// The objective by its definition.
  private func objective(
    _ fit: MultinomialLogisticRegression, _ features: Matrix<Double>, _ labels: [Int], c: Double
  ) -> Double {
    let weights = Matrix(rows: fit.classCount, columns: fit.featureCount, values: fit.weights)
    let products = features.timesTransposed(weights)
    let loss = labels.indices.reduce(0.0) { sum, row in
      let scores = zip(products.row(row), fit.intercepts).map { $0 + $1 }
      return sum + log(scores.reduce(0) { $0 + exp($1) }) - scores[labels[row]]
    }
    return c * loss + fit.weights.reduce(0) { $0 + $1 * $1 } / 2
  }

  /// scikit-learn 1.9.1: `LogisticRegression(C=C, tol=1e-8, max_iter=100000).fit(X, y)`; its objective, the
  /// weights and the intercept of the first class, and its predictions.
  private static let references: [(c: Double, Double, weights: [Double], Double, String)] = [
    (
      0.01, 0.5985349147770088,
      [0.11386585570002293, -0.05234210779393179, 0.07762561204821786, -0.0042421281407817],
      -0.04399783873280153, "010012212010012212010012212010012212010012212010012212010012"
    ),
    (
      1, 23.540715187370175,
      [1.0872671100953155, 0.1106265139002089, 0.37538900543084724, 0.2311268095942734],
      -0.014420634407963366, "010012212010012212010012212010012212010012212010012212012012"
    ),
    (
      100, 650.5131283443976,
      [1.7763428666655225, -0.08048156645416285, -5.514777805276396, 0.2617406402537959],
      6.59551611911202, "010012012012012012012012012012012012012012012012012012012012"
    ),
  ]

  @Test(arguments: references.indices)
  func `objective, weights and predictions are scikit-learn's`(index: Int) throws {
    let (c, value, weights, intercept, predictions) = Self.references[index]
    let fit = try fit(c: c)
    #expect(abs(fit.objective - value) < 1e-8 * value, "\(fit.objective)")
    for (own, other) in zip(fit.weights, weights) { #expect(abs(own - other) < 1e-3 * fit.norm) }
    // Intercepts have no scale but by their differences: the sum is that of the start, 0.
    #expect(abs(fit.intercepts[0] - intercept) < 1e-3 * (1 + abs(intercept)))
    #expect(try fit.predictions(of: Self.waves).map(String.init).joined() == predictions)
    #expect(fit.gradientNorm <= (2e-10 * fit.objective).squareRoot() && fit.iterations > 3)
    #expect(abs(objective(fit, Self.waves, Self.labels, c: c) - fit.objective) < 1e-12 * value)
  }

  @Test func `from the fit of another C it is the same fit, sooner`() throws {
    let first = try fit(c: 1)
    let (cold, warm) = (try fit(c: 2), try fit(c: 2, from: first))
    #expect(abs(cold.objective - warm.objective) < 1e-9 * cold.objective)
    #expect(warm.iterations < cold.iterations)
    #expect(try fit(c: 1, from: first).iterations == 0)
  }

  @Test func `a shift of the features moves the intercepts alone`() throws {
    var moved = Self.waves
    for i in moved.values.indices { moved.values[i] += Double(i % 4) * 100 }
    let (fit, other) = (try fit(), try self.fit(moved))
    #expect(abs(fit.objective - other.objective) < 1e-9 * fit.objective)
    #expect(try fit.predictions(of: Self.waves) == other.predictions(of: moved))
    #expect(zip(fit.weights, other.weights).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func `of two classes the scores are each other's negative, and the penalty half`() throws {
    let labels = (0..<60).map { $0 % 2 }
    let fit = try fit(Self.waves, labels, classes: 2)
    for feature in 0..<4 { #expect(abs(fit.weights[feature] + fit.weights[4 + feature]) < 1e-9) }
    #expect(abs(fit.intercepts[0] + fit.intercepts[1]) < 1e-9)
  }

  @Test func `separable points, and features that never change`() throws {
    let points = Matrix<Double>([[-1, 7, 0], [-2, 7, 0], [1, 7, 0], [2, 7, 0]])
    let fit = try fit(points, [0, 0, 1, 1], classes: 2, c: 1e6)
    #expect(try fit.predictions(of: points) == [0, 0, 1, 1])
    // Whatever such a feature could tell is the intercept's.
    for weight in [1, 2, 4, 5] { #expect(abs(fit.weights[weight]) < 1e-12) }
    #expect(fit.weights[3] > 1 && fit.objective.isFinite)
    // Without any feature the shares of the classes are left: 2 ln 2 − ln 1 …
    let none = try self.fit(
      Matrix(rows: 4, columns: 2), [0, 0, 0, 1], classes: 2)
    #expect(abs(none.intercepts[0] - none.intercepts[1] - log(3)) < 1e-4)
    #expect(try none.predictions(of: Matrix(rows: 2, columns: 2)) == [0, 0])
  }

  @Test func `of equal scores the first class is taken`() throws {
    let fit = try fit(Matrix([[1], [-1], [1], [-1]]), [0, 0, 1, 1], classes: 2)
    #expect(try fit.predictions(of: Matrix([[5]])) == [0])
  }

  @Test func `the same bits for one worker and for two`() throws {
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    let points = Matrix<Double>.gaussian(1000, 20, seed: 8)
    let labels = (0..<1000).map { $0 % 7 }
    let fits = try [1, 2, 5].map { count in
      Parallel.workers = count
      return try fit(points, labels, classes: 7, c: 10)
    }
    #expect(fits[0] == fits[1] && fits[0] == fits[2])
  }

  @Test func `what cannot be fitted is named`() throws {
    #expect(
      problem { _ = try fit(Self.waves, Self.labels, classes: 4) }.contains(
        "no training row is of class 3 (counted from 0)"))
    #expect(
      problem { _ = try fit(classes: 2) }.contains("row 2 (counted from 0) has class index 2"))
    #expect(problem { _ = try fit(Self.waves, [0, 1]) }.contains("60 rows came with 2 class"))
    #expect(
      problem { _ = try fit(Self.waves, [Int](repeating: 0, count: 60), classes: 1) }.contains(
        "two classes apart or more, and there is 1"))
    for value in [Double.nan, .infinity] {
      var points = Self.waves
      points[7, 2] = value
      let error = LinearAlgebraError.notFinite(row: 7, column: 2, value: "\(value)")
      #expect(throws: error) { try fit(points) }
      let classifier = try fit()
      #expect(throws: error) { try classifier.predictions(of: points) }
    }
  }

  @Test func `it stops when it is asked to`() {
    #expect(throws: CancellationError.self) {
      try MultinomialLogisticRegression(
        fitting: Self.waves, labels: Self.labels, classCount: 3, inverseRegularization: 1,
        control: ComputationControl(isCancelled: { true }))
    }
  }
}

extension MultinomialLogisticRegression {
  fileprivate var norm: Double { weights.norm }
}
