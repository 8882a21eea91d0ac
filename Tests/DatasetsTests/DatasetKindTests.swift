import Datasets
import Testing

/// The registry of what a data set can be made of.
struct DatasetKindTests {
  @Test func `a word names its kind, anything else files`() {
    #expect(DatasetKind.named("textures") == .textures)
    for path in ["./textures", "Textures", "", nil] { #expect(DatasetKind.named(path) == .files) }
  }

  @Test func `words and settings belong to one kind`() {
    let words = DatasetKind.all.compactMap(\.word)
    #expect(Set(words).count == words.count && words.count == DatasetKind.all.count - 1)
    let settings = DatasetKind.all.flatMap(\.settings)
    #expect(Set(settings).count == settings.count)
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

  @Test func `help names every layout and every word`() {
    for part in ["--split-file", "CSV", "labels/", "imdb.mat", "a folder per class", "./textures"] {
      #expect(DatasetKind.help.contains(part))
    }
  }
}
