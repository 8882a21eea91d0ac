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
    let rounded = try RoundedPoints(write(near), metric: .euclidean)
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
    let rounded = try RoundedPoints(far, metric: .euclidean)
    let again = try rounded.rounding(far, of: far)
    #expect(again == rounded.matrix)
  }

  @Test func `rows that differ and would be equal are refused`() throws {
    let far = try write(near.map { $0.map { $0 + 1e12 } })
    let error = #expect(throws: FileError.self) {
      _ = try RoundedPoints(far, metric: .cosine)
    }
    #expect(error?.problem.contains("subtract the mean of the columns first") == true)
    let tiny = try write(near.map { $0.map { $0 * 1e-60 } })
    let underflow = #expect(throws: FileError.self) {
      _ = try RoundedPoints(tiny, metric: .euclidean)
    }
    #expect(underflow?.problem.contains("scale the numbers up") == true)
    // Directions do not change with the scale.
    let directions = try RoundedPoints(
      write([[1e-60, 0], [1e-60, 3e-60], [2e300 * 1e-300, 1]].map { $0.map { $0 * 1e-90 } }),
      metric: .cosine)
    #expect(directions.matrix.values.contains { $0 > 0.1 })
    // Copies that differ by the rounding of double precision are copies.
    #expect(
      try RoundedPoints(write([[1, 2], [1, 2 + 4e-16], [3, 4]]), metric: .cosine)
        .matrix.rows == 3)
  }

  @Test func `one row far from the others leaves them their neighbours`() throws {
    // A time that is missing is 0.
    let points = Matrix<Double>.gaussian(60, 3)
    func rows(_ offset: Double, missing: Double) -> [[Double]] {
      (0..<60).map { [$0 == 0 ? missing : offset + Double($0) / 7] + Array(points.row($0)) }
    }
    let far = try write(rows(1.7e9, missing: 0), "times.npy")
    let near = try write(rows(0, missing: -1e6), "near.npy")
    let found = try [far, near].map {
      try NeighborTable(inputs: [$0], count: 4, metric: .euclidean, rows: nil, isQuiet: true)
        .columns[0].neighbors.indices.dropFirst(4)
    }
    #expect(found[0] == found[1])
  }

  @Test(arguments: [Metric.euclidean, .cosine])
  func `groups so far apart that single precision loses a nearest row are refused`(
    metric: Metric
  ) throws {
    let points = Matrix<Double>.gaussian(120, 8)
    let rows = (0..<120).map { i in points.row(i).map { $0 + (i % 2 == 0 ? 0 : 1e7) } }
    let path = try write(rows, "two.npy")
    let error = #expect(throws: FileError.self) { _ = try RoundedPoints(path, metric: metric) }
    #expect(error?.problem.hasPrefix("the row nearest to row ") == true)
    #expect(error?.problem.contains("in single precision") == true)
    // A few rows of many are found, too.
    let few = (0..<200).map { i in
      points.row(i % 120).map { $0 * (1 + Double(i) / 1e3) + (i > 180 ? 1e7 : 0) }
    }
    let other = try write(few, "few.npy")
    #expect(throws: FileError.self) { _ = try RoundedPoints(other, metric: metric) }
  }

  @Test func `equal rows far from others are told a remedy that helps`() throws {
    let path = try write([[1e12, 0], [1e12 + 1, 0], [0, 1], [0, 3], [0, 5]])
    let error = #expect(throws: FileError.self) { _ = try RoundedPoints(path, metric: .euclidean) }
    #expect(error?.problem.hasSuffix("give the groups of rows one by one") == true)
  }

  @Test func `how a file was read is heard`() throws {
    let path = try folder.write("0,1\n0.5,1.5\n2.5,3.5\n", "m.csv")
    var notes: [String] = []
    let rounded = try RoundedPoints(path, metric: .euclidean) { notes.append($0) }
    _ = try rounded.rounding(path, of: path) { notes.append($0) }
    #expect(notes.count == 2 && notes[0].contains("taken for the columns' names"))
  }
}
