import Fixtures
import Images
import Testing

@testable import Datasets

struct ClassFoldersTests: DatasetFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a folder is a class`() throws {
    for name in ["b/2.PNG", "b/1.jpeg", "a/x y.png", "a/z.JPG"] { try addImage(name) }
    _ = try folder.write("", "a/.hidden.png")
    _ = try folder.write("", "a/notes.txt")
    _ = try folder.write("", "empty/notes.txt")
    _ = try folder.write("", ".git/x.png")
    _ = try folder.write("", "top.png")
    let dataset = try dataset()
    #expect(dataset.classes == ["a", "b"])
    #expect(dataset.samples.map(\.path) == ["a/x y.png", "a/z.JPG", "b/1.jpeg", "b/2.PNG"])
    #expect(dataset.samples.map(\.split) == ["", "", "", ""])
    #expect(dataset.source == "folders")
    #expect(error { $0.split = .train }.contains("(folders) name no image of the split train"))
  }

  @Test func `a folder without images and no folder are refused`() throws {
    _ = try folder.write("", "a/notes.txt")
    #expect(error().contains("holds no image; expected a folder a class"))
    #expect(error(folder.path + "/no").contains("no such folder or file; expected a data set"))
  }
}
