import RunAnalyses
import Runs
import Testing

@testable import Reports

struct QuantityTests {
  @Test(arguments: [
    ("0.9180851063829787", "0.9181"), ("1", "1"), ("5640", "5640"), ("-0.25", "−0.2500"),
    ("12.07214", "12.07"), ("inf", "∞"), ("-inf", "−∞"), ("0.0000123", "1.2e−05"), ("0", "0"),
    ("0.0", "0"), ("-3", "−3"), ("abc", "abc"), ("0.0004", "0.0004"),
  ])
  func `plain numbers show four digits of what is not whole`(text: String, shown: String) {
    #expect(Quantity.plain.cell(text) == shown)
  }

  @Test func `each quantity has one rounding, in sentences and in tables`() throws {
    #expect(Quantity.share.text(0.9181) == "91.8 %" && Quantity.share.cell("0.9181") == "91.8 %")
    #expect(Quantity.share.text(-0.0001) == "0.0 %" && Quantity.share.text(-0.25) == "−25.0 %")
    #expect(
      Quantity.coefficient.text(-0.126) == "−0.13" && Quantity.coefficient.cell("1") == "1.00")
    #expect(Quantity.coefficient.text(-0.0001) == "0.00")
    #expect(Quantity.distance.text(0.19349) == "0.193" && Quantity.distance.text(0) == "0.000")
    #expect(Quantity.distance.text(0.0000123) == "1.2e−05")
    #expect(Quantity.distance.cell("inf") == "∞" && Quantity.distance.text(-.infinity) == "−∞")
    #expect(Quantity.probability.text(0.0123) == "0.012")
    #expect(Quantity.probability.text(0.0012) == "0.0012")
    #expect(Quantity.probability.cell("0.00001") == "< 0.0001")
    #expect(Quantity.probability.text(0.9996) == "1" && Quantity.plain.text(.nan) == "")
    #expect(Quantity.given.cell("0.50") == "0.50" && Quantity.given.text(0.5) == "0.5")
  }

  @Test func `ranges are rounded as what they are of`() throws {
    let interval = try #require(Interval(-0.01, 0.02))
    #expect(Quantity.share.range(interval) == "−1.0 to 2.0 %")
    #expect(Quantity.share.range(try #require(Interval(0.9, 0.935))) == "90.0–93.5 %")
    #expect(Quantity.coefficient.range(interval) == "−0.01 to 0.02")
  }

  @Test func `columns are told by their names`() {
    #expect(Quantity(ofColumn: AccuracyColumns.top1.estimate.name) == .share)
    #expect(Quantity(ofColumn: TrackingColumns.estimate.name) == .coefficient)
    #expect(Quantity(ofColumn: TrackingColumns.p.name) == .probability)
    #expect(Quantity(ofColumn: DistanceColumns.distance.name) == .distance)
    #expect(Quantity(ofColumn: "level") == .given && Quantity(ofColumn: "another") == .plain)
  }
}
