import Testing

@testable import Runs

struct ProgressBarTests {
  @Test func `a line has the bar, the rate and the time left`() {
    #expect(
      ProgressBar.line(label: "images", done: 50, total: 200, rate: 10)
        == "[######..................] 50/200 images, 10.0 a second, 15 s left")
    #expect(
      ProgressBar.line(label: "images", done: 200, total: 200, rate: 3.25).hasSuffix("done"))
  }

  @Test(arguments: [
    (0.2, "1 s"), (59.0, "59 s"), (60.0, "1 min 00 s"), (125.0, "2 min 05 s"),
    (3600.0, "1 h 00 min"), (11_220.0, "3 h 07 min"), (Double.infinity, "unknown"),
    (1e300, "unknown"),
  ])
  func `durations`(seconds: Double, text: String) {
    #expect(ProgressBar.duration(seconds) == text)
  }
}
