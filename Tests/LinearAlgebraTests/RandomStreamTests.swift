import Foundation
import Testing

@testable import LinearAlgebra

struct RandomStreamTests {
  // MARK: The cipher

  /// The known answers published with Random123 1.14 (`kat_vectors`, philox4x32 10).
  ///
  /// Counter words 0 and 1 are the block, low word first, and words 2 and 3 the stream.
  @Test(arguments: [
    (
      counter: [0, 0, 0, 0] as [UInt32], key: [0, 0] as [UInt32],
      expected: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8] as [UInt32]
    ),
    (
      counter: [.max, .max, .max, .max], key: [.max, .max],
      expected: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
      key: [0xa409_3822, 0x299f_31d0],
      expected: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ])
  func `Philox gives its published answers`(
    counter: [UInt32], key: [UInt32], expected: [UInt32]
  ) {
    func joined(_ low: UInt32, _ high: UInt32) -> UInt64 { UInt64(low) | UInt64(high) << 32 }
    let words = RandomStream.philox(
      key: joined(key[0], key[1]), stream: joined(counter[2], counter[3]),
      block: joined(counter[0], counter[1]))
    #expect(words == expected)
  }

  /// Computed by a separate implementation of SHA-256 and Philox, from the definition.
  @Test func `a stream is keyed by the digest of its name`() {
    var stream = RandomStream(domain: "test", seed: 7, identity: [1, 2, 3])
    #expect(stream.next() == 0x4e0b_38be_c25b_a34b)
    #expect(stream.next() == 0xcf28_1e71_cd10_6404)
    #expect(stream.next() == 0x81c8_f5bf_f7b5_16c7)
    #expect(stream.next() == 0x39d1_8863_1796_7ee1)
  }

  // MARK: Normal numbers

  @Test func `normals are the Box-Muller transform of the blocks in order`() {
    // Head and next 8 bytes of SHA-256 over the name, computed separately.
    let (key, name) = (UInt64(0x8992_f7d3_0ebe_f849), UInt64(0x6a57_8e87_00fc_5d1f))
    let normals = RandomStream(domain: "test", seed: 3).normals(count: 2_000)
    for i in stride(from: 0, to: normals.count, by: 2) {
      let words = RandomStream.philox(key: key, stream: name, block: UInt64(i / 4))
      let (a, b) = (words[i % 4], words[i % 4 + 1])
      let u = (Double(a) + 0.5) * 0x1p-32
      let radius = (-2 * log(u)).squareRoot()
      let angle = 2 * Double.pi * Double(b >> 8) * 0x1p-24
      #expect(abs(Double(normals[i]) - radius * cos(angle)) < 3e-6)
      #expect(abs(Double(normals[i + 1]) - radius * sin(angle)) < 3e-6)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 7, 10, 255, 256, 257, 258, 511, 513, 999])
  func `fewer normals are a prefix of more`(count: Int) {
    let stream = RandomStream(domain: "test", seed: 1)
    #expect(stream.normals(count: count) == Array(stream.normals(count: 1000).prefix(count)))
  }

  @Test func `normals do not depend on what has been drawn`() {
    var stream = RandomStream(domain: "test", seed: 1)
    let before = stream.normals(count: 100)
    let first = stream.next()
    #expect(stream.normals(count: 100) == before)
    var other = RandomStream(domain: "test", seed: 1)
    _ = other.normals(count: 100)
    #expect(other.next() == first)
  }

  /// Each estimate lies within four standard errors, from the exact moments of the normal law.
  @Test(arguments: [0, 1, 2] as [UInt64])
  func `normals have the moments of the normal law up to the sixth`(seed: UInt64) {
    let count = 1_000_000
    let normals = RandomStream(domain: "test/moments", seed: seed).normals(count: count)
    var sums = [Double](repeating: 0, count: 7)
    for normal in normals {
      var power = 1.0
      for k in 0...6 {
        sums[k] += power
        power *= Double(normal)
      }
    }
    // E zᵏ = (k − 1)!! for even k; the variance of zᵏ is E z²ᵏ − (E zᵏ)².
    let moments: [Double] = [1, 0, 1, 0, 3, 0, 15]
    let squares: [Double] = [1, 1, 3, 15, 105, 945, 10_395]
    for k in 1...6 {
      let error = sums[k] / Double(count) - moments[k]
      let deviation = ((squares[k] - moments[k] * moments[k]) / Double(count)).squareRoot()
      #expect(abs(error) < 4 * deviation, "moment \(k)")
    }
  }

  @Test(arguments: [0, 1, 2, 3] as [UInt64])
  func `normals follow the normal law`(seed: UInt64) {
    let normals = RandomStream(domain: "test/distribution", seed: seed).normals(count: 200_000)
    let levels = normals.map { erfc(-Double($0) / 2.0.squareRoot()) / 2 }
    #expect(kolmogorovStatistic(ofUniform: levels) < Self.kolmogorovCritical)
  }

  @Test func `both normals of a block follow the law in the tail`() {
    let count = 4_000_000
    let normals = RandomStream(domain: "test/tail", seed: 0).normals(count: count)
    #expect(normals.allSatisfy { abs($0) < 6.77 })
    for bound in [3.0, 4.0] {
      let expected = Double(count) * erfc(bound / 2.0.squareRoot())
      let found = Double(normals.count { abs($0) > Float(bound) })
      #expect(abs(found - expected) < 4 * expected.squareRoot())
    }
  }

  // MARK: Words

  @Test func `words are the blocks of their part in order`() {
    let (key, name) = (UInt64(0x8992_f7d3_0ebe_f849), UInt64(0x6a57_8e87_00fc_5d1f))
    let stream = RandomStream(domain: "test", seed: 3)
    for part in [0, 1, 77] {
      let words = stream.words(part: part, count: 1000)
      for i in words.indices {
        let block = 1 << 62 + UInt64(part) << 32 + UInt64(i / 4)
        #expect(words[i] == RandomStream.philox(key: key, stream: name, block: block)[i % 4])
      }
      for count in [0, 1, 3, 255, 256, 257] {
        #expect(stream.words(part: part, count: count) == Array(words.prefix(count)))
      }
    }
  }

  // MARK: Uniform numbers

  @Test(arguments: [0, 1, 2, 3] as [UInt64])
  func `uniform numbers follow the uniform law`(seed: UInt64) {
    var stream = RandomStream(domain: "test/distribution", seed: seed)
    let numbers = (0..<100_000).map { _ in stream.uniform() }
    #expect(numbers.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(kolmogorovStatistic(ofUniform: numbers) < Self.kolmogorovCritical)
    for k in 1...4 {
      let order = Double(k)
      let mean = numbers.reduce(0) { $0 + pow($1, order) } / Double(numbers.count)
      let variance = 1 / (2 * order + 1) - 1 / ((order + 1) * (order + 1))
      #expect(abs(mean - 1 / (order + 1)) < 4 * (variance / Double(numbers.count)).squareRoot())
    }
  }

  @Test func `every bit of next is set half of the time`() {
    var stream = RandomStream(domain: "test/bits", seed: 0)
    let count = 40_000
    var set = [Int](repeating: 0, count: 64)
    for _ in 0..<count {
      let bits = stream.next()
      for bit in 0..<64 { set[bit] += Int(bits >> UInt64(bit) & 1) }
    }
    for bit in 0..<64 {
      #expect(abs(Double(set[bit]) - Double(count) / 2) < 4.5 * Double(count).squareRoot() / 2)
    }
  }

  // MARK: Streams beside each other

  private static let count = 100_000

  @Test(arguments: [
    RandomStream(domain: "test", seed: 1, identity: [1]),
    RandomStream(domain: "test", seed: 1, identity: [0, 0]),
    RandomStream(domain: "test", seed: 1),
    RandomStream(domain: "test", seed: 0, identity: [0]),
    RandomStream(domain: "test", seed: .max, identity: [0]),
    RandomStream(domain: "test2", seed: 1, identity: [0]),
  ])
  func `streams of different names are uncorrelated`(other: RandomStream) {
    let stream = RandomStream(domain: "test", seed: 1, identity: [0])
    let (x, y) = (stream.normals(count: Self.count), other.normals(count: Self.count))
    let bound = 4 / Double(Self.count).squareRoot()
    #expect(abs(correlation(x, y)) < bound)
    #expect(abs(correlation(x.map { $0 * $0 }, y.map { $0 * $0 })) < bound)
    #expect(abs(correlation(Array(x.dropFirst()), Array(y.dropLast()))) < bound)
  }

  @Test(arguments: [1, 2, 3, 4, 255, 256, 257])
  func `numbers of one stream are uncorrelated`(lag: Int) {
    let x = RandomStream(domain: "test", seed: 1).normals(count: Self.count)
    let (early, late) = (Array(x.dropLast(lag)), Array(x.dropFirst(lag)))
    let bound = 4 / Double(Self.count - lag).squareRoot()
    #expect(abs(correlation(early, late)) < bound)
    #expect(abs(correlation(early.map { $0 * $0 }, late.map { $0 * $0 })) < bound)
  }

  @Test func `a copy repeats the original`() {
    var stream = RandomStream(domain: "test", seed: 1)
    _ = stream.next()
    var copy = stream
    #expect((0..<10).map { _ in stream.next() } == (0..<10).map { _ in copy.next() })
  }

  // MARK: Statistics

  /// The critical value of √n·D at level 0.001: the root of 2 exp(−2 x²) = 0.001.
  private static let kolmogorovCritical = 1.9495

  private func kolmogorovStatistic(ofUniform numbers: [Double]) -> Double {
    let n = Double(numbers.count)
    let deviations = numbers.sorted().enumerated().map { i, level in
      max(Double(i + 1) / n - level, level - Double(i) / n)
    }
    return (deviations.max() ?? .infinity) * n.squareRoot()
  }

  private func correlation(_ x: [Float], _ y: [Float]) -> Double {
    let n = Double(x.count)
    let meanX = x.reduce(0) { $0 + Double($1) } / n
    let meanY = y.reduce(0) { $0 + Double($1) } / n
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for (a, b) in zip(x, y) {
      let (dx, dy) = (Double(a) - meanX, Double(b) - meanY)
      xy += dx * dy
      xx += dx * dx
      yy += dy * dy
    }
    return xy / (xx * yy).squareRoot()
  }
}
