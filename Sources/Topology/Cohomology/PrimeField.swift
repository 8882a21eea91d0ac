/// Arithmetic in Z/p for a prime p below 2¹⁵.
struct PrimeField: Sendable {
  let prime: Int

  /// Refuses a modulus that is no prime below 2¹⁵.
  ///
  /// - Throws: `TopologyError.invalid`.
  static func requirePrime(_ prime: Int) throws {
    let isPrime =
      prime >= 2 && prime < 1 << 15
      && !(2..<182).contains { $0 * $0 <= prime && prime.isMultiple(of: $0) }
    guard isPrime else {
      throw TopologyError.invalid(
        "the coefficients' modulus is \(prime); expected a prime from 2 to 32749, such as 2, 3 or 5"
      )
    }
  }

  /// The remainder from 0 to p − 1.
  func reduced(_ value: Int) -> Int {
    let remainder = value % prime
    return remainder < 0 ? remainder + prime : remainder
  }

  /// The inverse of a unit, by the extended Euclidean algorithm.
  func inverse(_ unit: Int) -> Int {
    var (dividend, divisor) = (prime, unit)
    var (previous, inverse) = (0, 1)
    while divisor != 0 {
      let quotient = dividend / divisor
      (dividend, divisor) = (divisor, dividend - quotient * divisor)
      (previous, inverse) = (inverse, previous - quotient * inverse)
    }
    return reduced(previous)
  }
}
