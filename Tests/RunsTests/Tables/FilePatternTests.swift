import Testing

@testable import Runs

struct FilePatternTests {
  private let diagrams: FilePattern = "diagrams/SCOPE-CONDITION.csv"

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
  }

  @Test func `words and brackets`() {
    let layouts: FilePattern = "layouts/METHOD[-sample][-joint]-CONDITION.csv"
    for name in ["tsne-clean", "umap-joint-blur-2", "pca-sample-joint-gaussian-1-s0"] {
      #expect(layouts.matches("layouts/\(name).csv"))
    }
    #expect(!layouts.matches("layouts/quality.csv"))
    #expect(FilePattern("thumbnails/ROW.jpg").matches("thumbnails/00017.jpg"))
    #expect(!FilePattern("thumbnails/ROW.jpg").matches("thumbnails/me.jpg"))
    #expect(FilePattern("distances.csv").matches("distances.csv", of: []))
    #expect(FilePattern("distances.csv").isOneFile && !diagrams.isOneFile)
  }
}
