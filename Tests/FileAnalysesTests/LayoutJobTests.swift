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

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func job(
    _ method: LayoutMethod = .pca, settings: KeyValuePairs<String, String?> = [:],
    labels: [String]? = nil, newPoints: String? = nil, measuresQuality: Bool = true
  ) throws -> LayoutJob {
    let file = try labels.map { names in
      try folder.write(
        "row,class\n" + names.enumerated().map { "\($0),\($1)\n" }.joined(), "labels.csv")
    }
    return try LayoutJob(
      input: points, method: method, settings: settings, labels: file,
      newPoints: newPoints.map { try folder.write($0, "new.csv") },
      transformed: newPoints.map { _ in path("transformed.csv") },
      quality: measuresQuality ? path("quality.json") : nil, output: nil, isQuiet: true)
  }

  private func quality(_ job: LayoutJob) throws -> [String: Any] {
    _ = try job.run()
    return try #require(
      try JSONSerialization.jsonObject(with: FileContents.read(path("quality.json")))
        as? [String: Any])
  }

  @Test func `the quality names what was measured, and how`() throws {
    let plain = try quality(job())
    #expect(plain["method"] as? String == "pca" && plain["metric"] as? String == "euclidean")
    #expect(plain["points"] as? Int == 24 && plain["sampled_rows"] as? Int == 24)
    #expect(plain["neighbors"] as? Int == 11)  // fewer than half of the points
    #expect(plain["silhouette"] == nil && plain["kl_divergence"] == nil)
    let labelled = try quality(job(.tsne, labels: HandmadeRun.classes(8)))
    #expect(try #require(labelled["silhouette"] as? Double) > 0.5)
    #expect(labelled["kl_divergence"] is Double)
  }

  @Test func `what was not asked for is not written`() throws {
    let table = try job(measuresQuality: false).run()
    #expect(table.hasPrefix("row,x,y\n0,"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["points.npy"])
  }

  @Test func `settings of another method are refused`() {
    #expect(
      problem { _ = try job(settings: ["perplexity": "3"]) }
        == "--perplexity is for --method tsne; this one is pca")
    #expect(
      problem { _ = try job(.tsne, settings: ["perplexity": nil, "epochs": "3"]) }
        == "--epochs is for --method umap; this one is tsne")
    #expect(
      problem { _ = try job(newPoints: "1,0,0,0\n") }
        == "--transform is for --method umap; this one is pca")
    #expect(problem { _ = try job(settings: ["metric": "cosine"]) }.contains("which is Euclidean"))
  }

  @Test(arguments: [
    ([String](repeating: "a", count: 23) + ["b"], ""),
    ([String](repeating: "a", count: 23), "labels 23 rows"),
    ([String](repeating: "a", count: 25), "labels 25 rows"),
    ([String](repeating: "a", count: 24), "has 1 classes for 24 rows"),
    ((0..<24).map { "c\($0)" }, "has 24 classes for 24 rows"),
  ])
  func `labels must fit and say something`(labels: [String], part: String) {
    let message = problem { _ = try job(labels: labels).run() }
    #expect(message.isEmpty == part.isEmpty, "\(message)")
    #expect(part.isEmpty || message.contains("labels.csv: \(part)"), "\(message)")
  }

  @Test func `new points are put among the old, each beside its like`() throws {
    let output = try job(.umap, newPoints: "1,0,0,0\n0,0,1,0\n").run()
    let table = try CSV(path: path("transformed.csv"))
    #expect(table.header == ["row", "x", "y"] && table.records.count == 2)
    let old = try CSV(output, file: "table").records.map {
      $0.fields.map { Double($0) ?? .nan }
    }
    for (record, cluster) in zip(table.records, [0, 2]) {
      let place = record.fields.map { Double($0) ?? .nan }
      func distance(_ row: [Double]) -> Double { hypot(row[1] - place[1], row[2] - place[2]) }
      let nearest = try #require(old.min { distance($0) < distance($1) })
      #expect(Int(nearest[0]) % 3 == cluster)
    }
  }

  @Test(arguments: [
    ("1,2,3\n", "new.csv: has 3 columns; "), ("1,2,x,4\n", "new.csv: line 1"),
    ("0,0,0,0\n", "new.csv: row 0"),
  ])
  func `new points that do not fit are named`(text: String, part: String) {
    let message = problem { _ = try job(.umap, newPoints: text).run() }
    #expect(message.contains(part), "\(message)")
  }
}
