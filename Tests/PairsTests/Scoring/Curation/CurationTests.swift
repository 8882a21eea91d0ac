import Testing

@testable import Pairs

struct CurationTests {
  private let cosines: [Float] = [0.3, 0.1, 0.25, 0.3, 0.2]

  private func kept(
    _ top: CurationRule.Part?, minimum: Double? = nil, by losses: [Double]? = nil
  ) -> [Bool] {
    Curation(
      CurationRule(
        top: top, minimumScore: minimum, measure: losses == nil ? .score : .negCLIPLoss),
      cosines: cosines, negCLIPLoss: losses
    ).kept
  }

  @Test func `five pairs by hand`() {
    #expect(kept(.count(2)) == [true, false, false, true, false])
    // ⌈0.3 · 5⌉ = 2, ⌈0.41 · 5⌉ = 3.
    #expect(kept(.share(numerator: 30, denominator: 100)) == kept(.count(2)))
    #expect(
      kept(.share(numerator: 41, denominator: 100)) == [true, false, true, true, false])
    #expect(kept(nil, minimum: 25) == [true, false, true, true, false])
    #expect(kept(nil, minimum: 90) == [Bool](repeating: false, count: 5))
    #expect(kept(.count(4), minimum: 24) == [true, false, true, true, false])
    #expect(kept(.count(2), by: [0, 3, -1, 2, 2]) == [false, true, false, true, false])
  }

  @Test func `of equal values the earlier is kept, which is said`() {
    let one = Curation(
      CurationRule(top: .count(1), minimumScore: nil), cosines: cosines, negCLIPLoss: nil)
    #expect(one.kept == [true, false, false, false, false] && one.count == 1)
    #expect(one.messages.count == 1)
    let more = Curation(
      CurationRule(top: .count(9), minimumScore: nil), cosines: cosines, negCLIPLoss: nil)
    #expect(more.count == 5 && more.messages.count == 1)
  }

  @Test func `shares are exact`() {
    // In floating point 0.07 · 100 is above 7.
    #expect(Curation.count(.share(numerator: 7, denominator: 100), of: 100) == 7)
    #expect(Curation.count(.share(numerator: 30, denominator: 100), of: 1_000_000) == 300_000)
    #expect(Curation.count(.share(numerator: 1, denominator: 100_000_000_000), of: 3) == 1)
    #expect(Curation.count(.share(numerator: 100, denominator: 100), of: 0) == 0)
    for total in 0..<300 {
      for percent in 1...100 {
        #expect(
          Curation.count(.share(numerator: percent, denominator: 100), of: total)
            == (total * percent + 99) / 100)
      }
    }
  }
}
