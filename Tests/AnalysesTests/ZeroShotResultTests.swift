import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct ZeroShotResultTests {
  /// Two classes along the axes; cosines can be read off.
  @Test func `by hand`() {
    let images = Matrix<Float>([[1, 0], [0.6, 0.8], [0, 1], [0.8, 0.6]])
    let classes = Matrix<Float>([[1, 0], [0, 1]])
    let result = ZeroShotResult(
      images: images, classes: classes, labels: [0, 0, 1, 1], logitScale: 10)
    #expect(result.predicted == [0, 1, 1, 0])
    #expect(result.rank == [1, 2, 1, 2])
    #expect(result.topAccuracy(1) == 0.5)
    #expect(result.topAccuracy(2) == 1)
    #expect(result.meanPerClassAccuracy == 0.5)
    // Logits 6 and 8: e⁸ / (e⁶ + e⁸).
    #expect(abs(result.confidence[1] - 1 / (1 + exp(-2.0))) < 1e-6)
  }

  @Test func `the first of equal logits wins, and equals rank in order of class`() {
    let images = Matrix<Float>([[1, 0]])
    let classes = Matrix<Float>([[0, 1], [1, 0], [1, 0], [1, 0]])
    let ranks = (0..<4).map { label in
      ZeroShotResult(images: images, classes: classes, labels: [label], logitScale: 1)
    }
    #expect(ranks.map { $0.predicted[0] } == [1, 1, 1, 1])
    #expect(ranks.map { $0.rank[0] } == [4, 1, 2, 3])
  }

  @Test func `a class without images does not count in the mean per class`() {
    let images = Matrix<Float>([[1, 0], [1, 0], [0, 1]])
    let classes = Matrix<Float>([[1, 0], [0, 1], [-1, 0]])
    let result = ZeroShotResult(images: images, classes: classes, labels: [0, 0, 0], logitScale: 1)
    #expect(abs(result.meanPerClassAccuracy - 2.0 / 3) < 1e-12)
  }

  @Test func `a large logit scale overflows nothing`() {
    let images = Matrix<Float>([[1, 0]])
    let classes = Matrix<Float>([[1, 0], [-1, 0]])
    let result = ZeroShotResult(images: images, classes: classes, labels: [0], logitScale: 1e6)
    #expect(result.confidence == [1])
  }

  @Test func `a calibration is that of the logits`() throws {
    let images = try #require(Matrix<Float>([[1, 0.5], [0.6, 0.8], [0.1, 1]]).withUnitRows())
    let classes = try #require(Matrix<Float>([[1, 0], [0, 1], [1, 1]]).withUnitRows())
    let labels = [0, 1, 2]
    let result = try ZeroShotResult(
      calibrating: images, classes: classes, labels: labels, logitScale: 20,
      temperatures: [1, 2, 3])
    let logits = ZeroShotResult.logits(images: images, classes: classes, logitScale: 20)
    let calibrations = try #require(result.calibrations)
    #expect(calibrations.plain == Calibration(logits: logits, labels: labels))
    #expect(
      calibrations.scaled
        == Calibration(logits: logits, labels: labels, temperatures: [1, 2, 3]))
    #expect(
      ZeroShotResult(images: images, classes: classes, labels: labels, logitScale: 20)
        .calibrations == nil)
  }

  // MARK: Many images

  @Test func `logits beyond the limit are made in blocks of one size`() {
    let whole = ZeroShotResult.blocks(images: 1 << 14, classes: 1 << 10)
    #expect(whole == [0..<1 << 14])
    let blocks = ZeroShotResult.blocks(images: 1_000_000, classes: 1000)
    #expect(blocks.count == 955 && blocks[0] == 0..<1048 && blocks.last?.upperBound == 1_000_000)
    #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    // More classes than a block has room for: an image at a time.
    #expect(ZeroShotResult.blocks(images: 20, classes: 1 << 21).map(\.count).max() == 1)
    #expect(ZeroShotResult.blocks(images: 0, classes: 5).isEmpty)
  }

  @Test func `blocks say the same as all at once`() throws {
    let (count, classCount) = (2100, 8000)
    let stream = RandomStream(domain: "test/zero-shot blocks", seed: 1)
    let numbers = stream.normals(count: 4 * (count + classCount))
    let images = try #require(
      Matrix(rows: count, columns: 4, values: Array(numbers[..<(4 * count)])).withUnitRows())
    let classes = try #require(
      Matrix(rows: classCount, columns: 4, values: Array(numbers[(4 * count)...])).withUnitRows())
    let labels = (0..<count).map { $0 * 7 % classCount }
    let temperatures = (0..<count).map { 1 + Double($0 % 3) }
    let many = try ZeroShotResult(
      calibrating: images, classes: classes, labels: labels, logitScale: 50,
      temperatures: temperatures)
    #expect(ZeroShotResult.blocks(images: count, classes: classCount).count > 1)
    let part = 1000..<1100
    let few = try ZeroShotResult(
      calibrating: images.selectingRows(part), classes: classes, labels: Array(labels[part]),
      logitScale: 50, temperatures: Array(temperatures[part]))
    #expect(Array(many.predicted[part]) == few.predicted && Array(many.rank[part]) == few.rank)
    let (all, some) = (try #require(many.calibrations), try #require(few.calibrations))
    for (a, b) in [(all.plain, some.plain), (all.scaled ?? all.plain, some.scaled ?? some.plain)] {
      #expect(zip(a.brierScores[part], b.brierScores).allSatisfy { abs($0 - $1) < 1e-12 })
      #expect(
        zip(a.logarithmicLosses[part], b.logarithmicLosses).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test func `it stops before a block`() {
    let images = Matrix<Float>([[1, 0]])
    #expect(throws: CancellationError.self) {
      try ZeroShotResult(
        calibrating: images, classes: images, labels: [0], logitScale: 1, temperatures: nil,
        control: ComputationControl(isCancelled: { true }))
    }
  }

  private struct Oracle: Decodable {
    let image: [[Float]]
    let text: [[Float]]
    let logitScale: Double
    let softmax: [[Double]]
    let argmax: [Int]
    let labels: [Int]
    let top1: Double
    let top2: Double

    enum CodingKeys: String, CodingKey {
      case image, text, softmax, labels, top1, top2
      case logitScale = "logit_scale"
      case argmax = "argmax_first_wins"
    }
  }

  private static let oracleFile = SharedData.folder.appending(path: "oracles/geometry_cases.json")

  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: oracleFile.path),
      "needs ../shared/data/oracles/geometry_cases.json, which is not here"))
  func `the values of scikit-learn and SciPy`() throws {
    struct Cases: Decodable {
      let zeroShot: Oracle
      enum CodingKeys: String, CodingKey { case zeroShot = "zero_shot" }
    }
    let oracle = try JSONDecoder().decode(Cases.self, from: Data(contentsOf: Self.oracleFile))
      .zeroShot
    let images = try #require(Matrix(oracle.image).withUnitRows())
    let classes = try #require(Matrix(oracle.text).withUnitRows())
    let result = ZeroShotResult(
      images: images, classes: classes, labels: oracle.labels, logitScale: oracle.logitScale)
    #expect(result.predicted == oracle.argmax)
    #expect(abs(result.topAccuracy(1) - oracle.top1) < 1e-12)
    #expect(abs(result.topAccuracy(2) - oracle.top2) < 1e-12)
    for (row, prediction) in oracle.argmax.enumerated() {
      #expect(abs(result.confidence[row] - oracle.softmax[row][prediction]) < 1e-4)
    }
  }
}
