import Testing

@testable import Textures

struct TextureRandomTests {
  @Test func `numbers keep to their range and fill it`() {
    var random = textureNumbers()
    let numbers = (0..<2000).map { _ in random.number(2...4) }
    #expect(numbers.allSatisfy { (2...4).contains($0) })
    let mean = Double(numbers.reduce(0, +)) / 2000
    #expect(abs(mean - 3) < 0.05)
    let scales = (0..<2000).map { _ in random.scale(0.05...0.2) }
    #expect(scales.allSatisfy { $0 > 0.0499 && $0 < 0.2001 })
    // Uniform in 1/√x: (1/√0.1 − 1/√0.2) of (1/√0.05 − 1/√0.2) lie above 0.1.
    #expect(abs(Double(scales.count { $0 < 0.1 }) / 2000 - 0.586) < 0.04)
    let whole = (0..<600).map { _ in random.whole(1...3) }
    #expect([1, 2, 3].allSatisfy { value in abs(whole.count { $0 == value } - 200) < 60 })
    #expect(random.numbers(count: 7).count == 7)
  }
}
