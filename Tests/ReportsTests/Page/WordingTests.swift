import Testing

@testable import Reports

struct WordingTests {
  @Test(arguments: [
    ("0.9180851063829787", "0.9181"), ("1", "1"), ("5640", "5640"), ("-0.25", "−0.2500"),
    ("12.07214", "12.07"), ("inf", "∞"), ("-inf", "−∞"), ("0.0000123", "1.2e−05"), ("0", "0"),
    ("0.0", "0"), ("-3", "−3"), ("abc", "abc"), ("0.0004", "0.0004"),
  ])
  func `cells show four digits of what is not whole`(text: String, shown: String) {
    #expect(Wording.cell(text) == shown)
  }

  @Test func `shares, intervals and counts read as text`() throws {
    let interval = try #require(Interval(-0.01, 0.02))
    #expect(Wording.percent(0.9181) == "91.8 %")
    #expect(Wording.percent(0.04, Interval(0.02, 0.065)) == "4.0 % (95 % interval 2.0–6.5 %)")
    #expect(Wording.percentRange(interval) == "−1.0 to 2.0 %")
    #expect(Interval(0.1, nil) == nil)
    #expect(Wording.number(-0.0001, digits: 2) == "0.00")
    #expect(Wording.number(-0.126, digits: 2) == "−0.13")
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
