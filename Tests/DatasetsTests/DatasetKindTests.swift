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

  @Test func `help names every layout and every word`() {
    for part in ["--split-file", "CSV", "labels/", "imdb.mat", "a folder per class", "./textures"] {
      #expect(DatasetKind.help.contains(part))
    }
  }
}
