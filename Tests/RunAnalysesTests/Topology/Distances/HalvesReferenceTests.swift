import Foundation
import LinearAlgebra
import Testing

@testable import RunAnalyses

struct HalvesReferenceTests {
  @Test func `of 39 the smallest and the largest, of 79 the second ones`() {
    let of39 = HalvesReference((1...39).map { Double(40 - $0) })
    #expect(of39.mean == 20 && of39.interval == .init(low: 1, high: 39))
    #expect(HalvesReference((1...78).map(Double.init)).interval == .init(low: 1, high: 78))
    #expect(HalvesReference((1...79).map(Double.init)).interval == .init(low: 2, high: 78))
    #expect(HalvesReference((1...199).map(Double.init)).interval == .init(low: 5, high: 195))
  }

  @Test func `fewer have none, and infinite ones are ends`() {
    let few = HalvesReference((1...38).map(Double.init))
    #expect(few.interval == nil && few.mean == 19.5)
    #expect(HalvesReference([]).mean == nil)
    let far = HalvesReference((1...38).map(Double.init) + [.infinity])
    #expect(far.mean == .infinity && far.interval == .init(low: 1, high: .infinity))
  }

  @Test func `the rule`() {
    #expect(HalvesReference.isExceeded(by: 0.3, high: 0.2) == true)
    #expect(HalvesReference.isExceeded(by: 0.2, high: 0.2) == false)
    #expect(HalvesReference.isExceeded(by: nil, high: 0.2) == nil)
    #expect(HalvesReference.isExceeded(by: 0.3, high: nil) == nil)
    #expect(HalvesReference.isExceeded(by: .infinity, high: .infinity) == false)
  }

  @Test func `another distance lies within as often as is said`() {
    let factor =
      ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1
    let worlds = 2000 * factor
    for count in [39, 99] {
      let within = Parallel.map(count: worlds) { world in
        let draws = RandomStream(domain: "test/halves \(count)", seed: UInt64(world))
          .normals(count: count + 1).map { exp(Double($0)) }
        guard let interval = HalvesReference(Array(draws.dropLast())).interval else { return false }
        return (interval.low...interval.high).contains(draws[count])
      }.count(where: \.self)
      let share = Double(within) / Double(worlds)
      // 1 − 2 l / (k + 1) with l = 1 of 39 and 2 of 99.
      let nominal = count == 39 ? 0.95 : 0.96
      print("interval of \(count) halvings, \(worlds) worlds: \(share) of another lie within")
      #expect(abs(share - nominal) < 4 * (nominal * (1 - nominal) / Double(worlds)).squareRoot())
    }
  }
}
