import Datasets
import Testing
import Textures

struct TextureChoiceTests {
  @Test func `classes by name, by number, and all`() throws {
    #expect(try Texture.chosen(by: "all", seed: 0).count == 47)
    #expect(
      try Texture.chosen(by: "woven,banded", seed: 0) == [.banded, .woven])
    let drawn = try Texture.chosen(by: "5", seed: 1)
    #expect(drawn.count == 5 && drawn.map(\.name) == drawn.map(\.name).sorted())
    #expect(try Texture.chosen(by: "5", seed: 1) == drawn)
    #expect(try Texture.chosen(by: "5", seed: 2) != drawn)
  }

  @Test(arguments: [
    ("stripped", "did you mean striped?"), ("polkadotted", "did you mean polka-dotted?"),
    ("", "there is no class \"\""), ("0", "expected 1 to 47"), ("48", "expected 1 to 47"),
    ("lined,lined", "named twice"), ("lined,,grid", "there is no class \"\""),
  ])
  func `a class that does not exist is refused`(text: String, part: String) {
    let error = #expect(throws: TextureChoiceError.self) {
      try Texture.chosen(by: text, seed: 0)
    }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }
}
