import Testing

@testable import Runs

@Suite struct FilePatternTests {
  private let diagrams: FilePattern = "diagrams/SCOPE-CONDITION.csv"

  @Test(arguments: [
    ("distances.csv", "distances.csv", true), ("distances.csv", "distancesXcsv", false),
    ("angles/CONDITION.csv", "angles/clean.csv", true),
    ("angles/CONDITION.csv", "angles/gaussian-0.5-s0.csv", true),
    ("angles/CONDITION.csv", "angles/defocus_blur-2-3.csv", true),
    ("angles/CONDITION.csv", "angles/notes.csv", false),
    ("angles/CONDITION.csv", "angles/clean.json", false),
    ("thumbnails/ROW.jpg", "thumbnails/00012.jpg", true),
    ("thumbnails/ROW.jpg", "thumbnails/mine.jpg", false),
    ("cells/KEY.npy", "cells/abc.npy", false), ("distances.csv", "distances.csv.tmp", false),
    ("distances.csv", "distances", false),
  ])
  func `a path is of a kind or it is not`(pattern: String, path: String, isOne: Bool) {
    #expect(FilePattern(stringLiteral: pattern).matches(path) == isOne)
  }

  @Test(arguments: [
    ("umap-clean.csv", true), ("tsne-sample-joint-shot-3-s1.csv", true),
    ("umap-joint-clean.csv", true),
    ("quality.csv", false), ("mds-clean.csv", false), ("umap-other-clean.csv", false),
  ])
  func `a pattern has words of its own, and what may be missing`(name: String, isOne: Bool) {
    let layouts = FilePattern(
      "layouts/METHOD[-sample][-joint]-CONDITION.csv", words: ["METHOD": ["tsne", "umap"]])
    #expect(layouts.matches("layouts/" + name) == isOne)
    #expect(!layouts.isOneFile)
  }

  @Test(arguments: [
    "all-clean", "class-dotted-clean", "class-polka-dotted-gaussian-0.5-s0", "class-a-1-blur-2",
    "class-a%2Fb %25-gaussian-1e-05-s12", "class-clean-gaussian-1-s0", "class--defocus_blur-3",
  ])
  func `names of classes may hold anything`(name: String) {
    #expect(diagrams.matches("diagrams/\(name).csv"))
  }

  @Test(arguments: [
    "all-notes.csv", "some-clean.csv", "all-clean.npy", "class-a.csv", "all-gaussian-1.csv",
    "allclean.csv", "clean.csv",
  ])
  func `other files are someone's own`(name: String) {
    #expect(!diagrams.matches("diagrams/\(name)"))
  }

  @Test func `with a run's conditions a file is of one of them`() throws {
    let noisy = try #require(Condition(name: "gaussian-1-s0"))
    let path = "diagrams/class-polka-dotted-gaussian-1-s0.csv"
    #expect(diagrams.matches(path, of: [.clean, noisy]))
    #expect(!diagrams.matches(path, of: [.clean]))
    // The name could be a class's too.
    #expect(diagrams.matches(path, of: [try #require(Condition(name: "dotted-gaussian-1-s0"))]))
    #expect(FilePattern("distances.csv").matches("distances.csv", of: []))
  }

  @Test func `a pattern has a folder, and a path a condition`() throws {
    let condition = try #require(Condition(name: "blur-2"))
    #expect(FilePattern("embeddings/CONDITION.npy").path(condition) == "embeddings/blur-2.npy")
    #expect(FilePattern("accuracy.csv").isOneFile && !diagrams.isOneFile)
    #expect(diagrams.folder == "diagrams" && FilePattern("link.csv").folder.isEmpty)
  }
}
