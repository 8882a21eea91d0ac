import Files
import Fixtures
import Foundation
import RunAnalyses
import RunFixtures
import Testing

@testable import FileAnalyses

struct LayoutJobTests {
  private let folder: TemporaryFolder
  private let points: String

  init() throws {
    folder = try TemporaryFolder()
    points = folder.path + "/points.npy"
    try AtomicFile.write(NumPyFile.encode(HandmadeRun.clusters(8)), to: points)
  }

  private func run(
    _ method: LayoutMethod = .pca, labels: [String]? = nil, newPoints: String? = nil,
    measuresQuality: Bool = true
  ) throws -> LayoutJob.Result {
    let file = try labels.map { names in
      try folder.write(
        "row,class\n" + names.enumerated().map { "\($0),\($1)\n" }.joined(), "labels.csv")
    }
    return try LayoutJob(
      input: points, recipe: LayoutRecipe(method), labels: file,
      newPoints: newPoints.map { try folder.write($0, "new.csv") },
      measuresQuality: measuresQuality, isQuiet: true
    ).run()
  }

  private func quality(_ result: LayoutJob.Result) throws -> [String: Any] {
    let text = try #require(result.quality)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `the quality names what was measured, and how`() throws {
    let plain = try quality(run())
    #expect(plain["method"] as? String == "pca" && plain["metric"] as? String == "euclidean")
    #expect(plain["points"] as? Int == 24 && plain["sampled_rows"] as? Int == 24)
    #expect(plain["neighbors"] as? Int == 11)  // fewer than half of the points
    #expect(plain["silhouette"] == nil && plain["kl_divergence"] == nil)
    let labelled = try quality(run(.tsne, labels: HandmadeRun.classes(8)))
    #expect(try #require(labelled["silhouette"] as? Double) > 0.5)
    #expect(labelled["kl_divergence"] is Double)
    #expect(try run(measuresQuality: false).quality == nil)
  }

  @Test(arguments: [
    ([String](repeating: "a", count: 23) + ["b"], ""),
    ([String](repeating: "a", count: 23), "labels 23 rows"),
    ([String](repeating: "a", count: 25), "labels 25 rows"),
    ([String](repeating: "a", count: 24), "has 1 classes for 24 rows"),
    ((0..<24).map { "c\($0)" }, "has 24 classes for 24 rows"),
  ])
  func `labels must fit and say something`(labels: [String], part: String) {
    let message = problem { _ = try run(labels: labels) }
    #expect(message.isEmpty == part.isEmpty, "\(message)")
    #expect(part.isEmpty || message.contains("labels.csv: \(part)"), "\(message)")
  }

  @Test func `new points are put among the old, each beside its like`() throws {
    let result = try run(.umap, newPoints: "1,0,0,0\n0,0,1,0\n")
    let table = try CSV(try #require(result.transformed), file: "transformed")
    #expect(table.header == ["row", "x", "y"] && table.records.count == 2)
    let old = try CSV(result.table, file: "table").records.map {
      $0.fields.map { Double($0) ?? .nan }
    }
    for (record, cluster) in zip(table.records, [0, 2]) {
      let place = record.fields.map { Double($0) ?? .nan }
      func distance(_ row: [Double]) -> Double { hypot(row[1] - place[1], row[2] - place[2]) }
      let nearest = try #require(old.min { distance($0) < distance($1) })
      #expect(Int(nearest[0]) % 3 == cluster)
    }
    #expect(try run(.pca, newPoints: "1,0,0,0\n").transformed == nil)
  }

  @Test(arguments: [
    ("1,2,3\n", "new.csv: has 3 columns; "), ("1,2,x,4\n", "new.csv: line 1"),
    ("0,0,0,0\n", "new.csv: row 0"),
  ])
  func `new points that do not fit are named`(text: String, part: String) {
    let message = problem { _ = try run(.umap, newPoints: text) }
    #expect(message.contains(part), "\(message)")
  }
}
