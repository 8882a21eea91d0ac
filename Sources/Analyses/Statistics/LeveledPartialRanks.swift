import RealModule

/// The ranks of an outcome within levels, less what the ranks of covariates say of them, and how they go
/// together with what is left of a measure's ranks.
///
/// All numbers of a level, those of every class under each of its conditions, are put into one order. The
/// ranks of each condition are then residuals of least squares on the ranks of the covariates under it,
/// with an intercept. A level's correlation is that of the residuals of all its conditions; with one
/// condition a level it is Spearman's partial correlation.
struct LeveledPartialRanks: Sendable {
  /// Residual ranks: a row a condition, a number a class.
  struct Residuals: Sendable {
    let values: [[Double]]
    /// The sum of squares of each condition.
    let squares: [Double]
    /// The sum of squares of the ranks themselves, about the mean of each condition.
    let wholes: [Double]
  }

  private let classes: [Int]
  /// The conditions of each level.
  private let levels: [[Int]]
  /// What the covariates' ranks span, a condition.
  private let spans: [CovariateSpan]
  private let outcome: Residuals

  /// What counts as nothing: a share of the ranks' variation.
  private static let leastShare = 1e-9

  /// The ranks of an outcome.
  ///
  /// - Parameters:
  ///   - outcome: For each class, a number for each condition; none NaN.
  ///   - covariates: The same, of each covariate.
  ///   - levels: The level of each condition.
  ///   - classes: The classes that are ranked.
  init(_ outcome: [[Double]], covariates: [[[Double]]], levels: [Int], classes: [Int]) {
    let conditions = Set(levels).sorted().map { level in
      levels.indices.filter { levels[$0] == level }
    }
    let ranks = covariates.map { Self.ranks($0, conditions, classes) }
    let spans = levels.indices.map { condition in
      CovariateSpan(ranks.map { $0[condition] }, count: classes.count)
    }
    self.classes = classes
    self.levels = conditions
    self.spans = spans
    self.outcome = Self.residuals(Self.ranks(outcome, conditions, classes), spans)
  }

  /// What the covariates leave of a measure's ranks.
  func residuals(_ measure: [[Double]]) -> Residuals {
    Self.residuals(Self.ranks(measure, levels, classes), spans)
  }

  /// The mean, over levels that have one, of the correlation of a measure's residuals with those of the
  /// outcome; nil where no level has one.
  func correlation(_ measure: Residuals) -> Double? {
    var (sum, count) = (0.0, 0)
    for conditions in levels {
      var (product, own, other) = (0.0, 0.0, 0.0)
      var (ownWhole, otherWhole) = (0.0, 0.0)
      for condition in conditions {
        product += CovariateSpan.dot(measure.values[condition], outcome.values[condition])
        own += measure.squares[condition]
        other += outcome.squares[condition]
        ownWhole += measure.wholes[condition]
        otherWhole += outcome.wholes[condition]
      }
      guard own > Self.leastShare * ownWhole, other > Self.leastShare * otherWhole else { continue }
      sum += min(max(product / (own.squareRoot() * other.squareRoot()), -1), 1)
      count += 1
    }
    return count > 0 ? sum / Double(count) : nil
  }

  /// The sizes of the correlations of measures when the outcome's residuals of class `order[c]`, under all
  /// conditions, are given to class c, and the covariates are taken out again.
  ///
  /// What is taken out again makes the residuals as short as those of any outcome would be: without that, the
  /// correlations' variance would be 1 / (K − 1) of K classes where that of the observed one, by chance, is
  /// 1 / (K − 1 − q).
  func permuted(_ measures: [Residuals], order: [Int]) -> [Double] {
    // The norms are of the outcome alone: once, whatever the number of measures.
    let others = levels.map { conditions in
      var (whole, left) = (0.0, 0.0)
      for condition in conditions {
        whole += outcome.squares[condition]
        left += spans[condition].residualSquare(
          outcome.values[condition], order: order, square: outcome.squares[condition])
      }
      let isNothing = left <= Self.leastShare * whole
      return isNothing ? nil : left.squareRoot()
    }
    let moved = outcome.values.map { values in order.map { values[$0] } }
    return measures.map { measure in
      var (sum, count) = (0.0, 0)
      for (level, conditions) in levels.enumerated() {
        var (product, own, ownWhole, other) = (0.0, 0.0, 0.0, 0.0)
        for condition in conditions {
          // The measure's residuals have nothing of the covariates: what is taken out again plays no part
          // here.
          product += CovariateSpan.dot(measure.values[condition], moved[condition])
          own += measure.squares[condition]
          ownWhole += measure.wholes[condition]
          other += outcome.wholes[condition]
        }
        let square = conditions.reduce(0.0) { $0 + outcome.squares[$1] }
        guard own > Self.leastShare * ownWhole, square > Self.leastShare * other else { continue }
        count += 1
        // An order whose numbers the covariates explain in full has no correlation: taken as the largest,
        // which can only make a p-value larger.
        guard let norm = others[level] else {
          sum += 1
          continue
        }
        sum += min(max(product / (own.squareRoot() * norm), -1), 1)
      }
      return count > 0 ? abs(sum / Double(count)) : 0
    }
  }

  private static func residuals(_ ranks: [[Double]], _ spans: [CovariateSpan]) -> Residuals {
    let values = zip(spans, ranks).map { $0.residual($1) }
    return Residuals(
      values: values, squares: values.map { CovariateSpan.dot($0, $0) },
      wholes: ranks.map { row in
        let mean = row.reduce(0, +) / Double(row.count)
        return row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      })
  }

  /// The ranks within levels, equal numbers with the mean of theirs: a row a condition, a number a class.
  private static func ranks(
    _ numbers: [[Double]], _ levels: [[Int]], _ classes: [Int]
  ) -> [[Double]] {
    var ranks = [[Double]](
      repeating: [], count: levels.reduce(0) { max($0, ($1.max() ?? -1) + 1) })
    for conditions in levels {
      let places = RankCorrelation.places(
        conditions.flatMap { condition in classes.map { numbers[$0][condition] } })
      var counts = [Int](repeating: 0, count: (places.max() ?? -1) + 1)
      for place in places { counts[place] += 1 }
      var (values, before) = ([Double](), 0)
      for times in counts {
        values.append(Double(before) + Double(times + 1) / 2)
        before += times
      }
      for (index, condition) in conditions.enumerated() {
        let start = index * classes.count
        ranks[condition] = places[start..<start + classes.count].map { values[$0] }
      }
    }
    return ranks
  }
}
