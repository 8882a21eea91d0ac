import Datasets
import Fixtures
import Testing

struct DatasetSourceTests {
  @Test(arguments: [
    (["clean/a/1.png", "fog/1/a/1.png"], true), (["train/a/1.png", "test/a/1.png"], true),
    (["a/1.png", "b/1.png"], false), ([], false),
  ])
  func `a source is nested where folders within folders say what its images are`(
    images: [String], isNested: Bool
  ) throws {
    let folder = try TemporaryFolder()
    for image in images { _ = try folder.write("", image) }
    #expect(try DatasetSource.files(folder.path).isNested(splitFile: nil) == isNested)
    #expect(try !DatasetSource.files(folder.path).isNested(splitFile: "split.json"))
    #expect(try !DatasetSource.files(folder.path + "/no").isNested(splitFile: nil))
    #expect(try !DatasetSource.textures(size: 64, seed: 5).isNested(splitFile: nil))
  }

  @Test func `a source is of a kind, by its name and its own settings`() {
    let textures = DatasetSource.textures(size: 64, seed: 5)
    #expect(textures.kind == .textures && textures.name == "textures")
    #expect(textures.settings.map(\.key) == DatasetKind.textures.settings)
    #expect(textures.settings.map(\.value) == ["64", "5"])
    #expect(textures == .textures(size: 64, seed: 5) && textures != .textures(size: 64, seed: 6))
    let files = DatasetSource.files("d")
    #expect(files.kind == .files && files.name == "d" && files.settings.isEmpty)
    #expect(files != .files("e") && files != textures)
  }
}
