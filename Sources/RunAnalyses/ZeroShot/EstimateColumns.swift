import Analyses
package import Runs

/// The columns of a number that is estimated from a sample, and of the ends of its 95 % intervals.
package struct EstimateColumns<Value: ColumnValue>: Sendable {
  /// The number.
  package let estimate: Column<Value>
  /// The lower end of its interval.
  package let low: Column<Double?>
  /// The upper end.
  package let high: Column<Double?>
  /// How the interval was made.
  package let method: Column<String?>
  /// The lower end of its percentile interval.
  package let percentileLow: Column<Double?>
  /// The upper end.
  package let percentileHigh: Column<Double?>

  /// The columns `NAME`, `NAME_low`, `NAME_high`, `NAME_interval`, `NAME_percentile_low` and
  /// `NAME_percentile_high`.
  ///
  /// - Parameters:
  ///   - name: The column of the number.
  ///   - unit: Its unit.
  ///   - range: What it, and the ends of its intervals, can be.
  ///   - meaning: What it is, in a sentence.
  package init(
    _ name: String, unit: String = "", in range: ClosedRange<Double>, _ meaning: String
  ) {
    estimate = Column(name, unit: unit, in: range, meaning)
    func end(_ which: String, _ meaning: String) -> Column<Double?> {
      Column("\(name)_\(which)", unit: unit, in: range, meaning)
    }
    low = end(
      "low",
      "The lower end of the 95 % interval of \(name); empty where the sample says nothing of its spread."
    )
    high = end("high", "The upper end of it.")
    method = Column(
      "\(name)_interval",
      "How that interval was made: \(Self.methods); empty where there is none.")
    percentileLow = end(
      "percentile_low", "The lower end of the 95 % bootstrap interval of \(name) (percentiles).")
    percentileHigh = end(
      "percentile_high", "The upper end of the 95 % bootstrap interval of \(name) (percentiles).")
  }

  private static var methods: String {
    ConfidenceInterval.Method.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// The same of a number that is no less than the one.
  package init(
    _ name: String, unit: String = "", in range: PartialRangeFrom<Double>, _ meaning: String
  ) {
    self.init(
      name, unit: unit, in: range.lowerBound...Value.range.upperBound, meaning)
  }

  /// The ends of the interval, and its method.
  var interval: [any ColumnDeclaration] { [low, high, method] }
  /// The ends of both intervals.
  var intervals: [any ColumnDeclaration] { interval + [percentileLow, percentileHigh] }
}
