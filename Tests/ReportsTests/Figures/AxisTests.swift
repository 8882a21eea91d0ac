import Testing

@testable import Reports

struct AxisTests {
  @Test func `labels that would touch one before are left out`() {
    let axis = Axis(
      range: 0...46, ticks: (0..<47).map { Tick(value: Double($0), label: "name") },
      tickFontSize: 4)
    // No text is smaller than can be read: at 200 points, every second has room.
    #expect(axis.textSize == FigureStyle.leastFontSize)
    #expect(
      axis.legibleLabels(200, isBeside: true) == Set(stride(from: 0, through: 46, by: 2)))
    #expect(axis.legibleLabels(400, isBeside: true).count == 47)
    // A name is 19.5 points wide with the room around it: every fifth.
    #expect(axis.legibleLabels(200, isBeside: false) == Set(stride(from: 0, through: 45, by: 5)))
  }

  @Test func `numbers lie at shares of the axis`() {
    var axis = Axis(range: 2...4)
    #expect(axis.share(2.5) == 0.25)
    axis.isReversed = true
    #expect(axis.share(2.5) == 0.75)
  }
}
