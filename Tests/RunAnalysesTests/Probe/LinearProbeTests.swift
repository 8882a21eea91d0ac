import Analyses
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct LinearProbeTests {
  private let points = HandmadeRun.clusters(10)
  private let labels = (0..<30).map { $0 % 3 }

  private func probe(
    _ part: ProbeDesign.Part, _ regularizations: [Double] = [0.1, 1, 10]
  ) throws -> LinearProbe {
    try LinearProbe(
      part, points, labels: labels, regularizations: regularizations,
      control: ComputationControl())
  }

  private func part(
    training: [Int], validation: [Int], final: [Int], evaluated: [Int] = []
  ) -> ProbeDesign.Part {
    ProbeDesign.Part(
      fold: 0, training: training, validation: validation, final: final, evaluated: evaluated)
  }

  @Test func `of equally good values of C the least is chosen, and the last fit is on all`() throws
  {
    let probe = try probe(
      part(training: Array(0..<12), validation: Array(12..<18), final: Array(0..<18)), [1, 10])
    #expect(probe.c == 1 && probe.validationRight == 6 && probe.validationCount == 6)
    #expect(probe.trainingCount == 18 && probe.classes == [0, 1, 2])
    let alone = try self.probe(
      part(training: Array(0..<18), validation: [], final: Array(0..<18)), [1])
    #expect(abs(probe.fit.objective - alone.fit.objective) < 1e-9 * alone.fit.objective)
    #expect(try probe.predictions(of: points) == labels)
  }

  @Test func `a class without training images is never told`() throws {
    let training = (0..<30).filter { $0 % 3 != 1 }
    let probe = try probe(part(training: training, validation: [1, 2], final: training))
    #expect(probe.classes == [0, 2] && probe.fit.classCount == 2 && probe.validationRight == 1)
    let told = try probe.predictions(of: points)
    #expect(training.allSatisfy { told[$0] == labels[$0] } && !told.contains(1))
  }

  @Test func `one class is no probe`() {
    let ones = (0..<30).filter { $0 % 3 == 1 }
    #expect(throws: (any Error).self) {
      try probe(part(training: ones, validation: [0], final: ones))
    }
  }
}
