/// The p-values of a family of tests whose statistics were drawn under the hypothesis together, adjusted by the
/// largest of them: the probability of even one false discovery at a level is at most that level, and what the
/// statistics have in common is not paid for.
///
/// Method: step-down max-T (Westfall and Young 1993, Resampling-Based Multiple Testing, algorithm 2.8; Ge, Dudoit and
/// Speed 2003, doi:10.1007/BF02595811). Tests are taken from the largest statistic on; the adjusted p-value of a test
/// is the share of draws in which the largest statistic of it and of all tests behind it is as large as its own, made
/// at least that of the test before.
///
/// - Parameters:
///   - observed: The statistic of every test, larger for more against the hypothesis; none NaN.
///   - null: A row a draw, a statistic a test; none NaN.
///   - isExact: Whether the draws are all that there are, the observed one among them: then the share is b / m, else
///     (b + 1) / (m + 1) (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585).
/// - Returns: The adjusted p-values, in the order of the tests.
/// - Complexity: O(tests · draws).
public func stepDownAdjusted(observed: [Double], null: [[Double]], isExact: Bool) -> [Double] {
  precondition(null.allSatisfy { $0.count == observed.count } && (isExact ? !null.isEmpty : true))
  precondition(!observed.contains(where: \.isNaN))
  let order = observed.indices.sorted { (observed[$1], $0) < (observed[$0], $1) }
  var extreme = [Int](repeating: 0, count: observed.count)
  for draw in null {
    var largest = -Double.infinity
    for test in order.reversed() {
      precondition(!draw[test].isNaN)
      largest = max(largest, draw[test])
      // Statistics that are equal but for rounding are equal.
      if largest >= observed[test] - 1e-12 * max(1, abs(observed[test])) { extreme[test] += 1 }
    }
  }
  var adjusted = [Double](repeating: 0, count: observed.count)
  var least = 0.0
  for test in order {
    let share =
      isExact
      ? Double(extreme[test]) / Double(null.count)
      : Double(extreme[test] + 1) / Double(null.count + 1)
    least = max(least, share)
    adjusted[test] = least
  }
  return adjusted
}
