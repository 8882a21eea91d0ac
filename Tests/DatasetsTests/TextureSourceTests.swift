import Datasets
import Files
import Images
import Testing
import Textures

/// Data sets of generated textures.
struct TextureSourceTests {
  private func dataset(
    size: Int = 24, seed: UInt64 = 0, _ change: (inout Dataset.Selection) -> Void = { _ in }
  ) throws -> Dataset {
    var selection = Dataset.Selection()
    selection.split = .test
    change(&selection)
    return try Dataset(.textures(size: size, seed: seed), selection: selection)
  }

  private func message(_ change: (inout Dataset.Selection) -> Void) -> String {
    do {
      _ = try dataset(change)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `all classes, twenty images each, in order`() throws {
    let dataset = try dataset()
    #expect(dataset.classes == Texture.describable.map(\.name))
    #expect(dataset.samples.count == 47 * 20 && dataset.missing.isEmpty)
    #expect(dataset.samples[0].path == "textures/test/banded/0000")
    #expect(dataset.samples[20].path == "textures/test/blotchy/0000")
    #expect(dataset.samples.map(\.classIndex) == dataset.samples.map(\.classIndex).sorted())
    #expect(dataset.samples.allSatisfy { $0.split == "test" })
    #expect(dataset.source == "generated, version 1, split test, seed 0, 24 × 24 pixels")
    let last = try #require(dataset.samples.last?.image as? GeneratedTexture)
    #expect(last.request == .init(.zigzagged, index: 19) && last.size == 24)
    #expect(last.stream == TextureStream(split: .test, seed: 0))
  }

  @Test func `classes by name and by lot, as of any data set`() throws {
    let named = try dataset { $0.classes = .named(["woven", "banded"]) }
    #expect(named.classes == ["banded", "woven"] && named.samples.count == 40)
    #expect(named.samples[20].classIndex == 1)
    let drawn = try dataset { $0.classes = .sample(count: 5, seed: 1) }
    #expect(drawn.classes.count == 5 && drawn.samples.count == 100)
    let indices = try ClassSelection.sample(count: 5, seed: 1).indices(
      of: Texture.describable.map(\.name), source: "")
    #expect(drawn.classes == indices.map { Texture.describable[$0].name })
    let further = try dataset { $0.classes = .named(["further"]) }
    #expect(further.classes == Texture.further.map(\.name))
    let mixed = try dataset { $0.classes = .named([further.classes[0], "woven"]) }
    #expect(mixed.classes == ["woven", further.classes[0]])
  }

  @Test func `the limit takes from the classes in turn`() throws {
    let limited = try dataset {
      $0.classes = .named(["banded", "dotted", "woven"])
      $0.limit = 4
    }
    #expect(
      limited.samples.map(\.path) == [
        "textures/test/banded/0000", "textures/test/banded/0001", "textures/test/dotted/0000",
        "textures/test/woven/0000",
      ])
    let few = try dataset {
      $0.perClass = 2
      $0.limit = 1000
    }
    #expect(few.samples.count == 94)
  }

  @Test func `a larger set holds the smaller, image for image`() throws {
    let small = try dataset { $0.perClass = 3 }
    let large = try dataset { $0.perClass = 5 }
    let images = large.samples.compactMap { $0.image as? GeneratedTexture }
    for sample in small.samples {
      #expect(images.contains(try #require(sample.image as? GeneratedTexture)))
    }
  }

  @Test func `all is a supply of its own without split names`() throws {
    let all = try dataset { $0.split = .all }
    #expect(all.samples.allSatisfy { $0.split.isEmpty && $0.path.hasPrefix("textures/all/") })
    let test = try dataset()
    #expect(
      try Set(all.samples.map { try $0.image.digest() })
        .isDisjoint(with: test.samples.map { try $0.image.digest() }))
  }

  @Test func `what cannot be is refused`() {
    #expect(
      message { $0.classes = .named(["stripped"]) }
        .contains("has no class \"stripped\"; did you mean striped? its classes are banded"))
    #expect(message { $0.partition = 2 }.contains("there are no lists"))
    #expect(message { $0.splitFile = "x.json" }.contains("there are no lists"))
    #expect(message { $0.perClass = 0 }.contains("perClass is 0"))
    #expect(message { $0.perClass = 1_000_001 }.contains("at most 1000000"))
    #expect(message { $0.classes = .sample(count: 48, seed: 0) }.contains("48 cannot be drawn"))
  }
}
