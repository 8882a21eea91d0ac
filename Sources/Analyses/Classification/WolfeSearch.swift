import LinearAlgebra

/// A search along a direction in which a function falls, for a step that meets the strong Wolfe conditions.
///
/// Method: Nocedal and Wright 2006 (doi:10.1007/978-0-387-40065-5), algorithms 3.5 and 3.6: steps grow until they
/// enclose one that does, then cubic interpolation between the two ends, kept away from both, closes in on it.
struct WolfeSearch {
  let point: [Double]
  let evaluation: LimitedMemoryBFGS.Evaluation
  let direction: [Double]

  /// A step along the direction.
  private struct Trial {
    let length: Double
    let value: Double
    /// The derivative along the direction.
    let slope: Double
  }

  /// The share of the fall that the slope promises which a step must keep at least.
  private static let sufficientDecrease = 1e-4
  /// The share of the slope that a step may leave at most.
  private static let remainingSlope = 0.9
  private static let mostTrials = 40

  /// Finds a step.
  ///
  /// - Parameters:
  ///   - first: The length that is tried first.
  ///   - control: Stops between evaluations.
  ///   - function: The function.
  /// - Returns: The point and the function there; nil when 40 trials found none: the function does not fall, or only
  ///   by less than it is rounded.
  /// - Throws: `CancellationError`.
  func step(
    from first: Double, control: ComputationControl,
    function: ([Double]) -> LimitedMemoryBFGS.Evaluation
  ) throws -> (point: [Double], evaluation: LimitedMemoryBFGS.Evaluation)? {
    let slope = evaluation.gradient.product(direction)
    guard slope < 0 else { return nil }
    // The best end so far that keeps the decrease, and the end beyond a step that meets both conditions.
    var best = Trial(length: 0, value: evaluation.value, slope: slope)
    var end: Trial?
    var length = first
    for _ in 0..<Self.mostTrials {
      try control.check()
      var tried = point
      tried.add(direction, times: length)
      let found = function(tried)
      let trial = Trial(
        length: length, value: found.value, slope: found.gradient.product(direction))
      let allowed = evaluation.value + Self.sufficientDecrease * length * slope
      if !(trial.value <= allowed) || trial.value >= best.value {
        end = trial
      } else if abs(trial.slope) <= -Self.remainingSlope * slope {
        return (tried, found)
      } else {
        // A slope away from the end puts the minimum between this step and the best one.
        if trial.slope * ((end?.length ?? .infinity) - best.length) >= 0 { end = best }
        best = trial
      }
      length = end.map { Self.between(best, $0) } ?? 4 * length
    }
    return nil
  }

  /// The minimum of the cubic with the values and slopes of both ends, a tenth of their distance or more away from
  /// either (equation 3.59).
  private static func between(_ a: Trial, _ b: Trial) -> Double {
    let low = min(a.length, b.length)
    let width = abs(b.length - a.length)
    let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.length - b.length)
    let square = d1 * d1 - a.slope * b.slope
    let d2 = square.squareRoot() * (b.length > a.length ? 1 : -1)
    let minimum =
      b.length - (b.length - a.length) * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
    guard minimum.isFinite else { return low + width / 2 }
    return min(max(minimum, low + 0.1 * width), low + 0.9 * width)
  }
}
