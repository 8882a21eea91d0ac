import CLIP
import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Explorer

struct SearchBenchmarkTests {
  @Test func `It measures what it says, finds what it should, and leaves nothing behind`() throws {
    let folder = try TemporaryFolder()
    let model = try CLIPModel.builtIn()
    let rows = IndexedRows.random(200, model.configuration.projectionDimension)
    let file = try folder.write(NumPyFile.encode(Matrix(rows)), "points.npy")
    let report = try SearchBenchmark(points: file, model: model, count: 20, rounds: 3).run()
    #expect(report.rows.map(\.task) == ["scan", "text", "text+scan"])
    #expect(report.rows[0].isExact == true && report.rows[1].isExact == nil)
    #expect(report.rows.allSatisfy { $0.images == 200 && $0.least <= $0.median })
    #expect(report.table.split(separator: "\n").count == 6)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["points.npy"])
  }

  @Test func `What cannot be measured is said`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(NumPyFile.encode(Matrix<Float>([[1, 0], [0, 2]])), "points.npy")
    #expect(throws: FileError.self) {
      try SearchBenchmark(points: file, model: nil, count: 1, rounds: 1)
    }
    for (count, rounds) in [(0, 1), (1001, 1), (1, 0), (1, 10_001)] {
      #expect(throws: SearchError.self) {
        try SearchBenchmark(points: file, model: nil, count: count, rounds: rounds)
      }
    }
  }
}
