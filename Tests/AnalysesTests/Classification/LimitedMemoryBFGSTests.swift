import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct LimitedMemoryBFGSTests {
  private typealias Evaluation = LimitedMemoryBFGS.Evaluation

  /// The sum of Rosenbrock's valleys of neighbouring variables; its least value is 0, at ones.
  private static func valley(_ x: [Double]) -> Evaluation {
    var (value, gradient) = (0.0, [Double](repeating: 0, count: x.count))
    for i in 0..<x.count - 1 {
      let (rise, run) = (x[i + 1] - x[i] * x[i], 1 - x[i])
      value += 100 * rise * rise + run * run
      gradient[i] += -400 * x[i] * rise - 2 * run
      gradient[i + 1] += 200 * rise
    }
    return Evaluation(value: value, gradient: gradient)
  }

  private func minimum(
    from start: [Double], control: ComputationControl = ComputationControl(),
    _ function: ([Double]) -> Evaluation
  ) throws -> LimitedMemoryBFGS.Minimum {
    try LimitedMemoryBFGS.minimize(
      from: start, control: control, isConverged: { $0.gradient.norm < 1e-9 }, function: function)
  }

  @Test func `a bowl of very different widths has its minimum at its centre`() throws {
    let widths = (0..<20).map { pow(1.2, Double($0)) }
    let found = try minimum(from: [Double](repeating: 3, count: 20)) { x in
      Evaluation(
        value: zip(widths, x).reduce(0) { $0 + $1.0 * ($1.1 - 1) * ($1.1 - 1) / 2 },
        gradient: zip(widths, x).map { $0 * ($1 - 1) })
    }
    #expect(found.point.allSatisfy { abs($0 - 1) < 1e-9 })
    #expect(found.iterations > 10 && found.iterations < 200)
  }

  @Test func `Rosenbrock's valley is followed to its end`() throws {
    let found = try minimum(from: [-1.2, 1, -1.2, 1, -1.2, 1], Self.valley)
    #expect(found.point.allSatisfy { abs($0 - 1) < 1e-8 }, "\(found.point)")
    #expect(found.evaluation.value < 1e-15 && found.iterations < 200)
  }

  @Test func `at the minimum no step is taken`() throws {
    let found = try minimum(from: [1, 1, 1], Self.valley)
    #expect(found.iterations == 0 && found.point == [1, 1, 1])
  }

  @Test func `a function that does not fall as its gradient says is told`() {
    let message = problem {
      _ = try minimum(from: [1, 1]) { Evaluation(value: 1, gradient: $0) }
    }
    #expect(message.hasPrefix("the minimum was not reached: after 0 steps"), "\(message)")
  }

  @Test func `it stops when it is asked to`() {
    #expect(throws: CancellationError.self) {
      try minimum(
        from: [-1.2, 1], control: ComputationControl(isCancelled: { true }), Self.valley)
    }
  }
}
