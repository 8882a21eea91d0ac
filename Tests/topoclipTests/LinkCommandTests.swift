import Files
import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import Testing

/// `link` as a user meets it.
@Suite(.serialized)
struct LinkCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments) }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Twelve labels of five records each in eight dimensions, tight in the images and loose in the texts;
  /// labels are unit vectors and their negatives, then sums.
  private func made() throws -> (pairs: String, images: String, texts: String) {
    let centers = RandomStream(domain: "test/centres", seed: 1).normals(count: 12 * 8)
    let noise = RandomStream(domain: "test/noise", seed: 2).normals(count: 2 * 60 * 8)
    var images = Matrix<Float>(rows: 60, columns: 8)
    var texts = images
    var csv = "image_path,text,label\n"
    for row in 0..<60 {
      csv += "\(row).jpg,red thing \(row % 12) of kind \(row % 12),\(row % 12)\n"
      for column in 0..<8 {
        let center = centers[row % 12 * 8 + column]
        images[row, column] = center + 0.02 * noise[row * 8 + column]
        texts[row, column] = center + 0.4 * noise[480 + row * 8 + column]
      }
    }
    try AtomicFile.write(NumPyFile.encode(images), to: path("images.npy"))
    try AtomicFile.write(NumPyFile.encode(texts), to: path("texts.npy"))
    return (try folder.write(csv, "pairs.csv"), path("images.npy"), path("texts.npy"))
  }

  private func table(_ name: String) throws -> [[String: String]] {
    let csv = try CSV(path: path(name))
    return csv.records.map { Dictionary(uniqueKeysWithValues: zip(csv.header, $0.fields)) }
  }

  @Test func `known clusters are found, by a threshold chosen on labels of their own`() throws {
    let (pairs, images, texts) = try made()
    let arguments = [
      "link", pairs, "--image-embeddings", images, "--text-embeddings", texts, "--split", "0.5,0.5",
      "--optimize-image-weight", "--baseline", "jaccard", "--output",
    ]
    let outcome = try ProgramRun(arguments + [path("out")])
    #expect(outcome.code == 0, "\(outcome)")
    let rows = try table("out/linkage.csv")
    #expect(rows.prefix(3).map { $0["input"] } == ["image", "text", "both"])
    #expect(rows[0]["adjusted_rand_index"] == "1" && rows[0]["clusters"] == "6")
    #expect(rows[0]["f1"] == "1" && rows[0]["normalized_mutual_information"] == "1")
    let validated = try rows.map {
      try #require(Double($0["validation_adjusted_rand_index"] ?? ""))
    }
    #expect(validated[2] >= max(validated[0], validated[1]))
    let low = try #require(Double(rows[0]["plateau_low"] ?? ""))
    let high = try #require(Double(rows[0]["plateau_high"] ?? ""))
    let threshold = try #require(Double(rows[0]["threshold"] ?? ""))
    #expect(low < threshold && threshold < high)
    #expect(rows.count == 4 && rows[3]["input"]?.hasPrefix("jaccard-") == true)
    #expect(try table("out/jaccard.csv").count == 20)

    let test = try table("out/test.csv")
    let validation = try table("out/validation.csv")
    #expect(Set(test.map { $0["label"] }).isDisjoint(with: validation.map { $0["label"] }))
    #expect(test.count == 30 && validation.count == 30)
    let clusters = try table("out/clusters.csv")
    let pairsOfClusters = Set(clusters.map { [$0["label"], $0["image"]] })
    #expect(clusters.count == 30 && pairsOfClusters.count == 6)
    // 30 rows in 6 clusters take 24 links.
    let links = try table("out/links.csv").filter { $0["input"] == "image" }
    #expect(links.count == 24)
    #expect(
      links.allSatisfy { link in
        guard let first = Int(link["first"] ?? ""), let second = Int(link["second"] ?? "") else {
          return false
        }
        return clusters[first]["label"] == clusters[second]["label"]
      })
    let json = try JSONSerialization.jsonObject(with: FileContents.read(path("out/link.json")))
    let report = try #require(json as? [String: Any])
    #expect((report["linkage"] as? [Any])?.count == 4 && report["program"] != nil)

    // Threads change nothing, and a threshold can be given.
    for threads in ["1", "3"] {
      let again = try ProgramRun(arguments + [path("again"), "--threads", threads])
      #expect(again.code == 0)
      for name in ["linkage.csv", "clusters.csv", "links.csv", "thresholds.csv", "jaccard.csv"] {
        #expect(
          try FileContents.read(path("again/" + name)) == FileContents.read(path("out/" + name)))
      }
    }
    // A run into the same folder removes what it does not write itself, but nothing that was changed.
    _ = try folder.write("mine", "again/test.csv")
    let given = try run(
      "link", pairs, "--image-embeddings", images, "--inputs", "image", "--threshold", "0.01",
      "--output", path("again"))
    #expect(given.code == 0, "\(given)")
    #expect(try table("again/linkage.csv")[0]["clusters"] == "12")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path("again")).sorted()
        == ["clusters.csv", "link.json", "linkage.csv", "links.csv", "test.csv"])
  }

  @Test func `a model embeds images and texts, and what cannot be read is told or left out`() throws
  {
    let (model, dataset) = try (TinyModel(), TinyDataset())
    defer {
      model.remove()
      dataset.remove()
    }
    var csv = "image_path,text,label\n"
    for name in TinyDataset.classes {
      for index in 0..<TinyDataset.perClass {
        let file = "\(name)_\(index).\(index.isMultiple(of: 2) ? "jpg" : "png")"
        csv += "\(name)/\(file),a photo of a \(name) thing,\(name)\n"
      }
    }
    let images = dataset.folder.path + "/images"
    let good = try folder.write(csv, "good.csv")
    let outcome = try run(
      "link", good, "--images-dir", images, "--model", model.folder.path, "--threshold", "0.05",
      "--output", path("out"))
    #expect(outcome.code == 0, "\(outcome)")
    let rows = try table("out/linkage.csv")
    // The texts of a class are the same, those of two classes are not.
    #expect(rows[1]["input"] == "text" && rows[1]["recall"] == "1")
    #expect(try table("out/clusters.csv").count == 18)

    let bad = try folder.write(
      csv + "lost.jpg,x,grid\nhttps://example.org/a.jpg,y,grid\ngone/bad.jpg,z,\n",
      "bad.csv")
    let refused = try run(
      "link", bad, "--images-dir", images, "--model", model.folder.path, "--threshold", "0.05",
      "--output", path("refused"))
    #expect(refused.code == 1 && refused.error.contains("3 images are missing"), "\(refused)")
    #expect(refused.error.contains("line 20, lost.jpg: no such file"))
    #expect(refused.error.contains("is an address"))
    #expect(!FileManager.default.fileExists(atPath: path("refused")))
    let skipped = try run(
      "link", bad, "--images-dir", images, "--model", model.folder.path, "--threshold", "0.05",
      "--skip-broken", "--output", path("skipped"))
    #expect(skipped.code == 0 && skipped.error.contains("3 records are left out"), "\(skipped)")
    #expect(
      try FileContents.read(path("skipped/linkage.csv"))
        == FileContents.read(path("out/linkage.csv")))
  }

  @Test func `labels come from pairs that annotators called the same`() throws {
    let (pairs, images, _) = try made()
    // A chain through the five records of each label but the last two.
    let tasks = (0..<48).map { row -> [String: Any] in
      [
        "data": ["a": "\(row).jpg", "b": "\(row + 12).jpg"],
        "annotations": [
          ["result": [["value": ["choices": [row % 12 < 10 ? "Same" : "Different"]]]]]
        ],
      ]
    }
    let export = try folder.write(JSONSerialization.data(withJSONObject: tasks), "export.json")
    let outcome = try run(
      "link", pairs, "--image-embeddings", images, "--inputs", "image", "--label-studio", export,
      "--pair-keys", "a,b", "--split", "0.6,0.4", "--output", path("out"))
    #expect(outcome.code == 0, "\(outcome)")
    // A label's records are those of one thing: all five, or one alone.
    let groups = Dictionary(grouping: try table("out/clusters.csv")) { $0["label"] }
    for group in groups.values {
      let things = Set(
        group.compactMap { Int($0["image_path"]?.dropLast(4) ?? "") }.map { $0 % 12 })
      #expect(things.count == 1 && group.count == (things.contains { $0 >= 10 } ? 1 : 5))
    }
    let report = try JSONSerialization.jsonObject(with: FileContents.read(path("out/link.json")))
    let counts = (report as? [String: Any])?["test"] as? [String: Any]
    // Ten labels of five and ten of one: 40 % of 20.
    #expect(counts?["labels"] as? Int == 8)
  }

  @Test func `what is wrong is told, and nothing is written`() throws {
    let (pairs, images, texts) = try made()
    func refused(_ code: Int32, _ message: String, _ arguments: String...) throws {
      let outcome = try ProgramRun(["link"] + arguments + ["--output", path("none")])
      #expect(outcome.code == code && outcome.error.contains(message), "\(arguments): \(outcome)")
      #expect(!FileManager.default.fileExists(atPath: path("none")))
    }
    let files = ["--image-embeddings", images, "--text-embeddings", texts]
    try refused(2, "give --model", pairs, "--threshold", "0.1")
    try refused(2, "give one of --threshold", pairs, files[0], files[1], files[2], files[3])
    try refused(2, "0 to 2", pairs, files[0], files[1], files[2], files[3], "--threshold", "3")
    try refused(
      2, "--inputs image,image", pairs, "--model", "x", "--inputs", "image,image", "--threshold",
      "1")
    try refused(2, "needs --text-embeddings", pairs, files[0], images, "--threshold", "1")
    try refused(2, "--split 1", pairs, files[0], images, "--inputs", "image", "--split", "1")
    try refused(
      2, "needs both", pairs, files[0], images, "--inputs", "image", "--split", "1,1",
      "--optimize-image-weight")
    try refused(
      1, "no such file", "absent.csv", files[0], images, "--inputs", "image", "--threshold", "1")
    let short = try folder.write("image_path,text,label\na,b,1\n", "short.csv")
    try refused(
      1, "has 60 rows; \(short) has 1 records", short, files[0], images, "--inputs", "image",
      "--threshold", "1")
    try refused(
      1, "no column \"group\"", pairs, files[0], images, "--inputs", "image", "--threshold", "1",
      "--label-column", "group")
    let unlabelled = try folder.write(
      "image_path,text,label\n" + (0..<60).map { "\($0),x,\($0 < 2 ? "1" : "999")\n" }.joined(),
      "unlabelled.csv")
    try refused(
      1, "1 labels are too few", unlabelled, files[0], images, "--inputs", "image", "--split", "1,1"
    )
    let none = try folder.write(
      "image_path,text\n" + (0..<60).map { "\($0),x\n" }.joined(), "none.csv")
    try refused(
      1, "has no labels to split; name their column", none, files[0], images, "--inputs", "image",
      "--split", "1,1")
    let single = try folder.write("image_path,text,label\na,b,1\nc,d,2\n", "single.csv")
    let two = try folder.write("1,2\n3,4\n", "two.csv")
    try refused(
      1, "no two of the 2 labelled validation records", pairs, files[0], images, "--inputs",
      "image",
      "--validation", single, "--validation-image-embeddings", two)
    let here = try run(
      "link", try folder.write("image_path,text,label\na,b,1\nc,d,2\n", "test.csv"), "--model", "x",
      "--threshold", "0.1", "--output", folder.path)
    #expect(here.code == 2 && here.error.contains("test.csv is read, and would be overwritten"))
    let onFile = try run(
      "link", pairs, files[0], images, "--inputs", "image", "--threshold", "1", "--output", images)
    #expect(onFile.code == 1 && onFile.error.contains("images.npy: is a file; expected a folder"))
    let zeros = try folder.write("1,2\n0,0\n", "zeros.csv")
    try refused(
      1, "row 1 (counted from 0) is all zeros", single, files[0], zeros, "--inputs", "image",
      "--threshold", "1")
  }
}
