import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct SoftmaxLossTests {
  @Test func `by hand: zeros, and one row of one feature`() {
    // Nothing is known of two rows among four classes: ln 4 each.
    let zeros = SoftmaxLoss(
      Matrix([[1, 2], [3, 4]]), labels: [0, 3], classCount: 4, inverseRegularization: 1
    ).evaluate([Double](repeating: 0, count: 12))
    #expect(abs(zeros.value - 2 * 1.3862943611198906) < 1e-15)
    // (¼ − truth) x, and ¼ − truth.
    let gradient: [Double] = [0, -0.5, 1, 1.5, 1, 1.5, -2, -2.5, -0.5, 0.5, 0.5, -0.5]
    #expect(zeros.gradient == gradient)
    // Scores 2 and 0: the loss of the second class is ln(1 + e²), and the penalty (1 + 1) / (2 · ½).
    let one = SoftmaxLoss(
      Matrix([[1]]), labels: [1], classCount: 2, inverseRegularization: 0.5
    ).evaluate([1, -1, 0, 0])
    #expect(abs(one.value - (2.1269280110429727 + 2)) < 1e-15)
  }

  @Test func `the gradient is that of finite differences`() {
    let points = Matrix<Double>.gaussian(300, 7, seed: 3)
    let loss = SoftmaxLoss(
      points, labels: (0..<300).map { $0 * $0 % 5 }, classCount: 5, inverseRegularization: 0.3)
    let numbers = Matrix<Double>.gaussian(1, loss.parameterCount, seed: 4).values
    let gradient = loss.evaluate(numbers).gradient
    for i in numbers.indices {
      var (before, after) = (numbers, numbers)
      before[i] -= 1e-5
      after[i] += 1e-5
      let slope = (loss.evaluate(after).value - loss.evaluate(before).value) / 2e-5
      #expect(abs(slope - gradient[i]) < 1e-6 * (1 + abs(slope)), "\(i)")
    }
  }

  @Test func `scores too large for exp are no infinity`() {
    let loss = SoftmaxLoss(
      Matrix([[1], [1]]), labels: [0, 1], classCount: 2, inverseRegularization: 1e9)
    let value = loss.evaluate([1000, -1000, 0, 0]).value
    #expect(abs(value - (2000 + 1e6 / 1e9)) < 1e-9)
  }

  @Test func `blocks of rows sum to what rows do`() {
    let points = Matrix<Double>.gaussian(2500, 3, seed: 5)
    let labels = (0..<2500).map { $0 % 3 }
    func loss(_ rows: [Int]) -> SoftmaxLoss {
      SoftmaxLoss(
        points.selectingRows(rows), labels: rows.map { labels[$0] }, classCount: 3,
        inverseRegularization: .greatestFiniteMagnitude)
    }
    let numbers = Matrix<Double>.gaussian(1, 12, seed: 6).values
    let whole = loss(Array(0..<2500)).evaluate(numbers)
    let parts = (0..<2500).map { loss([$0]).evaluate(numbers) }
    #expect(abs(whole.value - parts.reduce(0) { $0 + $1.value }) < 1e-8)
    for i in 0..<12 {
      #expect(abs(whole.gradient[i] - parts.reduce(0) { $0 + $1.gradient[i] }) < 1e-8)
    }
  }
}
