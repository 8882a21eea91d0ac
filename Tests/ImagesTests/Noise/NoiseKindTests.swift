import Testing

@testable import Images

struct NoiseKindTests {
  @Test func `the registry has every kind once, by a name that files and settings can have`() {
    let names = NoiseKind.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(NoiseKind.all.map(\.method)).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil)
      // Those mean no noise.
      #expect(name != "clean" && name != "none")
    }
  }

  /// Tables have their rows in this order, and those that exist keep it: a new kind comes last.
  @Test func `kinds keep their places`() {
    let names = NoiseKind.all.map(\.name)
    #expect(
      names.starts(with: ["gaussian", "shot", "impulse", "speckle", "blur", "jpeg", "contrast"]))
  }

  @Test(arguments: NoiseKind.all)
  func `a kind has a name, words and a source`(kind: NoiseKind) {
    #expect(NoiseKind(named: kind.name) == kind)
    #expect("\(kind)" == kind.name)
    #expect(!kind.words.title.isEmpty && !kind.words.phrase.isEmpty)
    #expect(kind.words.measure == (kind.hasSeverities ? .severity : .deviation))
    #expect(kind.source.contains(/doi:10\.|arXiv:[0-9]{4}\./))
    #expect(!kind.method.isEmpty)
  }

  @Test(arguments: ["", "fog", "Gaussian", "defocus_blur", "none", "clean"])
  func `no kind has another name`(name: String) {
    #expect(NoiseKind(named: name) == nil)
  }

  @Test func `levels are severities, or any σ of added noise`() {
    #expect(!NoiseKind.gaussian.hasSeverities && NoiseKind.blur.hasSeverities)
    for kind in NoiseKind.all {
      for level in [0.5, 6, 1000] { #expect(kind.isLevel(level) != kind.hasSeverities) }
      for level in [1.0, 5] { #expect(kind.isLevel(level)) }
      for level in [0, -1, .infinity, .nan] { #expect(!kind.isLevel(level)) }
    }
  }

  @Test func `added noise is random, and what a photon, a fault or a grain does is`() {
    for kind in [.gaussian, .shot, .impulse, .speckle] as [NoiseKind] { #expect(kind.isRandom) }
    for kind in [.blur, .jpeg, .contrast] as [NoiseKind] { #expect(!kind.isRandom) }
  }

  @Test(arguments: NoiseKind.all.filter(\.hasSeverities))
  func `random kinds follow the seed and the image, the others neither`(kind: NoiseKind) throws {
    let image = RGBImage.patterned(20, 20)
    let base = try kind.samples(of: image, severity: 3)
    #expect(try kind.samples(of: image, severity: 3) == base)
    for other in [
      try kind.samples(of: image, severity: 3, seed: 1),
      try kind.samples(of: image, severity: 3, name: "b"),
    ] {
      #expect((other != base) == kind.isRandom)
    }
    #expect(base.allSatisfy { (0...1).contains($0) })
  }
}
