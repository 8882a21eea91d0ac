import Foundation
import LinearAlgebra
import Testing

@testable import CLIP

struct SupervisedContrastiveLossTests {
  @Test func `four rows by hand, one of them without a partner`() throws {
    // Cosines: 0–1 0.6, 0–2 0, 0–3 −1, 1–2 0.8, 1–3 −0.6, 2–3 0; temperature 0.5 doubles them.
    let rows = Matrix<Double>([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]])
    let loss = try #require(
      SupervisedContrastiveLoss(temperature: 0.5).evaluate(rows, labels: [7, 7, 7, 8]))
    func logarithm(_ values: Double...) -> Double { log(values.reduce(0) { $0 + exp($1) }) }
    let first = logarithm(1.2, 0, -2) - (1.2 + 0) / 2
    let second = logarithm(1.2, 1.6, -1.2) - (1.2 + 1.6) / 2
    let third = logarithm(0, 1.6, 0) - (0 + 1.6) / 2
    #expect(abs(loss.value - (first + second + third) / 3) < 1e-12)
  }

  @Test func `rows without any partner have no loss`() {
    let rows = Matrix<Double>([[1, 0], [0, 1]])
    #expect(SupervisedContrastiveLoss().evaluate(rows, labels: [1, 2]) == nil)
  }

  @Test func `every slope is what central differences give`() throws {
    let values = RandomStream(domain: "test/supcon", seed: 0).normals(count: 18)
    let rows = Matrix(rows: 6, columns: 3, values: values.map { Double($0) })
    let labels = [0, 1, 0, 1, 0, 2]
    let loss = SupervisedContrastiveLoss(temperature: 0.8)
    let gradient = try #require(loss.evaluate(rows, labels: labels)).gradient
    for index in rows.values.indices {
      func value(_ step: Double) throws -> Double {
        var moved = rows
        moved.values[index] += step
        return try #require(loss.evaluate(moved, labels: labels)).value
      }
      let slope = (try value(1e-5) - value(-1e-5)) / 2e-5
      #expect(abs(slope - gradient.values[index]) < 1e-8)
    }
  }
}
