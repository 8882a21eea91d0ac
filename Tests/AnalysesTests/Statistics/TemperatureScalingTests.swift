import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct TemperatureScalingTests {
  private let logits = CalibrationTests.logits
  private let labels = CalibrationTests.labels

  // Logits (3, 0), 7 of 10 right: the best temperature makes the confidence 0.7, so 3 / T = ln(7 / 3).
  @Test func `the temperature of one confidence makes it the accuracy`() throws {
    let temperature = try TemperatureScaling.fit(
      logits: Matrix<Double>((0..<10).map { _ in [3, 0] }), labels: (0..<10).map { $0 < 7 ? 0 : 1 },
      rows: Array(0..<10))
    #expect(abs(temperature - 3 / log(7.0 / 3)) < 1e-5)
  }

  // scipy.optimize.minimize_scalar(bounded, xatol 1e-12) of the loss in ln T, SciPy 1.17.1.
  @Test func `temperature and scores agree with the reference values`() throws {
    let scaling = try TemperatureScaling(logits: logits, labels: labels, fittedOn: Array(0..<50))
    #expect(abs(scaling.fitted[0] - 2.325497703849516) < 1e-5)
    #expect(scaling.temperatures == [Double](repeating: scaling.fitted[0], count: 50))
    let scaled = Calibration(logits: logits, labels: labels, temperatures: scaling.temperatures)
    #expect(abs(scaled.negativeLogLikelihood - 1.1056205520231988) < 1e-11)
    #expect(abs(scaled.brierScore - 0.5799066781381818) < 1e-6)
    #expect(abs(scaled.expectedError() - 0.2615611560337309) < 1e-6)
    let before = Calibration(logits: logits, labels: labels)
    #expect(scaled.isCorrect == before.isCorrect)
  }

  @Test func `where every image is right, or none says anything, an end is found`() throws {
    let right = try TemperatureScaling.fit(
      logits: Matrix([[1, 0], [0, 2]]), labels: [0, 1], rows: [0, 1])
    // Below it the loss is 0 to rounding.
    #expect(right < 0.03 && right >= TemperatureScaling.range.lowerBound)
    let wrong = try TemperatureScaling.fit(
      logits: Matrix([[1, 0], [0, 2]]), labels: [1, 0], rows: [0, 1])
    #expect(abs(wrong - TemperatureScaling.range.upperBound) < 1e-9)
  }

  @Test func `cross-fitting gives an image the temperature of the others`() throws {
    let scaling = try TemperatureScaling(crossFitted: logits, labels: labels, folds: 5, seed: 1)
    #expect(scaling.fitted.count == 5)
    for (index, temperature) in scaling.fitted.enumerated() {
      let others = (0..<50).filter { scaling.temperatures[$0] != temperature }
      #expect(others.count == 40, "fold \(index)")
      #expect(
        try TemperatureScaling.fit(logits: logits, labels: labels, rows: others) == temperature)
    }
    // Another seed deals the images out otherwise.
    let other = try TemperatureScaling(crossFitted: logits, labels: labels, folds: 5, seed: 2)
    #expect(other.temperatures != scaling.temperatures)
  }

  @Test func `a scale of the logits is a scale of the temperature`() throws {
    let doubled = Matrix(
      rows: logits.rows, columns: logits.columns, values: logits.values.map { 2 * $0 })
    let rows = Array(0..<50)
    let (once, twice) = (
      try TemperatureScaling.fit(logits: logits, labels: labels, rows: rows),
      try TemperatureScaling.fit(logits: doubled, labels: labels, rows: rows)
    )
    #expect(abs(twice - 2 * once) < 1e-5)
  }

  @Test func `of many images so many are fitted on, an equal part of every fold`() throws {
    let whole = try TemperatureScaling(crossFitted: logits, labels: labels, folds: 5, seed: 1)
    var asked: [Int] = []
    let drawn = try TemperatureScaling(crossFitted: labels, most: 20, folds: 5, seed: 1) { images in
      asked = images
      return logits.selectingRows(images)
    }
    #expect(asked.count == 20 && asked == asked.sorted() && Set(asked).count == 20)
    // Folds are what they were; each temperature is that of the drawn images of the others.
    let folds = Dictionary(grouping: labels.indices) { whole.temperatures[$0] }
    #expect(folds.count == 5)
    for fold in folds.values {
      #expect(asked.count { fold.contains($0) } == 4)
      let others = asked.filter { !fold.contains($0) }
      let temperature = try TemperatureScaling.fit(logits: logits, labels: labels, rows: others)
      #expect(fold.allSatisfy { drawn.temperatures[$0] == temperature })
    }
    let all = try TemperatureScaling(crossFitted: labels, most: 50, folds: 5, seed: 1) {
      logits.selectingRows($0)
    }
    #expect(all == whole)
  }

  @Test func `it stops between images`() {
    #expect(throws: CancellationError.self) {
      try TemperatureScaling(
        crossFitted: logits, labels: labels, folds: 2, seed: 1,
        control: ComputationControl(isCancelled: { true }))
    }
  }
}
