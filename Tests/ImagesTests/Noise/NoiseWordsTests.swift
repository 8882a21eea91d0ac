import Testing

@testable import Images

struct NoiseWordsTests {
  @Test(arguments: [
    ("gaussian", "Gaussian noise", "Gaussian noise", "Noise level σ", "σ = 0.5", "σ = 0.5"),
    (
      "shot", "shot noise", "shot noise", "Severity of shot noise", "severity 0.5",
      "shot noise of severity 0.5"
    ),
    (
      "impulse", "impulse noise", "impulse noise", "Severity of impulse noise", "severity 0.5",
      "impulse noise of severity 0.5"
    ),
    (
      "speckle", "speckle noise", "speckle noise", "Severity of speckle noise", "severity 0.5",
      "speckle noise of severity 0.5"
    ),
    (
      "blur", "Gaussian blur", "Gaussian blur", "Severity of Gaussian blur", "severity 0.5",
      "blur of severity 0.5"
    ),
    (
      "jpeg", "JPEG compression", "JPEG compression", "Severity of JPEG compression",
      "severity 0.5", "JPEG compression of severity 0.5"
    ),
    (
      "contrast", "lowered contrast", "loss of contrast", "Severity of lowered contrast",
      "severity 0.5", "lost contrast of severity 0.5"
    ),
    (
      "defocus_blur", "defocus blur", "defocus blur", "Level of defocus blur", "level 0.5",
      "defocus blur of level 0.5"
    ),
    (
      "jpeg-2000", "jpeg 2000", "jpeg 2000", "Level of jpeg 2000", "level 0.5",
      "jpeg 2000 of level 0.5"
    ),
  ])
  func `a kind has words, and so has a name that is not registered`(
    name: String, title: String, phrase: String, axis: String, level: String, leveled: String
  ) {
    let words = NoiseWords(of: name)
    #expect(words.title == title && words.phrase == phrase)
    #expect(words.axisLabel == axis)
    #expect(words.level("0.5") == level)
    #expect(words.phrase(level: "0.5") == leveled)
  }
}
