import Files
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct MergeTablesTests {
  /// Three classes of two images each, all on axes; under noise the second class lies on the first.
  private func run() throws -> HandmadeRun {
    func points(_ axes: [Int]) -> Matrix<Float> {
      var matrix = Matrix<Float>(rows: 6, columns: 3)
      for (row, axis) in axes.enumerated() { matrix[row, axis] = 1 }
      return matrix
    }
    return try HandmadeRun(
      ["clean": points([0, 0, 1, 1, 2, 2]), "gaussian-1-s0": points([0, 0, 0, 0, 2, 2])],
      classes: ["a", "a", "b", "b", "c", "c"])
  }

  @Test func `classes merge where their means meet`() throws {
    let place = try run()
    // Two images of b are taken for a, one of a for b.
    let noisy = try scores(
      [[1, 0, 0], [0, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 1], [0, 0, 1]],
      labels: place.samples.labels, "gaussian-1-s0")
    try MergeTables(place.context(), scores: [noisy]).write(to: place.run)
    let root = 2.0.squareRoot()
    let merges = try place.lines("merges.csv")
    #expect(merges.map { Double($0["height"] ?? "") } == [root, root, 0, root])
    #expect(merges[2]["class_a"] == "a" && merges[2]["class_b"] == "b")
    let means = try place.lines("class_means.csv")
    #expect(means.map { Double($0["smallest_distance"] ?? "") } == [root, 0])
    #expect(means[1]["class_b"] == "b" && Double(means[1]["median_distance"] ?? "") == root)
    let pairs = try place.lines("merging_pairs.csv")
    // The other merge is as high as it was.
    #expect(pairs.count == 1 && pairs[0]["class_a"] == "a" && pairs[0]["class_b"] == "b")
    #expect(Double(pairs[0]["fall"] ?? "") == root && pairs[0]["relative_fall"] == "1")
    #expect(pairs[0]["confusion"] == "0.75" && pairs[0]["clean_confusion"] == "")
  }

  @Test func `when all means draw together alike no class merges`() throws {
    func points(_ spread: Float) -> Matrix<Float> {
      var matrix = Matrix<Float>(rows: 6, columns: 4)
      for row in 0..<6 {
        matrix[row, 3] = (1 - spread * spread).squareRoot()
        matrix[row, row / 2] = spread
      }
      return matrix
    }
    let place = try HandmadeRun(
      ["clean": points(0.8), "gaussian-1-s0": points(0.4)], classes: ["a", "a", "b", "b", "c", "c"])
    try MergeTables(place.context(), scores: nil).write(to: place.run)
    let pairs = try place.lines("merging_pairs.csv")
    #expect(pairs.allSatisfy { abs(Double($0["relative_fall"] ?? "") ?? 1) < 1e-6 })
    let means = try place.lines("class_means.csv").compactMap {
      Double($0["median_distance"] ?? "")
    }
    #expect(abs(means[0] / means[1] - 2) < 1e-6)
  }
}
