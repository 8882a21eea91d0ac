import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct CalibrationTests {
  /// Fifty images of four classes by a formula, a third of them with arbitrary labels.
  static let logits = Matrix<Double>(
    (0..<50).map { (i: Int) -> [Double] in
      (0..<4).map { (c: Int) -> Double in 3 * sin(Double(7 * i + 3 * c * c)) }
    })
  static let labels = (0..<50).map { (i: Int) -> Int in
    i % 3 == 0
      ? 5 * i % 4 : (0..<4).reduce(0) { logits[i, $1] > logits[i, $0] ? $1 : $0 }
  }

  @Test func `scores of three images by hand`() throws {
    let calibration = try Calibration(
      probabilities: Matrix([[0.7, 0.2, 0.1], [0.1, 0.68, 0.22], [0.25, 0.25, 0.5]]),
      labels: [0, 2, 1])
    #expect(calibration.confidences == [0.7, 0.68, 0.5])
    #expect(calibration.isCorrect == [true, false, false])
    // 0.09 + 0.04 + 0.01; 0.01 + 0.4624 + 0.6084; 0.0625 + 0.5625 + 0.25.
    #expect(
      zip(calibration.brierScores, [0.14, 1.0808, 0.875]).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(
      abs(calibration.negativeLogLikelihood + (log(0.7) + log(0.22) + log(0.25)) / 3) < 1e-15)
    // Of 15 bins 0.68 and 0.7 share (10/15, 11/15]: |1 − 1.38|; 0.5 is in (7/15, 8/15]: |0 − 0.5|.
    #expect(abs(calibration.expectedError() - 0.88 / 3) < 1e-15)
    // One bin: |1 − 1.88| / 3.
    #expect(abs(calibration.expectedError(bins: 1) - 0.88 / 3) < 1e-15)
    // Two bins, (0, 0.5] and (0.5, 1]: |0 − 0.5| and |1 − 1.38|.
    #expect(calibration.reliability(bins: 2).map(\.count) == [1, 2])
  }

  @Test func `a confidence on an edge belongs to the bin below`() throws {
    let half = try Calibration(probabilities: Matrix([[0.5, 0.5], [1, 0]]), labels: [0, 0])
    #expect(half.reliability(bins: 2).map(\.count) == [1, 1])
    #expect(half.reliability(bins: 4).map(\.count) == [0, 1, 0, 1])
  }

  // NumPy 2.4.6 and scipy.special.softmax on the same formula: L[i, j] = 3 sin(7 i + 3 j²), labels argmax
  // unless i % 3 == 0, then 5 i % 4; ece over numpy.linspace(0, 1, 16), lo < confidence <= hi; Brier
  // ((P - Y)²).sum(1).mean(); NLL -log(P[label]).mean().
  @Test func `scores of logits agree with the reference values`() {
    let calibration = Calibration(logits: Self.logits, labels: Self.labels)
    #expect(abs(calibration.expectedError() - 0.2389847373239492) < 1e-12)
    #expect(abs(calibration.brierScore - 0.5497786543056167) < 1e-12)
    #expect(abs(calibration.negativeLogLikelihood - 1.338027654147407) < 1e-12)
  }

  @Test func `logits and their probabilities have the same scores`() throws {
    let probabilities = Matrix<Double>(
      (0..<50).map { i in
        let row = (0..<4).map { exp(Self.logits[i, $0]) }
        return row.map { $0 / row.reduce(0, +) }
      })
    let a = Calibration(logits: Self.logits, labels: Self.labels)
    let b = try Calibration(probabilities: probabilities, labels: Self.labels)
    #expect(zip(a.logarithmicLosses, b.logarithmicLosses).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(zip(a.brierScores, b.brierScores).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(abs(a.expectedError() - b.expectedError()) < 1e-12)
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `confidences of the reference cases are their largest probabilities`() throws {
    for (kind, labels) in [("softmax_extreme", [0, 1, 1])] {
      for example in try GeometryCases.list(kind) {
        let rows = example.fields["softmax"] as? [[Double]] ?? []
        let found = Calibration(
          logits: Matrix<Double>(example.fields["logits"] as? [[Double]] ?? []), labels: labels)
        #expect(rows.count == labels.count)
        for (row, confidence) in zip(rows, found.confidences) {
          #expect(abs(confidence - (row.max() ?? 0)) < 1e-15)
        }
        for (image, label) in labels.enumerated() {
          #expect(abs(exp(-found.logarithmicLosses[image]) - rows[image][label]) < 1e-15)
        }
      }
    }
  }

  @Test func `an image that counts twice is two images`() {
    let rows = [3, 3, 7, 8, 9, 9, 9]
    let some = Calibration(
      logits: Self.logits.selectingRows(rows), labels: rows.map { Self.labels[$0] })
    var counts = [Int32](repeating: 0, count: 50)
    for row in rows { counts[row] += 1 }
    let all = Calibration(logits: Self.logits, labels: Self.labels)
    #expect(abs(all.expectedError(counts: counts) - some.expectedError()) < 1e-15)
  }

  @Test func `a certain error has an infinite loss, and one by logits a finite one`() throws {
    let certain = try Calibration(probabilities: Matrix([[1, 0]]), labels: [1])
    #expect(certain.logarithmicLosses == [.infinity])
    let logits = Calibration(logits: Matrix([[2000, 0]]), labels: [1])
    #expect(logits.logarithmicLosses == [2000])
  }

  @Test func `rows that are no distribution are refused`() {
    for row in [[0.5, 0.4], [1.5, -0.5], [.nan, 1]] as [[Double]] {
      #expect {
        try Calibration(probabilities: Matrix([[0.5, 0.5], row]), labels: [0, 0])
      } throws: {
        "\($0)".contains("row 1 (counted from 0)")
      }
    }
  }

  @Test func `sums of images that are drawn again are those of the images`() {
    let calibration = Calibration(logits: Self.logits, labels: Self.labels)
    let counts = (0..<50).map { Int32($0 * 7 % 4) }
    var sums = Calibration.Sums()
    calibration.add(counts, to: &sums)
    var (count, brier, loss) = (0, 0.0, 0.0)
    for (image, times) in counts.enumerated() where times > 0 {
      count += Int(times)
      brier += Double(times) * calibration.brierScores[image]
      loss += Double(times) * calibration.logarithmicLosses[image]
    }
    #expect(sums.count == count && sums.brier == brier && sums.loss == loss)
  }

  @Test func `an image that is not drawn may have an infinite loss`() throws {
    let calibration = try Calibration(
      probabilities: Matrix([[1, 0], [0.5, 0.5]]), labels: [1, 0])
    var sums = Calibration.Sums()
    calibration.add([0, 1], to: &sums)
    #expect(abs(sums.loss - log(2)) < 1e-15)
  }
}
