import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct FittedTemperaturesTests {
  private let settings = StatisticsSettings(configuration: [:])

  private func samples(_ splits: [String]) -> SampleTable {
    SampleTable(
      paths: splits.indices.map { "\($0)" }, classNames: splits.map { _ in "a" }, splits: splits,
      classes: ["a", "b"])
  }

  private let logits = Matrix<Double>(
    rows: 6, columns: 2, values: [2, 0, 1, 0, 0, 1, 3, 0, 0, 2, 1, 0])

  @Test func `without a validation split every image has a temperature of other images`() throws {
    let fitted = try #require(
      try FittedTemperatures(
        logits: logits, samples: samples([String](repeating: "", count: 6)), rows: Array(0..<6),
        settings: settings))
    #expect(fitted.evaluated == Array(0..<6) && fitted.temperatures.count == 6)
    #expect(Set(fitted.temperatures).count > 1)
  }

  @Test func `a part that is the validation split itself is fitted across`() throws {
    let fitted = try #require(
      try FittedTemperatures(
        logits: logits, samples: samples(["val", "val", "val", "test", "test", "test"]),
        rows: [0, 1, 2], settings: settings))
    #expect(fitted.evaluated == [0, 1, 2])
  }

  @Test func `a validation split of few images is no reason to leave the others out`() throws {
    let fitted = try #require(
      try FittedTemperatures(
        logits: logits, samples: samples(["val", "test", "test", "test", "test", "test"]),
        rows: Array(0..<6), settings: settings))
    #expect(fitted.evaluated == Array(0..<6))
  }

  @Test func `one image has no temperature`() throws {
    let fitted = try FittedTemperatures(
      logits: logits, samples: samples([String](repeating: "", count: 6)), rows: [3],
      settings: settings)
    #expect(fitted == nil)
  }

  @Test func `of many logits images are drawn`() throws {
    var asked: [[Int]] = []
    func fitted(_ splits: [String]) throws -> FittedTemperatures? {
      try FittedTemperatures(
        samples: samples(splits), rows: Array(splits.indices), settings: settings, mostLogits: 20
      ) { rows in
        asked.append(rows)
        return Matrix(
          rows: rows.count, columns: 2, values: rows.flatMap { [Double($0 % 3), 1] })
      }
    }
    // Two classes: ten images.
    #expect(try fitted([String](repeating: "", count: 50))?.evaluated == Array(0..<50))
    #expect(asked[0].count == 10 && asked[0].last.map { $0 > 10 } == true)
    let splits = (0..<50).map { $0 < 30 ? "val" : "test" }
    #expect(try fitted(splits)?.evaluated == Array(30..<50))
    #expect(asked[1].count == 10 && asked[1].allSatisfy { $0 < 30 })
  }
}
