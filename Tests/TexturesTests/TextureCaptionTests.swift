import Images
import LinearAlgebra
import Testing

@testable import Textures

struct TextureCaptionTests {
  private func sample(_ texture: Texture, _ colors: [ColorName]) -> TextureSample {
    TextureSample(
      image: RGBImage(width: 1, height: 1, pixels: [0, 0, 0]), texture: texture, colors: colors,
      scale: .fine)
  }

  @Test(arguments: [
    ("a photo of a {adjective} texture.", "a photo of a striped texture."),
    ("{scale} {noun}.", "fine stripes."),
    ("a {colors} surface with {noun}.", "an orange and white surface with stripes."),
    ("a {adjective} texture with {scale} {noun}.", "a striped texture with fine stripes."),
  ])
  func `patterns are filled in`(pattern: String, text: String) {
    #expect(TextureCaption(pattern, of: sample(.striped, [.orange, .white])).text == text)
  }

  @Test func `an article suits the word behind it`() {
    let caption = TextureCaption("a {adjective} thing.", of: sample(.interlaced, [.red]))
    #expect(caption.text == "an interlaced thing.")
  }

  @Test func `every caption names its class and leaves no brace`() {
    let patterns = TextureCaption.plainPatterns + TextureCaption.describingPatterns
    for texture in Texture.all {
      for pattern in patterns {
        let text = TextureCaption(pattern, of: sample(texture, [.teal])).text
        #expect(text.contains(texture.name) || text.contains(texture.noun))
        #expect(!text.contains("{") && !text.contains("}"))
      }
    }
  }

  @Test func `captions drawn from a stream vary and repeat with it`() {
    func captions() -> [String] {
      var random = RandomStream(domain: "tests/captions", seed: 4)
      return (0..<200).map { _ in
        TextureCaption(of: sample(.woven, [.brown, .black]), using: &random).text
      }
    }
    let count = TextureCaption.plainPatterns.count + TextureCaption.describingPatterns.count
    #expect(captions() == captions() && Set(captions()).count == count)
  }
}
