import Testing

@testable import Reports

struct WordingTests {
  @Test func `shares, intervals and counts read as text`() {
    #expect(Wording.percent(0.9181) == "91.8 %")
    #expect(Wording.percent(0.04, Interval(0.02, 0.065)) == "4.0 % (95 % interval 2.0–6.5 %)")
    #expect(Wording.shortPercent(0.04, Interval(0.02, 0.065)) == "4.0 % (2.0–6.5 %)")
    #expect(Interval(0.1, nil) == nil)
    #expect(Wording.sentenceCase("a b") == "A b" && Wording.sentenceCase("σ = 1") == "σ = 1")
    #expect(Wording.grouped(5_640) == "5,640" && Wording.grouped(999) == "999")
    #expect(Wording.grouped(-1_234_567) == "−1,234,567")
    #expect(Wording.count(1, "image") == "1 image" && Wording.count(0, "image") == "0 images")
    #expect(Wording.list(["a"]) == "a" && Wording.list(["a", "b", "c"]) == "a, b and c")
  }

  @Test func `probabilities never round to nothing`() {
    #expect(Wording.probability(0.00001) == "p < 0.0001")
    #expect(Wording.probability(0.0123) == "p = 0.012")
    #expect(Wording.probability(0.0012, name: "Holm p") == "Holm p = 0.0012")
    #expect(Wording.probability(1) == "p = 1")
  }

  @Test(arguments: [
    ("none", 0, "clean images"), ("gaussian", 0.5, "σ = 0.5"),
    ("shot", 3, "shot noise of severity 3"), ("jpeg", 1, "JPEG compression of severity 1"),
    ("contrast", 5, "lost contrast of severity 5"), ("fog", 2, "fog of level 2"),
  ])
  func `levels are named`(noise: String, level: Double, name: String) {
    #expect(Wording.level(noise: noise, level: level) == name)
  }

  @Test(arguments: [
    ("gaussian", "Gaussian noise"), ("shot", "shot noise"), ("contrast", "loss of contrast"),
  ])
  func `kinds of noise are named`(noise: String, name: String) {
    #expect(Wording.noise(noise) == name)
  }
}
