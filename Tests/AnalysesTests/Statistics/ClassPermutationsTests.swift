import Testing

@testable import Analyses

struct ClassPermutationsTests {
  @Test func `all orders where they are few, the identity first`() {
    let permutations = ClassPermutations(
      count: 3, resampling: Resampling("test", replicates: 5, seed: 0))
    #expect(permutations.isExact)
    #expect(
      permutations.orders == [
        [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0],
      ])
    #expect(permutations.pValue(extreme: 1) == 1.0 / 6)
    #expect(permutations.least == 1.0 / 6)
  }

  @Test func `random orders where they are many`() {
    let permutations = ClassPermutations(
      count: 30, resampling: Resampling("test", replicates: 99, seed: 1))
    #expect(!permutations.isExact)
    #expect(permutations.orders.count == 99)
    #expect(Set(permutations.orders).count == 99)
    #expect(permutations.orders.allSatisfy { $0.sorted() == Array(0..<30) })
    #expect(permutations.pValue(extreme: 0) == 0.01)
    #expect(permutations.least == 0.01)
  }

  @Test func `no class and one have one order`() {
    for count in 0...1 {
      let permutations = ClassPermutations(
        count: count, resampling: Resampling("test", replicates: 10, seed: 0))
      #expect(permutations.orders == [Array(0..<count)])
      #expect(permutations.pValue(extreme: 1) == 1)
    }
  }
}
