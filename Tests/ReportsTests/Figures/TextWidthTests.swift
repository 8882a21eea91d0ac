import Testing

@testable import Reports

struct TextWidthTests {
  @Test func `texts are no wider than they are taken for`() {
    // Widths at a size of 10 by Pillow 13.0 and DejaVu Sans 2.37, which is the widest.
    let measured = [
      ("severity 5", 49.7), ("σ = 0.5", 36.98), ("ρ = −0.10 [−0.29, 0.08]", 121.98),
      ("Mean principal angle", 104.45), ("Accuracy (%)", 66.14), ("WMmw@%", 55.94),
    ]
    for (text, width) in measured {
      let taken = TextWidth.points(text, size: 10)
      #expect(taken >= width && taken < 1.3 * width, "\(text): \(taken), not \(width)")
    }
  }

  @Test func `what has no room ends in an ellipsis`() {
    #expect(TextWidth.fitted("abc", to: 100, size: 10) == "abc")
    let fitted = TextWidth.fitted("abcdefghij", to: 40, size: 10)
    #expect(fitted.hasSuffix("…") && TextWidth.points(fitted, size: 10) <= 40)
    #expect(TextWidth.fitted("abc", to: 0, size: 10) == "…")
  }
}
