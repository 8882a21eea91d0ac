package import Runs

/// The columns of a number that is estimated from a sample, and of the ends of its 95 % bootstrap intervals.
package struct EstimateColumns<Value: ColumnValue>: Sendable {
  /// The number.
  package let estimate: Column<Value>
  /// The lower end of its BCa interval.
  package let low: Column<Double?>
  /// The upper end.
  package let high: Column<Double?>
  /// The lower end of its percentile interval.
  package let percentileLow: Column<Double?>
  /// The upper end.
  package let percentileHigh: Column<Double?>

  /// The columns `NAME`, `NAME_low`, `NAME_high`, `NAME_percentile_low` and `NAME_percentile_high`.
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
    func end(_ which: String, _ words: String) -> Column<Double?> {
      Column(
        "\(name)_\(which)", unit: unit, in: range,
        "The \(words) of the 95 % bootstrap interval of \(name); empty where replicates say nothing of "
          + "its spread.")
    }
    low = end("low", "lower end (BCa)")
    high = end("high", "upper end (BCa)")
    percentileLow = end("percentile_low", "lower end (percentiles)")
    percentileHigh = end("percentile_high", "upper end (percentiles)")
  }

  /// The same of a number that is no less than the one.
  package init(
    _ name: String, unit: String = "", in range: PartialRangeFrom<Double>, _ meaning: String
  ) {
    self.init(
      name, unit: unit, in: range.lowerBound...Value.range.upperBound, meaning)
  }

  /// The ends of the BCa interval.
  var interval: [any ColumnDeclaration] { [low, high] }
  /// The ends of both intervals.
  var intervals: [any ColumnDeclaration] { interval + [percentileLow, percentileHigh] }
}
