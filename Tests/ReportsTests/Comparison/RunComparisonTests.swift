import Files
import Fixtures
import RunFixtures
import Testing

@testable import Reports

struct RunComparisonTests {
  private let a: HandmadeRun
  private let b: HandmadeRun

  init() throws {
    a = try HandmadeRun()
    b = try HandmadeRun(conditions: ["clean", "gaussian-1-s0"])
    for (run, top1, seed) in [(a, "0.75", "0"), (b, "0.5", "1")] {
      try run.table(
        "accuracy.csv", "noise,level,seed,count,top1,top5,mean_per_class",
        "none,0,,4,\(top1),1,0.5",
        "gaussian,1,0,4,0.25,1,0.25")
      _ = try run.folder.write(
        "{\"configuration\": {\"seed\": \"\(seed)\", \"name\": \"x\"}, \"data\": {\"digest\": \"d\"}}",
        "manifest.json")
    }
  }

  private func predictions(_ run: HandmadeRun, _ predicted: [String]) throws {
    let rows = zip(["a/0.png,a", "a/1.png,a", "b/0.png,b", "b/1.png,b"], predicted).map {
      "\($0),none,0,,\($1),0.9,1"
    }
    let header = "path,class,noise,level,seed,predicted,confidence,rank"
    _ = try run.folder.write(([header] + rows).joined(separator: "\n") + "\n", "predictions.csv")
  }

  private func comparison() throws -> RunComparison { try RunComparison(a.path, b.path) }

  @Test func `numbers in both are joined by their row`() throws {
    let rows = try CSV(comparison().csv, file: "diff")
    #expect(rows.header == ["table", "key", "column", "a", "b", "difference"])
    #expect(
      rows.records.first { $0.fields[2] == "top1" }?.fields
        == ["accuracy.csv", "noise=none level=0", "top1", "0.75", "0.5", "-0.25"])
    #expect(rows.records.count == 8)
  }

  @Test func `a run that is not finished is compared, and that is said`() throws {
    _ = try b.folder.write(
      "{\"configuration\": {\"name\": \"x\"}, \"started_at\": \"2026-01-02T03:04:05Z\"}",
      "manifest.json")
    let text = try comparison().text
    #expect(text.contains("- \(b.path) holds a run that is not finished (begun 2026-01-02"))
    #expect(!text.contains("\(a.path) holds a run"))
  }

  @Test func `settings and conditions that differ are named`() throws {
    let text = try comparison().text
    #expect(text.contains("| setting | A | B |\n|---|---|---|\n| seed | 0 | 1 |\n"))
    #expect(
      text.contains("In common: clean, gaussian-1-s0.\nOnly A: gaussian-2-s0. Only B: none.\n"))
    #expect(text.contains("1 of 8 numbers in both differ."))
    #expect(text.contains("others: accuracy.csv.\n"))
    #expect(text.contains("Only A has 1: embeddings/gaussian-2-s0.npy."))
  }

  @Test func `images are paired with McNemar's test`() throws {
    // A has images 0, 1 and 2 right, B image 3 alone: 3 against 1, p = 2 (1 + 4) / 16.
    try predictions(a, ["a", "a", "b", "a"])
    try predictions(b, ["b", "b", "a", "b"])
    let text = try comparison().text
    #expect(
      text.contains("| none | 0 |  | 4 | 0.7500 | 0.2500 | −0.5000 | 3 | 1 | 0.625 |"), "\(text)")
  }

  @Test func `images that are not the same are not paired`() throws {
    try predictions(a, ["a", "a", "b", "a"])
    #expect(try comparison().text.contains("Not compared: not both runs have predictions.csv."))
    _ = try b.folder.write("{\"data\": {\"digest\": \"e\"}}", "manifest.json")
    #expect(try comparison().text.contains("not the same contents (digests differ)"))
    try b.table("samples.csv", "row,path,class,split", "0,a/0.png,a,test")
    #expect(try comparison().text.contains("lists other images"))
  }

  @Test func `a run against itself is the same`() throws {
    let text = try RunComparison(a.path, a.path).text
    #expect(text.contains("All 2 settings are the same."))
    #expect(text.contains("All 8 numbers in both are equal."))
    #expect(text.contains("files of results in both are the same bytes.\n"))
  }

  @Test func `cells and manifest of the control are no results`() throws {
    _ = try a.folder.write("", "control/cells/0.npy")
    _ = try a.folder.write("{}", "control/manifest.json")
    #expect(try comparison().text.contains("Only A has 1: embeddings/gaussian-2-s0.npy."))
  }

  @Test func `a row twice is refused`() throws {
    try a.table("accuracy.csv", "noise,level,seed,top1", "none,0,,1", "none,0,,1")
    #expect(throws: FileError.self) { _ = try comparison() }
  }
}
