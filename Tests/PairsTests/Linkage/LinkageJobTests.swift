import Files
import Fixtures
import Testing

@testable import Pairs

struct LinkageJobTests {
  private func problem(output: String) throws -> String {
    let settings = LinkageSettings(
      pairs: "none.csv",
      embeddings: .files(image: nil, text: nil, validationImage: nil, validationText: nil),
      threshold: .fixed(1), output: output)
    return try #require(
      #expect(throws: FileError.self) {
        try LinkageJob(settings, arguments: [], isQuiet: true).run()
      }
    ).description
  }

  @Test func `a linkage whose manifest is deleted may be made again, and nobody's records go`()
    throws
  {
    let folder = try TemporaryFolder()
    let output = folder.path + "/out"
    for name in ["train.csv", "validation.csv", "test.csv"] {
      _ = try folder.write("x", "out/" + name)
    }
    #expect(
      try problem(output: output).contains(
        "holds files that are not a linkage's: test.csv, train.csv, validation.csv"))
    _ = try folder.write("x", "out/linkage.csv")
    #expect(try problem(output: output).hasPrefix("none.csv: "))
    _ = try folder.write("x", "out/notes.txt")
    #expect(try problem(output: output).contains("holds files that are not a linkage's: notes.txt"))
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
