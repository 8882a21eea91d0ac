import Testing

@testable import Analyses

struct GoldenSectionTests {
  @Test func `a parabola's top within the tolerance`() {
    let search = GoldenSection(over: 0...1, tolerance: 0.01) { -($0 - 0.3) * ($0 - 0.3) }
    #expect(abs(search.best.argument - 0.3) < 0.01)
    #expect(search.trials.count == 2 + 10 + 2)  // 0.618¹⁰ < 0.01 < 0.618⁹
    #expect(Set(search.trials.map(\.argument)).count == search.trials.count)
  }

  @Test func `an end that is best is found`() {
    #expect(GoldenSection(over: -2...3, tolerance: 0.1) { $0 }.best.argument == 3)
    #expect(GoldenSection(over: -2...3, tolerance: 0.1) { -$0 }.best.argument == -2)
  }

  @Test func `of equal values the first counts`() {
    let flat = GoldenSection(over: 0...1, tolerance: 0.5) { _ in 1 }
    #expect(flat.best == flat.trials[0])
  }
}
