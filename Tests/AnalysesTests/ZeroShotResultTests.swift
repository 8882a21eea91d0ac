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
    #expect(result.confusion == [[1, 1], [1, 1]])
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
