import Testing

@testable import Runs

@Suite struct FilePatternTests {
  @Test(arguments: [
    ("distances.csv", "distances.csv", true), ("distances.csv", "distancesXcsv", false),
    ("angles/CONDITION.csv", "angles/clean.csv", true),
    ("angles/CONDITION.csv", "angles/gaussian-0.5-s0.csv", true),
    ("angles/CONDITION.csv", "angles/defocus_blur-2-3.csv", true),
    ("angles/CONDITION.csv", "angles/notes.csv", false),
    ("angles/CONDITION.csv", "angles/clean.json", false),
    ("layouts/METHOD[-sample][-joint]-CONDITION.csv", "layouts/umap-clean.csv", true),
    (
      "layouts/METHOD[-sample][-joint]-CONDITION.csv", "layouts/tsne-sample-joint-shot-3-s1.csv",
      true
    ),
    ("layouts/METHOD[-sample][-joint]-CONDITION.csv", "layouts/quality.csv", false),
    ("thumbnails/ROW.jpg", "thumbnails/00012.jpg", true),
    ("thumbnails/ROW.jpg", "thumbnails/mine.jpg", false),
    ("cells/KEY.npy", "cells/abc.npy", false),
  ])
  func `a path is of a kind or it is not`(pattern: String, path: String, isOne: Bool) {
    let pattern = FilePattern(stringLiteral: pattern)
    #expect((pattern.match(path) != nil) == isOne)
  }

  @Test func `a path names its condition`() throws {
    let pattern: FilePattern = "diagrams/SCOPE-CONDITION.csv"
    let condition = try #require(Condition(name: "blur-2"))
    #expect(pattern.match("diagrams/class-polka-dotted-blur-2.csv")?.condition == condition)
    #expect(pattern.match("diagrams/all-clean.csv")?.condition == .clean)
    #expect(FilePattern("embeddings/CONDITION.npy").path(condition) == "embeddings/blur-2.npy")
    #expect(FilePattern("accuracy.csv").isOneFile && !pattern.isOneFile)
    #expect(pattern.folder == "diagrams" && FilePattern("link.csv").folder.isEmpty)
  }
}
