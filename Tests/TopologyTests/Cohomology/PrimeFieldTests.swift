import Testing

@testable import Topology

struct PrimeFieldTests {
  @Test(arguments: [2, 3, 5, 251, 32749])
  func `a unit times its inverse is one`(prime: Int) {
    let field = PrimeField(prime: prime)
    for unit in 1..<min(prime, 300) {
      let inverse = field.inverse(unit)
      #expect((1..<prime).contains(inverse) && unit * inverse % prime == 1)
    }
  }

  @Test func `remainders are never negative`() {
    let field = PrimeField(prime: 5)
    #expect([-11, -5, -1, 0, 4, 5, 12].map(field.reduced) == [4, 0, 4, 0, 4, 0, 2])
  }

  @Test func `only primes below 2 to the 15 are let through`() {
    #expect(throws: Never.self) {
      for prime in [2, 3, 32749] { try PrimeField.requirePrime(prime) }
    }
    // 181² = 32761 is the largest square of a prime there is; 32771 is a prime beyond.
    for other in [-3, 0, 1, 4, 32761, 32771] {
      #expect(throws: TopologyError.self) { try PrimeField.requirePrime(other) }
    }
  }
}
