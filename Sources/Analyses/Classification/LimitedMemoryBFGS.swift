import LinearAlgebra
import RealModule

/// Minimises a smooth function of many variables from its values and gradients.
///
/// Method: L-BFGS (Liu and Nocedal 1989, doi:10.1007/BF01589116) with the two-loop recursion over the last ten
/// steps, and steps that meet the strong Wolfe conditions (`WolfeSearch`).
struct LimitedMemoryBFGS {
  /// The function at a point.
  struct Evaluation: Sendable {
    let value: Double
    let gradient: [Double]
  }

  /// Where the search ended.
  struct Minimum: Sendable {
    let point: [Double]
    let evaluation: Evaluation
    /// The steps that were taken.
    let iterations: Int
  }

  /// A step that was taken, and how the gradient changed over it.
  private struct Step {
    let change: [Double]
    let gradientChange: [Double]
    /// Their product, above 0 by the second Wolfe condition.
    let curvature: Double
  }

  private static let memory = 10
  private static let mostIterations = 10_000

  /// Searches for a minimum.
  ///
  /// - Parameters:
  ///   - start: Where to begin.
  ///   - control: Stops between evaluations.
  ///   - isConverged: Whether a point will do.
  ///   - function: The function, bounded from below.
  /// - Returns: The first point that will do.
  /// - Throws: `AnalysisError.invalid` when no step goes down any more, or 10,000 did not suffice; `CancellationError`.
  static func minimize(
    from start: [Double], control: ComputationControl, isConverged: (Evaluation) -> Bool,
    function: ([Double]) -> Evaluation
  ) throws -> Minimum {
    var point = start
    var evaluation = function(point)
    var steps: [Step] = []
    var iterations = 0
    while !isConverged(evaluation) {
      let direction = direction(evaluation.gradient, steps)
      let search = WolfeSearch(point: point, evaluation: evaluation, direction: direction)
      // Without a step to know the scale from, one of length 1 at most.
      let first = steps.isEmpty ? 1 / max(1, evaluation.gradient.norm) : 1
      guard iterations < mostIterations,
        let found = try search.step(from: first, control: control, function: function)
      else {
        throw AnalysisError.invalid(
          "the minimum was not reached: after \(iterations) steps the gradient's norm is still "
            + "\(evaluation.gradient.norm); are the numbers of very different sizes?")
      }
      let change = found.point.minus(point)
      let gradientChange = found.evaluation.gradient.minus(evaluation.gradient)
      steps.append(
        Step(
          change: change, gradientChange: gradientChange,
          curvature: change.product(gradientChange)))
      if steps.count > memory { steps.removeFirst() }
      (point, evaluation) = (found.point, found.evaluation)
      iterations += 1
    }
    return Minimum(point: point, evaluation: evaluation, iterations: iterations)
  }

  /// −H g, where H is the inverse Hessian that the steps imply (Nocedal and Wright 2006,
  /// doi:10.1007/978-0-387-40065-5, algorithm 7.4).
  private static func direction(_ gradient: [Double], _ steps: [Step]) -> [Double] {
    var direction = gradient.scaled(by: -1)
    guard let last = steps.last else { return direction }
    var shares: [Double] = []
    for step in steps.reversed() {
      let share = step.change.product(direction) / step.curvature
      direction.add(step.gradientChange, times: -share)
      shares.append(share)
    }
    direction = direction.scaled(
      by: last.curvature / last.gradientChange.product(last.gradientChange))
    for (step, share) in zip(steps, shares.reversed()) {
      let other = step.gradientChange.product(direction) / step.curvature
      direction.add(step.change, times: share - other)
    }
    return direction
  }
}

extension [Double] {
  /// Σ a b.
  func product(_ other: [Double]) -> Double {
    precondition(count == other.count)
    var sum = 0.0
    for i in indices { sum = Relaxed.multiplyAdd(self[i], other[i], sum) }
    return sum
  }

  /// The Euclidean norm.
  var norm: Double { product(self).squareRoot() }

  func scaled(by factor: Double) -> [Double] { map { factor * $0 } }

  func minus(_ other: [Double]) -> [Double] {
    precondition(count == other.count)
    return indices.map { self[$0] - other[$0] }
  }

  mutating func add(_ other: [Double], times factor: Double) {
    precondition(count == other.count)
    for i in indices { self[i] += factor * other[i] }
  }
}
