import Analyses
import Files
import Fixtures
import LinearAlgebra
import Testing

@testable import FileAnalyses

struct RoundedPointsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ rows: [[Double]], _ name: String = "p.npy") throws -> String {
    let path = folder.path + "/" + name
    try AtomicFile.write(NumPyFile.encode(Matrix<Double>(rows)), to: path)
    return path
  }

  private let near: [[Double]] = [[0, 0], [1, 0], [0.25, 3], [-2, 1]]

  @Test func `points near 0 are rounded as they are`() throws {
    let rounded = try RoundedPoints(write(near), metric: .euclidean, isQuiet: true)
    #expect(rounded.matrix == Matrix<Float>([[0, 0], [1, 0], [0.25, 3], [-2, 1]]))
  }

  @Test func `points far from 0 have the neighbours that they have near it`() throws {
    let far = try write(near.map { $0.map { $0 + 1e12 } })
    let (expected, found) = (
      try NeighborTable(
        inputs: [write(near, "near.npy")], count: 3, metric: .euclidean, rows: nil, isQuiet: true),
      try NeighborTable(inputs: [far], count: 3, metric: .euclidean, rows: nil, isQuiet: true)
    )
    #expect(found.columns[0].neighbors.indices == expected.columns[0].neighbors.indices)
    #expect(
      zip(found.columns[0].neighbors.distances, expected.columns[0].neighbors.distances)
        .allSatisfy { abs($0 - $1) < 1e-3 })
    let rounded = try RoundedPoints(far, metric: .euclidean, isQuiet: true)
    let again = try rounded.rounding(far, of: far, isQuiet: true)
    #expect(again == rounded.matrix)
  }

  @Test func `rows that differ and would be equal are refused`() throws {
    let far = try write(near.map { $0.map { $0 + 1e12 } })
    let error = #expect(throws: FileError.self) {
      try RoundedPoints(far, metric: .cosine, isQuiet: true)
    }
    #expect(error?.problem.contains("subtract the mean of the columns first") == true)
    let tiny = try write(near.map { $0.map { $0 * 1e-60 } })
    let underflow = #expect(throws: FileError.self) {
      try RoundedPoints(tiny, metric: .euclidean, isQuiet: true)
    }
    #expect(underflow?.problem.contains("scale the numbers up") == true)
    // Directions do not change with the scale.
    let directions = try RoundedPoints(
      write([[1e-60, 0], [1e-60, 3e-60], [2e300 * 1e-300, 1]].map { $0.map { $0 * 1e-90 } }),
      metric: .cosine, isQuiet: true)
    #expect(directions.matrix.values.contains { $0 > 0.1 })
    // Copies that differ by the rounding of double precision are copies.
    #expect(
      try RoundedPoints(write([[1, 2], [1, 2 + 4e-16], [3, 4]]), metric: .cosine, isQuiet: true)
        .matrix.rows == 3)
  }
}
