import LinearAlgebra
import Testing

@testable import Analyses

struct ResamplingTests {
  @Test func `a sample has as many draws as units, each unit once on average`() {
    let stream = RandomStream(domain: "test", seed: 1)
    var sums = [Int32](repeating: 0, count: 7)
    for part in 0..<7000 {
      let counts = stream.counts(units: 7, part: part)
      #expect(counts.reduce(0, +) == 7)
      for i in counts.indices { sums[i] += counts[i] }
    }
    // A sum of 49,000 draws of probability 1/7: deviation 77.
    #expect(sums.allSatisfy { abs(Double($0) - 7000) < 4 * 77.5 }, "\(sums)")
  }

  @Test func `every order of four is as likely`() {
    let stream = RandomStream(domain: "test", seed: 2)
    var counts: [[Int]: Int] = [:]
    for part in 0..<24_000 { counts[stream.order(4, part: part), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(counts.keys.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
    // Chi-squared with 23 degrees of freedom: above 52 with probability 5e-4.
    let statistic = counts.values.reduce(0.0) {
      $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000
    }
    #expect(statistic < 52, "\(statistic)")
  }

  @Test func `the first of an order do not need the rest`() {
    let stream = RandomStream(domain: "test", seed: 3)
    for part in 0..<20 {
      #expect(
        stream.order(300, part: part, chosen: 9).prefix(9)
          == stream.order(300, part: part).prefix(9))
    }
  }
}
