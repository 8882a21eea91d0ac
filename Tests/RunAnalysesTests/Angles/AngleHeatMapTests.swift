import Analyses
import Files
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import RunAnalyses

struct AngleHeatMapTests {
  /// The first axis, a line 0.3 from it, and the plane of the other two axes.
  private func map() throws -> AngleHeatMap {
    let rows: [[Double]] = [
      [0, 0, 0], [1, 0, 0], [0, 0, 0], [cos(0.3), sin(0.3), 0], [0, 0, 0], [0, 1, 0], [0, 0, 1],
    ]
    return try AngleHeatMap(
      ClasswiseAngles(
        embedding: Matrix(rows), classes: [0, 0, 1, 1, 2, 2, 2], classNames: ["x", "t", "yz"],
        rank: .full, centered: true, null: RandomAngleExpectation(draws: 20, seed: 0)))
  }

  @Test func `both orders of every pair, by hand`() throws {
    let table = try CSV(map().table.csv, file: "map")
    #expect(
      table.header == [
        "class_a", "class_b", "k_a", "k_b", "smallest", "mean", "largest", "null_smallest",
        "null_mean", "null_largest",
      ])
    #expect(
      table.records.map { $0.fields.prefix(4).joined(separator: " ") } == [
        "x t 1 1", "x yz 1 2", "t x 1 1", "t yz 1 2", "yz x 2 1", "yz t 2 1",
      ])
    let right = Double.pi / 2
    let expected = [0.3, right, 0.3, right - 0.3, right, right - 0.3]
    for (record, angle) in zip(table.records, expected) {
      let numbers = record.fields.dropFirst(4).map { Double($0) ?? .nan }
      // One angle a pair: smallest, mean and largest are the same.
      for number in numbers.prefix(3) { #expect(abs(number - angle) < 1e-9, "\(record)") }
      for number in numbers.dropFirst(3) { #expect(number > 0 && number < right, "\(record)") }
    }
  }

  @Test func `JSON is a symmetric square with a null diagonal`() throws {
    let data = try Data(map().json().utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["classes"] as? [String] == ["x", "t", "yz"])
    #expect(object["unit"] as? String == "radians")
    for name in ["smallest", "mean", "largest", "null_smallest", "null_mean", "null_largest"] {
      let square = try #require(object[name] as? [[Any]])
      #expect(square.map(\.count) == [3, 3, 3])
      for i in 0..<3 {
        #expect(square[i][i] is NSNull)
        for j in 0..<3 where i != j {
          let number = try #require(square[i][j] as? Double)
          #expect(number == square[j][i] as? Double)
        }
      }
    }
    let smallest = try #require(object["smallest"] as? [[Any]])
    let angle = try #require(smallest[1][2] as? Double)
    #expect(abs(angle - (Double.pi / 2 - 0.3)) < 1e-9)
  }
}
