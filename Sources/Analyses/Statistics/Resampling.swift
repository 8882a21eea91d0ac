import LinearAlgebra

/// How often something is drawn again at random, and from which random numbers.
///
/// Numbers are keyed by the name, the seed and the replicate: the same for any number of threads, and
/// replicate r is the same however many there are.
public struct Resampling: Sendable {
  /// The number of replicates.
  public let replicates: Int
  private let name: String
  private let seed: UInt64

  /// Replicates of something.
  ///
  /// - Parameters:
  ///   - name: What is drawn again; other names are other numbers.
  ///   - replicates: How often, at least 1.
  ///   - seed: The user's seed.
  public init(_ name: String, replicates: Int, seed: UInt64) {
    precondition(replicates > 0)
    self.name = name
    self.replicates = replicates
    self.seed = seed
  }

  /// The words of one purpose, a part a replicate.
  func stream(_ purpose: String) -> RandomStream {
    RandomStream(domain: "statistics/\(purpose)", seed: seed, identity: name.utf8)
  }

  /// The words of a bootstrap, a part a replicate, of a factor of the sample.
  func bootstrapStream(factor: Int) -> RandomStream { stream("bootstrap/\(factor)") }
}

extension RandomStream {
  /// How often each of `units` is drawn in `units` draws with replacement.
  func counts(units: Int, part: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: units)
    for word in words(part: part, count: units) { counts[word.scaled(below: units)] += 1 }
    return counts
  }

  /// A random order of the numbers below `count`, of which only the first `chosen` are needed.
  ///
  /// Fisher and Yates's shuffle in Durstenfeld's form (1964, doi:10.1145/364520.364540).
  func order(_ count: Int, part: Int, chosen: Int? = nil) -> [Int] {
    var order = Array(0..<count)
    for (i, word) in words(part: part, count: chosen ?? count).enumerated() {
      order.swapAt(i, i + word.scaled(below: count - i))
    }
    return order
  }
}

extension UInt32 {
  /// A uniform word as a number below `bound`; each is as likely as the others but for bound · 2⁻³².
  fileprivate func scaled(below bound: Int) -> Int { Int((UInt64(self) &* UInt64(bound)) >> 32) }
}
