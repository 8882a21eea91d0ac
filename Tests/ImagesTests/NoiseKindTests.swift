import Testing

@testable import Images

struct NoiseKindTests {
  @Test func `severities have the published constants`() {
    // make_imagenet_c.py of github.com/hendrycks/robustness.
    let published: [NoiseKind: [Double]] = [
      .shot: [60, 25, 12, 5, 3], .impulse: [0.03, 0.06, 0.09, 0.17, 0.27],
      .speckle: [0.15, 0.2, 0.35, 0.45, 0.6], .blur: [1, 2, 3, 4, 6], .jpeg: [25, 18, 15, 10, 7],
      .contrast: [0.4, 0.3, 0.2, 0.1, 0.05],
    ]
    for kind in NoiseKind.allCases {
      guard let constants = published[kind] else {
        #expect(kind == .gaussian && !kind.hasSeverities)
        continue
      }
      #expect(NoiseKind.severities.map { kind.constant(severity: $0) } == constants)
    }
  }

  @Test func `levels are severities, or any σ of gaussian noise`() {
    for kind in NoiseKind.allCases {
      for level in [0.5, 6, 1000] { #expect(kind.isLevel(level) == (kind == .gaussian)) }
      for level in [1.0, 5] { #expect(kind.isLevel(level)) }
      for level in [0, -1, .infinity, .nan] { #expect(!kind.isLevel(level)) }
    }
    #expect(NoiseKind.allCases.filter(\.isRandom) == [.gaussian, .shot, .impulse, .speckle])
  }
}
