import Foundation
import LinearAlgebra
import Testing

@testable import CLIP

struct PairwiseContrastiveLossTests {
  @Test func `terms of each kind by hand, zero ones left out of the means`() {
    // Distances: 0–1 √0.8, 0–2 √2, 1–2 √0.4, 2–3 0, 0–3 √2, 1–3 √0.4.
    let rows = Matrix<Double>([[1, 0], [0.6, 0.8], [0, 1], [0, 1]])
    let loss = PairwiseContrastiveLoss(positiveMargin: 0.1, negativeMargin: 0.7)
      .evaluate(rows, labels: [1, 1, 2, 2])
    // Positive: 0–1 costs √0.8 − 0.1, and 2–3 nothing. Negative: only 1–2 and 1–3 are within 0.7.
    #expect(abs(loss.positive - (0.8.squareRoot() - 0.1)) < 1e-12)
    #expect(abs(loss.negative - (0.7 - 0.4.squareRoot())) < 1e-12)
    #expect(loss.value == loss.positive + loss.negative)
  }

  @Test func `means are over the terms of their kind`() {
    let rows = Matrix<Double>([[1, 0], [0, 1], [-1, 0]])
    let loss = PairwiseContrastiveLoss().evaluate(rows, labels: [1, 1, 1])
    #expect(abs(loss.positive - (2 * 2.0.squareRoot() + 2) / 3) < 1e-12)
    #expect(loss.negative == 0)
  }

  @Test func `equal rows have no slope`() {
    let rows = Matrix<Double>([[1, 0], [1, 0]])
    let apart = PairwiseContrastiveLoss().evaluate(rows, labels: [1, 2])
    #expect(apart.negative == 0.5)
    #expect(apart.gradient.values == [0, 0, 0, 0])
  }

  @Test func `every slope is what central differences give`() {
    let values = RandomStream(domain: "test/pairs", seed: 0).normals(count: 18)
    let rows = Matrix(rows: 6, columns: 3, values: values.map { Double($0) })
    let loss = PairwiseContrastiveLoss(positiveMargin: 0.2, negativeMargin: 2.5)
    let labels = [0, 1, 0, 1, 0, 2]
    let found = loss.evaluate(rows, labels: labels)
    #expect(found.positive > 0 && found.negative > 0)
    for index in rows.values.indices {
      func value(_ step: Double) -> Double {
        var moved = rows
        moved.values[index] += step
        return loss.evaluate(moved, labels: labels).value
      }
      let slope = (value(1e-6) - value(-1e-6)) / 2e-6
      #expect(abs(slope - found.gradient.values[index]) < 1e-7)
    }
  }
}
