import LinearAlgebra
import Testing

@testable import Analyses

struct CalibrationErrorTests {
  private let resampling = Resampling("test", replicates: 4000, seed: 1)

  private func errors(
    _ calibrations: [Calibration], _ resampling: Resampling? = nil
  ) throws -> (width: CalibrationError, count: CalibrationError) {
    let errors = try CalibrationError.of(
      calibrations, [.equalWidth, .equalCount], resampling: resampling ?? self.resampling)
    return (errors[0], errors[1])
  }

  /// Images of two classes with given confidences, right or wrong.
  private func calibration(_ confidences: [Double], _ isRight: [Bool]) throws -> Calibration {
    try Calibration(
      probabilities: Matrix(confidences.map { [$0, 1 - $0] }), labels: isRight.map { $0 ? 0 : 1 })
  }

  // MARK: By hand

  @Test func `a certain classifier that is right has no error, and none is expected`() throws {
    let found = try errors([calibration([1, 1, 1], [true, true, true])])
    #expect(found.width.value == 0 && found.width.expected == 0 && found.width.pValue == 1)
    // One that is wrong is found at once: 1 / (m + 1).
    let wrong = try errors([calibration([1, 1, 1], [false, true, true])]).width
    #expect(abs(wrong.value - 1.0 / 3) < 1e-15 && wrong.pValue == 1.0 / 4001)
    #expect(wrong.debiased == wrong.value)
  }

  @Test func `one image of confidence three quarters`() throws {
    // Right with 3/4: an error of 1/4, else of 3/4; in the mean 2 · 3/16.
    let right = try errors([calibration([0.75], [true])]).width
    #expect(right.value == 0.25 && abs(right.expected - 0.375) < 0.015 && right.pValue == 1)
    #expect(abs(right.debiased + 0.125) < 0.015)
    let wrong = try errors([calibration([0.75], [false])]).width
    #expect(wrong.value == 0.75 && abs(wrong.pValue - 0.25) < 0.03)
    #expect(wrong.expected == right.expected)
  }

  @Test func `bins of equal counts keep equal confidences together`() throws {
    // Thirty images in 15 bins are two a bin; the ten of one confidence are one bin whatever their order.
    let confidences = (0..<20).map { 0.5 + Double($0) / 50 } + [Double](repeating: 0.95, count: 10)
    let isRight = (0..<30).map { $0 % 3 != 0 }
    let found = try errors([calibration(confidences, isRight)]).count
    let pairs = stride(from: 0, to: 20, by: 2).reduce(0.0) { sum, first in
      let right = [first, first + 1].count { isRight[$0] }
      return sum + abs(Double(right) - confidences[first] - confidences[first + 1])
    }
    let rest = abs(Double((20..<30).count { isRight[$0] }) - 9.5)
    #expect(abs(found.value - (pairs + rest) / 30) < 1e-12)
    let order = (0..<30).map { 7 * $0 % 30 }
    let turned = try errors([
      calibration(order.map { confidences[$0] }, order.map { isRight[$0] })
    ]).count
    #expect(abs(turned.value - found.value) < 1e-12)
  }

  // MARK: Known answers

  // NumPy 2.4.6 on the formula of CalibrationTests: the errors, and what a calibrated model has exactly, the
  // sum over bins of E|k − Σ confidence| with k of the Poisson binomial law (by convolution).
  @Test func `errors and what is expected agree with the reference values`() throws {
    let found = try errors([
      Calibration(logits: CalibrationTests.logits, labels: CalibrationTests.labels)
    ])
    #expect(abs(found.width.value - 0.2389847373239492) < 1e-12)
    #expect(abs(found.count.value - 0.31843014031270434) < 1e-12)
    // 4,000 draws of a standard deviation of .037: four standard errors.
    #expect(abs(found.width.expected - 0.12860236476975945) < 0.0024)
    #expect(abs(found.count.expected - 0.19246620212887466) < 0.0024)
    // Of 20,000 draws in NumPy .00385 were as large.
    #expect(abs(found.width.pValue - 0.00385) < 0.004)
  }

  // MARK: Invariants

  @Test func `the numbers are those of one seed, the mean of several, and of any threads`() throws {
    let one = Calibration(logits: CalibrationTests.logits, labels: CalibrationTests.labels)
    let other = Calibration(
      logits: Matrix(
        rows: 50, columns: 4, values: CalibrationTests.logits.values.map { 0.5 * $0 }),
      labels: CalibrationTests.labels)
    #expect(one.expectedError() == (try errors([one]).width.value))
    let both = try errors([one, other])
    let (a, b) = (try errors([one]), try errors([other]))
    #expect(abs(both.width.value - (a.width.value + b.width.value) / 2) < 1e-14)
    #expect(abs(both.width.expected - (a.width.expected + b.width.expected) / 2) < 1e-12)
    #expect(abs(both.count.debiased - (a.count.debiased + b.count.debiased) / 2) < 1e-12)
    // A seed twice says no more than once.
    #expect(try errors([one, one]).width.pValue == a.width.pValue)
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    Parallel.workers = 1
    #expect(try errors([one, other]).width == both.width)
    #expect(throws: CancellationError.self) {
      try CalibrationError.of(
        [one], [.equalWidth], resampling: resampling,
        control: ComputationControl(isCancelled: { true }))
    }
  }

  // MARK: Simulations

  /// A classifier of two classes whose confidence is over by so much.
  private func world(_ images: Int, over: Double, _ seed: Int) throws -> Calibration {
    let words = RandomStream(domain: "test/calibration", seed: UInt64(seed))
      .words(part: images, count: 2 * images).map { (Double($0) + 0.5) * 0x1p-32 }
    let confidences = (0..<images).map { 0.5 + 0.5 * words[$0].squareRoot() }
    let isRight = (0..<images).map { words[images + $0] < confidences[$0] - over }
    return try calibration(confidences, isRight)
  }

  private func draws(_ world: Int) -> Resampling {
    Resampling("test", replicates: 199, seed: UInt64(world))
  }

  @Test(arguments: [47, 240, 940])
  func `a calibrated model has no error in the mean, and is found as often as p says`(
    images: Int
  ) throws {
    let worlds = 100 * AnsweredWorld.factor
    let found = try Parallel.tryMap(count: worlds) {
      try errors([world(images, over: 0, $0)], draws($0))
    }
    for (name, own) in [("width", found.map(\.width)), ("count", found.map(\.count))] {
      let mean = own.reduce(0) { $0 + $1.debiased } / Double(worlds)
      let spread = own.reduce(0) { $0 + ($1.debiased - mean) * ($1.debiased - mean) }
      let error = (spread / Double(worlds - 1) / Double(worlds)).squareRoot()
      let plain = own.reduce(0) { $0 + $1.value } / Double(worlds)
      let size = Double(own.count { $0.pValue <= 0.05 }) / Double(worlds)
      AnsweredWorld.tell(
        "ECE \(name), \(images) images: plain \(plain), debiased \(mean) ± \(error), size \(size)")
      #expect(abs(mean) < 4 * error && plain > 0.01)
      #expect(size < 0.05 + 4 * (0.05 * 0.95 / Double(worlds)).squareRoot())
    }
  }

  @Test func `far from calibration too much is taken off, by what is expected at most`() throws {
    // Confidence is over by .2 everywhere: the true error is .2.
    let worlds = 50 * AnsweredWorld.factor
    let found = try (0..<worlds).map {
      try errors([world(240, over: 0.2, $0)], draws($0)).width
    }
    let mean = found.reduce(0) { $0 + $1.debiased } / Double(worlds)
    let expected = found.reduce(0) { $0 + $1.expected } / Double(worlds)
    AnsweredWorld.tell(
      "ECE .2 of 240 images: debiased \(mean), expected of a calibrated model \(expected)")
    #expect(mean < 0.2 && mean > 0.2 - expected - 0.02)
    #expect(found.count { $0.pValue <= 0.05 } * 10 > 9 * worlds)
  }
}
