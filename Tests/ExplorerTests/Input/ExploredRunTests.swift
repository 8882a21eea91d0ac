import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import Explorer

struct ExploredRunTests {
  private let images: TemporaryFolder
  private let run: HandmadeRun
  private let points = Matrix<Float>([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]])

  /// Four images of two classes whose rows are not in the order of their paths.
  init() throws {
    images = try TemporaryFolder()
    let points = points
    run = try HandmadeRun(["clean": points, "blur-1": points], classes: ["a", "b", "a", "b"])
    try run.table(
      "samples.csv", "row,path,class,split", "0,b/2.png,a,train", "1,b/10.png,b,test",
      "2,a/1.png,a,train",
      "3,c/1.png,b,")
    try run.table("classes.csv", "index,class", "0,a", "1,b")
    try run.table(
      "predictions.csv", "path,class,noise,level,seed,predicted,confidence,rank",
      "b/2.png,a,none,0,,a,0.9,1", "b/10.png,b,none,0,,a,0.5,2", "a/1.png,a,none,0,,a,0.75,1",
      "c/1.png,b,none,0,,b,1,1", "b/2.png,a,blur,1,,b,0.25,2", "b/10.png,b,blur,1,,b,0.5,1",
      "a/1.png,a,blur,1,,b,0.75,2", "c/1.png,b,blur,1,,b,1,1")
    for name in ["b/2.png", "b/10.png", "a/1.png", "c/1.png"] {
      _ = try images.write(name, "images/" + name)
    }
    try manifest(images.path)
  }

  private func manifest(_ source: String, digest: String = "") throws {
    _ = try run.folder.write(
      #"""
      {"configuration": {"dataset.path": "\#(source)"},
       "model": {"name": "builtin", "digest": "abc", "files": {}, "dimension": 2},
       "data": {"source": "\#(source) (folders)", "images": 4, "classes": 2, "digest": "\#(digest)", "left_out": []}}
      """#, "manifest.json")
  }

  private func refusal(_ file: String, _ lines: String...) throws -> String {
    _ = try run.folder.write(lines.joined(separator: "\n") + "\n", file)
    let error = #expect(throws: FileError.self) { try ExploredRun(run.path).columns(.clean) }
    return error.map { "\($0)" } ?? ""
  }

  @Test func `a run is told from a folder of images`() throws {
    #expect(try ExploredRun.isRun(run.path))
    #expect(try !ExploredRun.isRun(images.path))
    #expect(try !ExploredRun.isRun("/nowhere"))
  }

  @Test func `images are sorted by path, and embeddings with them`() throws {
    let explored = try ExploredRun(run.path)
    #expect(explored.images.map(\.path) == ["a/1.png", "b/10.png", "b/2.png", "c/1.png"])
    #expect(explored.images.map(\.id) == ["a/1.png", "10", "2", "c/1.png"])
    #expect(explored.samples == [2, 1, 0, 3])
    #expect(try explored.embeddings(.clean) == points.selectingRows([2, 1, 0, 3]))
    #expect(explored.conditions.map(\.name) == ["clean", "blur-1"])
    #expect(explored.modelName == "builtin" && explored.modelDigest == "abc")
  }

  @Test func `images are found one folder down, beside the run, or not at all`() throws {
    func files(_ source: String) throws -> [String?] {
      try manifest(source)
      return try ExploredRun(run.path).images.map(\.file)
    }
    let found = try ExploredRun(run.path)
    #expect(found.images.map(\.file) == found.images.map { images.path + "/images/" + $0.path })
    #expect(found.notes == ["The run is of \(images.path) (folders)."])
    #expect(try !files(images.path + "/images").contains(nil))
    let name = URL(filePath: images.path).lastPathComponent
    #expect(try !files("../" + name).contains(nil))
    #expect(try files("textures") == [nil, nil, nil, nil])
    #expect(try files("") == [nil, nil, nil, nil])
    try FileManager.default.removeItem(atPath: images.path + "/images/a/1.png")
    #expect(try files(images.path).map { $0 == nil } == [true, false, false, false])
    #expect(
      try ExploredRun(run.path).notes[1].hasPrefix(
        "1 of its 4 image files are not at hand, and the run has no"))
    _ = try run.folder.write("a picture", "thumbnails/00002.jpg")
    #expect(try ExploredRun(run.path).notes[1].hasSuffix("stand for them."))
  }

  @Test func `no path leads out of the folder of the images`() throws {
    let outside = try images.write("secret", "secret.png")
    _ = try images.write("secret", "\u{301}.png")
    try run.table(
      "samples.csv", "row,path,class,split", "0,../secret.png,a,train", "1,b/10.png,b,test",
      "2,\(outside),a,train", "3,../\u{301}.png,b,")
    try manifest(images.path + "/images")
    #expect(try ExploredRun(run.path).images.map { $0.file == nil } == [true, true, true, false])
  }

  @Test func `columns say what the run does of a condition`() throws {
    let explored = try ExploredRun(run.path)
    #expect(
      try explored.columns(.clean) == [
        MetadataColumn(
          key: "class", values: .categories(names: ["a", "b"], codes: [0, 1, 0, 1]), role: "class"),
        MetadataColumn(
          key: "split", values: .categories(names: ["test", "train"], codes: [1, 0, 1, -1]),
          role: "split"),
        MetadataColumn(
          key: "predicted", values: .categories(names: ["a", "b"], codes: [0, 0, 0, 1]),
          role: "predicted"),
        MetadataColumn(
          key: "correct", values: .categories(names: ["no", "yes"], codes: [1, 0, 1, 1]),
          role: "correct"),
        MetadataColumn(
          key: "confidence",
          values: .numbers([0.75, 0.5, 0.9, 1], present: RowMask(count: 4, all: true)),
          role: "confidence"),
      ])
    let blurred = try explored.columns(explored.conditions[1])
    #expect(blurred[2].values == .categories(names: ["b"], codes: [0, 0, 0, 0]))
    try FileManager.default.removeItem(atPath: run.run.file("predictions.csv"))
    #expect(try explored.columns(.clean).map(\.key) == ["class", "split"])
  }

  @Test func `the run's own thumbnails are found by their samples`() throws {
    _ = try run.folder.write("of b/2", "thumbnails/00000.jpg")
    let explored = try ExploredRun(run.path)
    #expect(try explored.thumbnail(row: 2) == Data("of b/2".utf8))
    #expect(try explored.thumbnail(row: 0) == nil)
  }

  @Test func `other contents than those of the run are remarked`() throws {
    let digests = try ["b/2.png", "b/10.png", "a/1.png", "c/1.png"].map {
      try Digest(ofFile: images.path + "/images/" + $0)
    }
    let lines = zip(digests, ["a", "b", "a", "b"]).map { "\($0) \($1)\n" }
    try manifest(images.path, digest: "\(Digest(of: lines.joined()))")
    let explored = try ExploredRun(run.path)
    let sorted = [2, 1, 0, 3].map { Optional(digests[$0]) }
    #expect(explored.remark(on: sorted) == nil)
    #expect(
      explored.remark(on: [sorted[1], sorted[0], sorted[2], sorted[3]])?.contains(
        "not what they were") == true)
    #expect(explored.remark(on: [nil] + sorted.dropFirst()) == nil)
  }

  @Test func `damaged runs are refused with the place`() throws {
    let head = "path,class,noise,level,seed,predicted,confidence,rank"
    #expect(
      try refusal("predictions.csv", head, "b/10.png,a,none,0,,a,0.9,1").contains(
        "line 2: is of b/10.png"))
    #expect(
      try refusal("predictions.csv", head, "b/2.png,a,none,0,,z,0.9,1").contains(
        "no class of the run"))
    #expect(
      try refusal("predictions.csv", head, "b/2.png,a,none,0,,a,nan,1").contains("confidence"))
    #expect(
      try refusal("predictions.csv", head, "b/2.png,a,none,0,,a,0.9,1").contains(
        "has 1 images under clean"))
    #expect(try refusal("predictions.csv", "path,class", "b/2.png,a").contains("no column"))
    #expect(
      try refusal("samples.csv", "row,path,class,split", "0,a,a,", "1,a,b,").contains("twice"))
    #expect(try refusal("samples.csv", "row,path,class,split").contains("lists no sample"))
  }

  @Test func `embeddings that do not fit are refused`() throws {
    _ = try run.folder.write(NumPyFile.encode(Matrix<Float>([[1, 0]])), "embeddings/clean.npy")
    #expect(throws: FileError.self) { try ExploredRun(run.path).embeddings(.clean) }
    try FileManager.default.removeItem(atPath: run.run.file("embeddings/clean.npy"))
    let error = #expect(throws: FileError.self) { try ExploredRun(run.path) }
    #expect(error?.problem.contains("clean.npy") == true)
  }
}
