import Files
import Fixtures
import Foundation
import ModelFixtures
import Testing

/// Candidates, curation and the matrix of `score` as a user meets them.
@Suite(.serialized)
struct ScoreAdditionsCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test func `options that are wrong are usage`() throws {
    _ = try folder.write("image,caption\na.png,x\n", "pairs.csv")
    for (given, word) in [
      (["--keep-top", "0%"], "--keep-top 0%: expected a percentage above 0%"),
      (["--keep-top", "101%"], "at most 100%"), (["--keep-top", "nan"], "expected a percentage"),
      (["--minimum-score", "nan"], "--minimum-score nan"),
      (["--keep-by", "score"], "give --keep-top"), (["--kept", "x.csv"], "give one of them"),
      (["--keep-top", "3", "--keep-by", "cosine"], "expected score or negcliploss"),
      (["--keep-top", "3", "--keep-by", "negcliploss", "--batches", "0"], "needs draws"),
      (["--keep-top", "3", "--kept", path("pairs.csv")], "is read, and would be"),
      (["--matrix", "all.txt"], "ends in .csv"), (["--matrix", path("pairs.csv")], "is read"),
    ] {
      let outcome = try ProgramRun(["score", path("pairs.csv")] + given)
      #expect(outcome.code == 2 && outcome.error.contains(word), "\(given): \(outcome)")
    }
    let outcome = try ProgramRun(["score", path("pairs.csv"), "--candidates", path("none.txt")])
    #expect(outcome.code == 1 && outcome.error.contains("no such file or folder"), "\(outcome)")
  }

  @Test func `pairs are kept, and compared with candidates, and all with all`() throws {
    let model = try TinyModel()
    defer { model.remove() }
    var csv = "image,caption\n"
    for index in 0..<5 {
      _ = try folder.write(
        TinyDataset.image(classIndex: index % 3, index: index).pngData(), "\(index).png")
      csv += "\(index).png,caption \(index)\n"
    }
    _ = try folder.write(csv, "pairs.csv")
    _ = try folder.write("one\ntwo\n", "texts.txt")
    let outcome = try ProgramRun([
      "score", path("pairs.csv"), "--model", model.folder.path, "--output", path("out/results.csv"),
      "--keep-top", "50%", "--candidates", path("texts.txt"), "--matrix", path("out/all.npy"),
      "--quiet",
    ])
    #expect(outcome.code == 0 && outcome.output.contains("3 rows kept"), "\(outcome)")
    #expect(try CSV(path: path("out/results-kept.csv")).records.count == 3)
    #expect(
      try FolderContents.names(of: path("out")) == [
        "all-captions.csv", "all-images.csv", "all.npy", "results-kept.csv", "results-report",
        "results.csv", "stats.log",
      ])
  }
}
