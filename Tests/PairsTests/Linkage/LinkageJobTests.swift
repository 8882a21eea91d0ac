import Files
import Fixtures
import Runs
import Testing

@testable import Pairs

struct LinkageJobTests {
  @Test func `a linkage whose manifest is deleted may be made again`() throws {
    let folder = try TemporaryFolder()
    for name in ["linkage.csv", "clusters.csv", "train.csv", "validation.csv", "test.csv"] {
      _ = try folder.write("x", "out/" + name)
    }
    try OutputFolder.require(folder.path + "/out", for: .linkage)
    _ = try folder.write("x", "out/notes.txt")
    #expect(throws: FileError.self) {
      try OutputFolder.require(folder.path + "/out", for: .linkage)
    }
  }

  @Test func `a damaged manifest of an earlier run is told before anything is read`() throws {
    let folder = try TemporaryFolder()
    let manifest = try folder.write("{", "out/link.json")
    let settings = LinkageSettings(
      pairs: folder.path + "/none.csv",
      embeddings: .files(image: nil, text: nil, validationImage: nil, validationText: nil),
      threshold: .fixed(1), output: folder.path + "/out")
    let error = #expect(throws: FileError.self) {
      try LinkageJob(settings, arguments: [], isQuiet: true).run()
    }
    #expect(error?.file == manifest && error?.problem.contains("is not a manifest") == true)
  }
}
