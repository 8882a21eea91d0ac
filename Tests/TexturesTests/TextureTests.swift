import Testing

@testable import Textures

/// The registry of textures.
struct TextureTests {
  @Test func `the classes are DTD's 47, in order`() {
    let names = Texture.describable.map(\.name)
    #expect(names.count == 47 && names == names.sorted())
    #expect(names.contains("polka-dotted") && names.last == "zigzagged")
    let further = Texture.further.map(\.name)
    #expect(further == further.sorted() && Set(further).isDisjoint(with: names))
    #expect(Texture.all == Texture.describable + Texture.further)
  }

  @Test func `a texture is found by its name`() {
    for texture in Texture.all { #expect(Texture.named(texture.name) == texture) }
    #expect(Texture.named("polka-dotted") == .polkaDotted)
    #expect(Texture.named("polkaDotted") == nil && Texture.named("") == nil)
  }

  @Test func `names and nouns are each texture's own`() {
    #expect(Set(Texture.all.map(\.name)).count == 55)
    #expect(Set(Texture.all.map(\.noun)).count == 55)
  }
}
