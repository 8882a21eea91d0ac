import Testing

@testable import Analyses

struct RidgeSystemTests {
  private let rows: [[Double]] = [[1, 2, 0], [0, 1, 1], [2, 0, 1], [1, 1, 3], [-1, 2, 1]]
  private let outcome: [Double] = [1, 2, 3, 4, 5]

  @Test func `by hand: one column`() {
    // β = Σ x y / (Σ x² + λ) = 5 / (5 + 5).
    let system = RidgeSystem(rows: [[1], [2]], outcome: [1, 2])
    #expect(abs(system.coefficients([5])[0] - 0.5) < 1e-15)
    // (1 − 0.5)² + (2 − 1)².
    #expect(system.squaredError([0.5]) == 1.25 && system.outcomeSquare == 5)
  }

  /// scikit-learn 1.9.1: `Ridge(alpha, fit_intercept=False)`; to 1e-12.
  @Test func `as by scikit-learn`() {
    let known: [(Double, [Double])] = [
      (0.5, [-0.023200859291084886, 0.9735767991407086, 1.300107411385607]),
      (10, [0.12655917249771825, 0.6540918770915729, 0.7986005476118041]),
    ]
    for (penalty, expected) in known {
      let found = RidgeSystem(rows: rows, outcome: outcome).coefficients([
        penalty, penalty, penalty,
      ])
      for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-12) }
    }
  }

  @Test func `a column with an infinite penalty is left out`() {
    let system = RidgeSystem(rows: rows, outcome: outcome)
    let without = RidgeSystem(rows: rows.map { [$0[0], $0[2]] }, outcome: outcome)
    let (found, expected) = (
      system.coefficients([1, .infinity, 2]), without.coefficients([1, 2])
    )
    #expect(found == [expected[0], 0, expected[1]])
    #expect(system.coefficients([.infinity, .infinity, .infinity]) == [0, 0, 0])
  }

  @Test func `the error is that of the predictions`() {
    let system = RidgeSystem(rows: rows, outcome: outcome)
    let coefficients = system.coefficients([0.1, 1, 10])
    let error = zip(rows, outcome).reduce(0.0) { sum, entry in
      let predicted = zip(entry.0, coefficients).reduce(0.0) { $0 + $1.0 * $1.1 }
      return sum + (entry.1 - predicted) * (entry.1 - predicted)
    }
    #expect(abs(system.squaredError(coefficients) - error) < 1e-12)
  }

  @Test func `columns that are the same share what one would have, and nothing is not a number`() {
    let twice = RidgeSystem(rows: rows.map { [$0[0], $0[0]] }, outcome: outcome)
    let once = RidgeSystem(rows: rows.map { [$0[0]] }, outcome: outcome).coefficients([0.5])
    let found = twice.coefficients([1, 1])
    #expect(abs(found[0] - once[0] / 2) < 1e-14 && abs(found[1] - once[0] / 2) < 1e-14)
    let huge = RidgeSystem(rows: rows.map { [1e8 * $0[0], 1e8 * $0[0]] }, outcome: outcome)
    #expect(huge.coefficients([1e-9, 1e-9]).reduce(0, +).isFinite)
    #expect(RidgeSystem(rows: [[0], [0]], outcome: [1, 2]).coefficients([1]) == [0])
  }
}
