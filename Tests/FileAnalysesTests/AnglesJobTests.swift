import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Testing

@testable import FileAnalyses

struct AnglesJobTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func job(
    _ inputs: [String], labels: String? = nil, rank: String = "auto", draws: Int = 5,
    output: String? = nil
  ) throws -> AnglesJob {
    try AnglesJob(
      inputs: inputs, labels: labels, rank: rank, isCentered: false, nullDraws: draws, nullSeed: 0,
      output: output, isQuiet: true)
  }

  @Test func `two inputs give their angles, one with labels those of its classes`() throws {
    let a = try folder.write("1,0,0\n0,1,0\n", "a.csv")
    let b = try folder.write("0,1,0\n0,0,1\n", "b.csv")
    #expect(try job([a, b]).run() == "index,angle\n0,0\n1,1.5707963267948966\n")
    let points = try folder.write("1,0,0\n2,0,0\n0,1,0\n0,3,0\n", "points.csv")
    let labels = try folder.write("class\nx\nx\ny\ny\n", "labels.csv")
    let output = folder.path + "/angles.csv"
    #expect(try job([points], labels: labels, output: output).run().isEmpty)
    let table = try CSV(path: output)
    #expect(table.header == ["class_a", "class_b", "k_a", "k_b", "index", "angle", "null"])
    #expect(
      table.records.map { $0.fields.dropLast() } == [
        ["x", "y", "1", "1", "0", "1.5707963267948966"]
      ])
  }

  @Test func `options that are wrong are named`() {
    for (message, body) in [
      ("--rank few: expected auto", { try job(["a", "b"], rank: "few") }),
      ("give two inputs, or one with --labels; found 1", { try job(["a"]) }),
      ("found 2", { try job(["a", "b"], labels: "c") }),
      ("--null-draws 0", { try job(["a", "b"], draws: 0) }),
      ("a is read, and would be overwritten", { try job(["a", "b"], output: "a") }),
    ] as [(String, () throws -> AnglesJob)] {
      let found = problem { _ = try body() }
      #expect(found.contains(message), "\(found)")
    }
  }

  /// Two planes of three dimensions that are one, in 10 coordinates, as float32 and as float16.
  private func sameSpan(half: Bool) throws -> [String] {
    let directions = Matrix<Double>.gaussian(3, 10)
    return try ["a", "b"].enumerated().map { index, name in
      let rows = Matrix<Double>.gaussian(40 + 10 * index, 3, seed: UInt64(index)).times(directions)
      if half {
        var data = NumPyFile.header("<f2", rows: rows.rows, columns: 10)
        for value in rows.values {
          let bits = Float16(value).bitPattern
          data.append(contentsOf: [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)])
        }
        return try folder.write(data, "\(name).npy")
      }
      return try folder.write(NumPyFile.encode(rows.converted(to: Float.self)), "\(name).npy")
    }
  }

  /// Regression: ten angles, seven of them between directions of rounding.
  @Test(arguments: [(false, 1e-6), (true, 1e-2)])
  func `rounding of the input's type makes no angles`(half: Bool, tolerance: Double) throws {
    let inputs = try sameSpan(half: half)
    let lines = try job(inputs, rank: "full").run().split(separator: "\n").dropFirst()
    let angles = lines.compactMap { Double($0.split(separator: ",")[1]) }
    #expect(angles.count == 3 && lines.count == 3)
    #expect(angles.allSatisfy { $0 < tolerance && $0 > 0 }, "\(angles)")
    let labels = try folder.write(
      "class\n" + String(repeating: "x\n", count: 20) + String(repeating: "y\n", count: 20),
      "labels.csv")
    let classes = try job([inputs[0]], labels: labels, rank: "full").run()
    #expect(classes.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("x,y,3,3,") })
  }
}
