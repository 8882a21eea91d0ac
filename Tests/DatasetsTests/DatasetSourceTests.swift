import Datasets
import Testing

struct DatasetSourceTests {
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
