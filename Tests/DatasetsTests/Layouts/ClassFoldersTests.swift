import Files
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

  @Test func `what is not used is told, of the chosen classes alone`() throws {
    for name in ["a/1.png", "b/2.png", "a/sub/3.png", "top.png"] { try addImage(name) }
    for name in ["a/4.webp", "b/5.tif", "c/6.bmp"] { _ = try folder.write("", name) }
    let dataset = try dataset()
    #expect(dataset.samples.map(\.path) == ["a/1.png", "b/2.png"])
    #expect(
      dataset.unused.map(\.path) == ["top.png", "a/4.webp", "a/sub/3.png", "b/5.tif", "c/6.bmp"])
    #expect(
      try self.dataset { $0.classes = .named(["a"]) }.unused.map(\.path)
        == ["top.png", "a/4.webp", "a/sub/3.png", "c/6.bmp"])
    #expect(dataset.removing([0]).unused.count == 5)
  }

  @Test func `a folder without images and no folder are refused`() throws {
    _ = try folder.write("", "a/notes.txt")
    #expect(error().contains("holds no image; expected a folder a class"))
    #expect(error(folder.path + "/no").contains("no such folder or file; expected a data set"))
  }

  @Test func `a name that is no UTF-8 is refused, never left out`() throws {
    try addImage("b/1.png")
    try folder.makeFolder(named: [0xFF, 0xFE])
    try folder.makeFile(named: [0xFF, 0xFE] + Array("/1.png".utf8))
    #expect(error().hasPrefix("\(folder.path)/\\xff\\xfe: its name is not UTF-8 text"))
    let other = try TemporaryFolder()
    _ = try other.write("", "b/1.png")
    try other.makeFile(named: Array("b/é".utf8).dropLast() + Array(".png".utf8))
    #expect(error(other.path).hasPrefix("\(other.path)/b/\\xc3.png: its name is not UTF-8 text"))
  }

  @Test func `two spellings of a class or of a file are refused with both`() throws {
    for name in ["\u{E9}/a.png", "e\u{301}/b.png", "z/c.png"] { try addImage(name) }
    let classes = error()
    #expect(
      classes.hasPrefix("\(folder.path): the class folder \"") && classes.contains("65 cc 81"))
    #expect(classes.contains("c3 a9") && classes.contains("rename one"))
    let other = try TemporaryFolder()
    for name in ["\u{E9}.png", "e\u{301}.png"] { _ = try other.write("", "z/" + name) }
    let files = error(other.path)
    #expect(files.contains("the image \"z/") && files.contains("is spelled otherwise at "))
  }
}
