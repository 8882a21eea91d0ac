import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct NestedRidgeTests {
  /// What 12 classes have under two seeds of three levels: two references, three further columns, the
  /// outcome.
  private struct Made {
    var references: [[[Double]]]
    var further: [[[Double]]]
    var outcome: [[Double]]

    init() {
      func grid(_ value: (_ label: Double, _ condition: Double) -> Double) -> [[Double]] {
        (0..<12).map { label in (0..<6).map { value(Double(label), Double($0)) } }
      }
      func sine(_ label: Double, _ condition: Double, _ a: Double) -> Double {
        sin(1.7 * label * label + 0.9 * a * condition + 2.3 * a * label + 0.6 * a)
      }
      let references = [grid { sine($0, $1, 1) }, grid { label, _ in sine(label, 0, 2) }]
      let further = [3.0, 4, 5].map { a in grid { sine($0, $1, a) + 0.5 * sine($0, $1, 1) } }
      outcome = grid { label, condition in
        let (c, k) = (Int(label), Int(condition))
        return (condition + 1)
          * (0.6 * references[0][c][k] + 0.3 * references[1][c][k] + 0.5 * further[1][c][k]
            + 0.8 * sine(label, condition, 7))
      }
      self.references = references
      self.further = further
    }

    var predictors: LeveledPredictors {
      LeveledPredictors(
        outcome: outcome, references: references, further: further, strata: [0, 0, 1, 1, 2, 2])
    }
  }

  private let model = NestedRidge(folds: (0..<12).map { $0 % 6 })

  /// As by scikit-learn 1.9.1.
  ///
  /// `StandardScaler` of each level's training rows, times the deviation of the outcome
  /// there, and `Ridge(fit_intercept=False)` of the outcome less its training mean; penalties by inner
  /// folds, written out with loops. To 1e-9.
  @Test func `nested folds as by scikit-learn`() {
    let predictors = Made().predictors
    let baseline = model.baseline(predictors)
    #expect(baseline.penalties == [0.1, 0.1, 0.01, 0.01, 0.01, 0.1])
    #expect(abs(baseline.totalSquare / 1304.7498741244672 - 1) < 1e-9)
    #expect(abs(baseline.squaredError / 791.6174971294378 - 1) < 1e-9)
    #expect(abs(model.squaredError(predictors, baseline) / 671.705272843118 - 1) < 1e-9)
    let expected = [
      0.47583459156320207, 0.3701240116758977, -0.011870575393636394, 0.3438219713977751,
      -0.06133192905893828,
    ]
    let found = model.coefficients(predictors, baseline, outer: 0)
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-9) }
  }

  /// Whatever the classes of an outer fold have, the model that predicts them is the same: they are in no
  /// mean, no standard deviation, no penalty and no coefficient.
  @Test func `nothing of the classes that are held out is in their model`() {
    let made = Made()
    let before = made.predictors
    let baseline = model.baseline(before)
    for outer in 0..<6 {
      var other = made
      for label in [outer, outer + 6] {
        for condition in 0..<6 {
          other.outcome[label][condition] = 50 - 9 * other.outcome[label][condition]
          for column in 0..<2 { other.references[column][label][condition] *= -7 }
          for column in 0..<3 { other.further[column][label][condition] += 40 }
        }
      }
      let after = other.predictors
      let changed = model.baseline(after)
      #expect(changed.penalties[outer] == baseline.penalties[outer])
      let (found, expected) = (
        model.coefficients(after, changed, outer: outer),
        model.coefficients(before, baseline, outer: outer)
      )
      for (found, expected) in zip(found, expected) {
        #expect(abs(found - expected) < 1e-9 * max(1, abs(expected)))
      }
    }
  }

  /// Classes differ in what they lose and in forty columns, by chance.
  ///
  /// Rows of a class that a model has
  /// seen under another seed give it away: folds of rows would find nearly all. Folds of classes find
  /// nothing.
  @Test func `a class is not known by its other conditions`() {
    let numbers = RandomStream(domain: "test/leak", seed: 1).normals(count: 20 * 41)
    func column(_ column: Int) -> [[Double]] {
      (0..<20).map { label in
        [Double](repeating: Double(numbers[41 * label + column]), count: 4)
      }
    }
    let predictors = LeveledPredictors(
      outcome: column(40), references: [column(0)], further: (1..<40).map(column),
      strata: [0, 0, 0, 0])
    let nested = NestedRidge(order: Array(0..<20))
    let baseline = nested.baseline(predictors)
    let error = nested.squaredError(predictors, baseline)
    #expect(1 - error / baseline.totalSquare < 0.2)
    // In sample, or with rows of the same classes on both sides, R² is near 1.
    let all = predictors.moments(folds: [Int](repeating: 0, count: 20), count: 1)[0]
    let scale = TrainingScale(all)
    let seen = scale.system.squaredError(
      scale.system.coefficients([Double](repeating: 0.01 * scale.size, count: 40)))
    #expect(1 - seen / scale.system.outcomeSquare > 0.9)
  }

  @Test func `columns in other units, and levels with other means, are the same columns`() {
    let made = Made()
    var other = made
    for label in 0..<12 {
      for condition in 0..<6 {
        let level = Double(condition / 2)
        for column in 0..<2 {
          other.references[column][label][condition] =
            1e6 * (level + 1) * made.references[column][label][condition] + 3e6 * level
        }
        for column in 0..<3 {
          other.further[column][label][condition] = 1e-9 * made.further[column][label][condition]
        }
        other.outcome[label][condition] += 100 * level
      }
    }
    let (a, b) = (made.predictors, other.predictors)
    let (first, second) = (model.baseline(a), model.baseline(b))
    #expect(abs(first.squaredError / second.squaredError - 1) < 1e-8)
    #expect(abs(model.squaredError(a, first) / model.squaredError(b, second) - 1) < 1e-8)
  }

  @Test func `a column that is equal everywhere, and one that is there twice, do no harm`() {
    var made = Made()
    made.further += [made.further[1], made.further[1].map { $0.map { _ in 0.1 } }]
    let predictors = made.predictors
    let baseline = model.baseline(predictors)
    let error = model.squaredError(predictors, baseline)
    #expect(error.isFinite && error < baseline.squaredError)
  }

  @Test func `classes are dealt out evenly to five folds at most`() {
    let nested = NestedRidge(order: (0..<47).map { ($0 * 5) % 47 })
    #expect(nested.foldCount == 5)
    let sizes = (0..<5).map { fold in nested.folds.count { $0 == fold } }
    #expect(sizes.min() == 9 && sizes.max() == 10)
    #expect(NestedRidge(order: [2, 0, 1, 3]).foldCount == 4)
  }
}
