import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct WolfeSearchTests {
  private typealias Evaluation = LimitedMemoryBFGS.Evaluation

  /// Functions of one variable, with their derivatives; all fall at 0.
  private static let functions: [@Sendable (Double) -> (value: Double, slope: Double)] = [
    { (($0 - 5) * ($0 - 5), 2 * ($0 - 5)) },
    { (exp($0) - 20 * $0, exp($0) - 20) },
    // Moré and Thuente 1994 (doi:10.1145/192115.192132), equation 5.1.
    { (-$0 / ($0 * $0 + 2), ($0 * $0 - 2) / (($0 * $0 + 2) * ($0 * $0 + 2))) },
    { (cos($0) - $0 / 10, -sin($0) - 0.1) },
  ]

  @Test(arguments: functions.indices, [1e-3, 0.1, 1, 10, 1000])
  func `the step keeps the decrease, and leaves little of the slope`(
    index: Int, first: Double
  ) throws {
    let function = Self.functions[index]
    func evaluate(_ x: [Double]) -> Evaluation {
      let (value, slope) = function(x[0])
      return Evaluation(value: value, gradient: [slope])
    }
    let start = evaluate([0])
    let search = WolfeSearch(point: [0], evaluation: start, direction: [1])
    let found = try #require(
      try search.step(from: first, control: ComputationControl(), function: evaluate))
    let (length, slope) = (found.point[0], start.gradient[0])
    #expect(length > 0 && slope < 0)
    #expect(found.evaluation.value <= start.value + 1e-4 * length * slope)
    #expect(abs(found.evaluation.gradient[0]) <= 0.9 * abs(slope))
  }

  @Test func `there is no step uphill, nor in a function that ends nowhere`() throws {
    func step(_ direction: Double, _ slope: Double) throws -> Bool {
      let search = WolfeSearch(
        point: [0], evaluation: Evaluation(value: 0, gradient: [slope]), direction: [direction])
      return try search.step(from: 1, control: ComputationControl()) {
        Evaluation(value: slope * $0[0], gradient: [slope])
      } != nil
    }
    #expect(try !step(1, 1))
    // A line falls for ever, as steeply as before.
    #expect(try !step(1, -1))
  }
}
