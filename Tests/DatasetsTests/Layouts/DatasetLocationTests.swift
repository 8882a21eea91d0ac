import Files
import Fixtures
import Foundation
import Testing

@testable import Datasets

struct DatasetLocationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func location(_ path: String) throws -> DatasetLocation {
    try DatasetLocation(path: path, splitFile: nil, partition: 1)
  }

  @Test func `a file is no folder, and what is in a folder is found`() throws {
    let file = try folder.write("", "list.csv")
    #expect(try location(folder.path).isFolder && !location(file).isFolder)
    #expect(try location(folder.path).contains("list.csv"))
    #expect(try !location(folder.path).contains("labels"))
  }

  @Test func `images are in the folder of that name where there is one`() throws {
    #expect(try location(folder.path).images.path == folder.path)
    _ = try folder.write("", "images/a/1.png")
    #expect(try location(folder.path).images.path == folder.path + "/images")
  }

  @Test func `a slip in a word is told`() {
    func problem(_ path: String) -> String {
      let error = #expect(throws: (any Error).self) { try location(path) }
      return error.map { "\($0)" } ?? ""
    }
    #expect(problem("texture") == "texture: no such folder or file; did you mean textures?")
    #expect(
      problem("no-such")
        == "no-such: no such folder or file; expected a data set, or the word textures")
  }
}
