import Testing

@testable import Reports

struct ScaleTests {
  @Test func `linear ticks are round numbers`() {
    #expect(
      Scale.linear(0...1, count: 5).map(\.label) == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Scale.linear(0...98.7, count: 4).map(\.label) == ["0", "20", "40", "60", "80"])
    #expect(
      Scale.linear(-0.1...0.1, count: 4).map(\.label) == ["−0.10", "−0.05", "0.00", "0.05", "0.10"])
    #expect(Scale.linear(3.1...3.2, count: 0).allSatisfy { (3.1...3.2).contains($0.value) })
  }

  @Test func `powers of ten are written as such`() {
    #expect(Scale.powerOfTen(-12) == "10⁻¹²")
    #expect(Scale.powerOfTen(3) == "10³")
  }

  @Test func `infinity lies above all numbers`() {
    #expect(Scale.infinity(above: 2) > 2)
    #expect(Scale.infinity(above: 0) == 1)
    let axis = DiagramFigures.deathAxis(2, label: "Death")
    #expect(axis.ticks.last == Tick(value: Scale.infinity(above: 2), label: "∞"))
    #expect(axis.range.contains(Scale.infinity(above: 2)))
    #expect(axis.ticks.dropLast().allSatisfy { $0.value <= 2 })
  }

  @Test func `ranges are never empty`() {
    #expect(Scale.range(of: [1, 3, .infinity], margin: 0.5) == 0...4)
    #expect(Scale.range(of: [2, 2]) == 1...3)
    #expect(Scale.range(of: []) == -0.5...0.5)
    #expect(Scale.range(of: [0, 10], from: 0, margin: 0.1) == 0...11)
    #expect(Scale.range(of: [0], from: 0) == 0...1)
  }

  @Test func `points on each other are one`() {
    let points = [[0.5, 0.5], [0.500_001, 0.5], [0.6, 0.5]]
    #expect(Scale.thinned(points, x: 0...1, y: 0...1) == [[0.5, 0.5], [0.6, 0.5]])
  }

  /// Regression: labels of angles near 1e-16 were cut off.
  @Test func `numbers with many zeros are written with powers of ten`() {
    let tiny = Scale.linear(0...1.3e-15, count: 5)
    #expect(
      tiny.map(\.label) == [
        "0", "2×10⁻¹⁶", "4×10⁻¹⁶", "6×10⁻¹⁶", "8×10⁻¹⁶", "1.0×10⁻¹⁵", "1.2×10⁻¹⁵",
      ])
    let large = Scale.linear(0...2.2e7, count: 4)
    #expect(large.map(\.label) == ["0", "5×10⁶", "1.0×10⁷", "1.5×10⁷", "2.0×10⁷"])
    #expect(Scale.linear(0...2e-4, count: 4).map(\.label).last == "0.00020")
    #expect(Scale.linear(0...5e-300, count: 4).allSatisfy { $0.label.count < 10 })
  }

  @Test func `numbers that differ by rounding have one tick`() {
    let ticks = Scale.linear(45...45.00000000000001, count: 5)
    #expect(ticks == [Tick(value: 45, label: "45.00000")])
  }
}
