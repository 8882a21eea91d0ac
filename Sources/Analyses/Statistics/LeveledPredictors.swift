/// What the drop of classes is predicted from, under conditions of several strata: columns of references,
/// further columns, and the outcome.
///
/// A stratum is a kind and level of noise: only what differs between classes within it counts.
struct LeveledPredictors: Sendable {
  let classCount: Int
  let referenceCount: Int
  let furtherCount: Int
  let stratumCount: Int
  /// All columns, the outcome last.
  var width: Int { referenceCount + furtherCount + 1 }
  /// The stratum of each condition, from 0.
  private let strata: [Int]
  /// Less the mean of the stratum, columns in its standard deviations: [classes · conditions · width].
  ///
  /// Training folds standardise again, by themselves; what is done here to all classes alike leaves nothing
  /// in that, and keeps sums of squares from losing digits.
  private var values: [Double]
  /// What the references say of the further columns, and what they leave: [classes · conditions · further].
  private let fitted: [Double]
  private let residuals: [Double]

  /// The columns of classes under conditions.
  ///
  /// - Parameters:
  ///   - outcome: For each class, a number for each condition; finite.
  ///   - references: The same, of each reference.
  ///   - further: The same, of each column whose use is in question.
  ///   - strata: The stratum of each condition.
  init(
    outcome: [[Double]], references: [[[Double]]], further: [[[Double]]], strata: [Int]
  ) {
    classCount = outcome.count
    referenceCount = references.count
    furtherCount = further.count
    let distinct = Set(strata).sorted()
    stratumCount = distinct.count
    self.strata = strata.map { distinct.firstIndex(of: $0) ?? 0 }
    let width = references.count + further.count + 1
    let conditions = strata.count
    var values = [Double](repeating: 0, count: classCount * conditions * width)
    for (column, numbers) in (references + further + [outcome]).enumerated() {
      precondition(
        numbers.count == classCount
          && numbers.allSatisfy { $0.count == conditions && $0.allSatisfy(\.isFinite) })
      for stratum in distinct {
        let members = strata.indices.filter { strata[$0] == stratum }
        let all = numbers.flatMap { row in members.map { row[$0] } }
        let (mean, deviation) = Self.moments(all)
        let scale = column == width - 1 ? 1 : deviation
        guard deviation > 0 else { continue }
        for (label, row) in numbers.enumerated() {
          for condition in members {
            values[(label * conditions + condition) * width + column] =
              (row[condition] - mean) / scale
          }
        }
      }
    }
    self.values = values
    (fitted, residuals) = Self.split(
      values, classCount, conditions, references.count, further.count)
  }

  /// The mean and the standard deviation of numbers; the latter 0 where it is rounding.
  private static func moments(_ numbers: [Double]) -> (Double, Double) {
    let count = Double(numbers.count)
    // Halves and shares first: sums of the largest numbers that there are stay finite.
    let mean = numbers.reduce(0) { $0 + $1 / count }
    let size = numbers.reduce(0) { max($0, abs($1)) }
    guard size > 0 else { return (0, 0) }
    let square = numbers.reduce(0) { sum, number in
      let share = number / size - mean / size
      return sum + share * share
    }
    let deviation = (square / count).squareRoot()
    return (mean, deviation > 1e-12 ? deviation * size : 0)
  }

  /// What the references, with an intercept, say of the further columns of each condition, and what they
  /// leave.
  private static func split(
    _ values: [Double], _ classes: Int, _ conditions: Int, _ references: Int, _ further: Int
  ) -> (fitted: [Double], residuals: [Double]) {
    let width = references + further + 1
    var fitted = [Double](repeating: 0, count: classes * conditions * further)
    var residuals = fitted
    guard classes > 0 else { return (fitted, residuals) }
    for condition in 0..<conditions {
      func column(_ index: Int) -> [Double] {
        (0..<classes).map { values[($0 * conditions + condition) * width + index] }
      }
      let span = CovariateSpan((0..<references).map(column), count: classes)
      // What is left of K classes after q covariates has (K − 1 − q) / (K − 1) of the variance that it is
      // made of.
      let freedom = Double(classes - 1 - span.rank)
      let factor = freedom > 0 ? (Double(classes - 1) / freedom).squareRoot() : 1
      for index in 0..<further {
        let own = column(references + index)
        for (label, rest) in span.residual(own).enumerated() {
          let place = (label * conditions + condition) * further + index
          fitted[place] = own[label] - rest
          residuals[place] = factor * rest
        }
      }
    }
    return (fitted, residuals)
  }

  /// The same where class c has what the references leave of the further columns of class `order[c]`.
  func permuted(_ order: [Int]) -> LeveledPredictors {
    var result = self
    let conditions = strata.count
    for label in 0..<classCount {
      for condition in 0..<conditions {
        let own = (label * conditions + condition) * furtherCount
        let other = (order[label] * conditions + condition) * furtherCount
        let place = (label * conditions + condition) * width + referenceCount
        for index in 0..<furtherCount {
          result.values[place + index] = fitted[own + index] + residuals[other + index]
        }
      }
    }
    return result
  }

  /// The sums and scalar products of the columns, of the classes of each fold.
  ///
  /// - Parameters:
  ///   - folds: The fold of every class.
  ///   - count: How many folds there are.
  /// - Returns: Those of each fold.
  func moments(folds: [Int], count: Int) -> [StratifiedMoments] {
    var moments = [StratifiedMoments](
      repeating: StratifiedMoments(strata: stratumCount, width: width), count: count)
    let conditions = strata.count
    for label in 0..<classCount {
      for condition in 0..<conditions {
        let start = (label * conditions + condition) * width
        moments[folds[label]].add(values[start..<start + width], stratum: strata[condition])
      }
    }
    return moments
  }
}
