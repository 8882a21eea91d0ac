import Foundation
import Testing

@testable import Analyses

struct DifferenceIntervalTests {
  private let falls = [Double](repeating: 1, count: 5) + [-1] + [Double](repeating: 0, count: 41)

  @Test func `without a difference one might have been missed`() {
    let interval = DifferenceInterval.of([[[Double](repeating: 0, count: 47)]])
    // 1 − .025^(1/47).
    let rare = 1 - pow(0.025, 1.0 / 47)
    #expect(abs(interval.high - rare) < 1e-12 && abs(interval.low + rare) < 1e-12)
    #expect(interval.method == .exact)
    let seeds = [[Double]](repeating: [Double](repeating: 0, count: 47), count: 3)
    let several = DifferenceInterval.of([seeds])
    #expect(abs(several.high - rare) < 1e-12 && several.method == .exact)
    // All fall: another might rise.
    let all = DifferenceInterval.of([[[Double](repeating: 1, count: 47)]])
    #expect(abs(all.low - (1 - 2 * rare)) < 1e-12 && all.high == 1)
    #expect(DifferenceInterval.of([[[1]]]).low < -0.9)
  }

  // NumPy 2.4.6 and SciPy 1.17.1: t(48) of the 47 differences and 1 and −1, mean ± t s / √49.
  @Test func `few differences are counted with one of each sign`() {
    let interval = DifferenceInterval.of([[falls]])
    #expect(abs(interval.low + 0.0332119020301721) < 1e-9)
    #expect(abs(interval.high - 0.19647720815262107) < 1e-9)
    #expect(interval.method == .bonettPrice)
    let turned = DifferenceInterval.of([[falls.map { -$0 }]])
    #expect(abs(turned.low + interval.high) < 1e-12 && abs(turned.high + interval.low) < 1e-12)
  }

  @Test func `replicates that differ as wholes are no exact zero`() {
    // All images rise under one seed and fall under the other: each has the mean 0.
    let seeds = [[Double](repeating: 1, count: 20), [Double](repeating: -1, count: 20)]
    let interval = DifferenceInterval.of([seeds])
    #expect(interval.low == -1 && interval.high == 1 && interval.method == .crossedT)
  }

  @Test func `levels with seeds of their own are as far apart as both vary`() throws {
    let before = [(0..<30).map { $0 % 3 == 0 ? 1.0 : 0 }, (0..<30).map { $0 % 2 == 0 ? 1.0 : 0 }]
    let after = [(0..<30).map { $0 % 5 == 0 ? 1.0 : 0 }, (0..<30).map { $0 % 7 == 0 ? 1.0 : 0 }]
    let minus = after.map { $0.map { -$0 } }
    let apart = DifferenceInterval.of([before, minus])
    let clean = DifferenceInterval.of([[before[0]], minus])
    let paired = DifferenceInterval.of([zip(after, before).map { zip($1, $0).map(-) }])
    for interval in [apart, clean, paired] {
      #expect(interval.method == .crossedT && interval.low < interval.high)
    }
    let single = DifferenceInterval.of([minus.map { zip(before[0], $0).map(+) }])
    #expect(abs(single.low - clean.low) < 1e-12 && abs(single.high - clean.high) < 1e-12)
  }

  // MARK: Simulations

  private static let cases = [
    (noisy: 0.02, clean: 0.1), (0.02, 0.9), (0.5, 0.9), (0.9, 0.99), (0.98, 0.99), (0.99, 0.99),
  ]

  @Test(arguments: cases)
  func `one seed covers what it says`(noisy: Double, clean: Double) {
    for images in [47, 240] {
      let worlds = 400 * AnsweredWorld.factor
      let found = coverage(images, 1, noisy, clean, common: 0, worlds: worlds)
      #expect(found > AnsweredWorld.least(0.94, worlds: worlds), "\(images)")
    }
  }

  @Test(arguments: cases)
  func `several seeds cover what they say`(noisy: Double, clean: Double) {
    for (images, seeds, common) in [(47, 3, 0.0), (240, 5, 0.2), (47, 10, 0.2)] {
      let worlds = 200 * AnsweredWorld.factor
      let found = coverage(images, seeds, noisy, clean, common: common, worlds: worlds)
      #expect(found > AnsweredWorld.least(0.93, worlds: worlds), "\(images) \(seeds)")
    }
  }

  @Test func `three seeds with a common effect cover less, which the table says`() {
    let worlds = 200 * AnsweredWorld.factor
    let found = coverage(940, 3, 0.5, 0.9, common: 0.2, worlds: worlds)
    #expect(found > AnsweredWorld.least(0.9, worlds: worlds))
  }

  private func coverage(
    _ images: Int, _ seeds: Int, _ noisy: Double, _ clean: Double, common: Double, worlds: Int
  ) -> Double {
    let world = AnsweredWorld(
      images: images, seeds: seeds, accuracy: noisy, clean: clean, own: 0.7, common: common)
    let found = world.coverage(worlds: worlds, of: clean - noisy) { noisy, clean in
      DifferenceInterval.of([
        noisy.map { zip(clean, $0).map { ($0 ? 1.0 : 0) - ($1 ? 1 : 0) } }
      ])
    }
    AnsweredWorld.tell(
      "drop of \(images) images, \(seeds) seeds, common \(common), \(clean) to \(noisy), \(worlds) worlds: \(found)"
    )
    return found.share
  }
}
