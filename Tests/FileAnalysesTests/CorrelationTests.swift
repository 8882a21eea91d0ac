import Analyses
import Fixtures
import LinearAlgebra
import RunAnalyses
import Testing

@testable import FileAnalyses

/// The metric as files meet it.
struct CorrelationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Rows of which the fourth is constant.
  private func constant() throws -> String {
    try folder.write("1,2,4\n3,1,0\n2,5,9\n7,7,7\n0,1,0\n4,0,1\n", "constant.csv")
  }

  @Test func `neighbours have the correlation for a similarity`() throws {
    let path = try folder.write("1,2,3\n9,7,5\n0,4,0\n", "points.csv")
    let table = try NeighborTable(
      inputs: [path], count: 2, metric: .correlation, rows: [0], isQuiet: true)
    #expect(table.csv() == "row,rank,neighbor,similarity\n0,1,2,0\n0,2,1,-1\n")
  }

  @Test func `a constant row is named by persistence, neighbors and layout`() throws {
    let path = try constant()
    let persistence = problem {
      _ = try TopologyInput(
        path,
        settings: TopologyInput.Settings(
          kind: .points(.correlation), keepsDoubles: false, landmarks: nil, scale: .number(1),
          threshold: nil), workers: 1, control: ComputationControl())
    }
    #expect(persistence.contains("point 3 (rows count from 0) is constant"), "\(persistence)")
    let neighbors = problem {
      _ = try NeighborsJob(
        inputs: [path], count: 1, metric: "correlation", index: .automatic, rows: nil, labels: nil,
        images: nil, html: nil, output: nil, isQuiet: true
      ).run()
    }
    #expect(
      neighbors.contains("constant.csv: row 3 (counted from 0) is constant"), "\(neighbors)")
    let layout = problem {
      _ = try LayoutJob(
        input: path, method: .umap, settings: ["metric": "correlation"], labels: nil,
        newPoints: nil, transformed: nil, quality: nil, output: nil, isQuiet: true
      ).run()
    }
    #expect(layout.contains("constant.csv: row 3 (counted from 0) is constant"), "\(layout)")
  }
}
