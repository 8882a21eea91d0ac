import Testing

@testable import Analyses

struct ShareIntervalTests {
  // MARK: One replicate

  // SciPy 1.17.1, scipy.stats.beta.ppf; the first and the last by hand, .025^(1/47).
  @Test(arguments: [
    (right: 0.0, of: 47.0, low: 0.0, high: 0.07548573369105858),
    (right: 1, of: 47, low: 0.0005385317053423146, high: 0.11293771714640011),
    (right: 24, of: 47, low: 0.3606447033847416, high: 0.6592430351651022),
    (right: 46, of: 47, low: 0.8870622828535999, high: 0.9994614682946577),
    (right: 47, of: 47, low: 0.9245142663089414, high: 1),
    (right: 3, of: 940, low: 0.000658646035704242, high: 0.0092983124508387),
    (right: 470, of: 940, low: 0.4675473547403531, high: 0.532452645259647),
    (right: 7.3, of: 19.8, low: 0.16670735916920754, high: 0.611372168795625),
  ])
  func `binomial shares have the quantiles of the beta distribution`(
    right: Double, of count: Double, low: Double, high: Double
  ) {
    let interval = ShareInterval.clopperPearson(successes: right, trials: count)
    #expect(abs(interval.low - low) < 1e-9 && abs(interval.high - high) < 1e-9)
    #expect(interval.method == .clopperPearson)
  }

  private func outcomes(_ right: Int, of count: Int) -> [Bool] { (0..<count).map { $0 < right } }

  @Test func `a share of answers is a binomial one`() {
    for right in [0, 1, 24, 47] {
      #expect(
        ShareInterval.of([outcomes(right, of: 47)])
          == ShareInterval.clopperPearson(successes: Double(right), trials: 47))
    }
  }

  // MARK: Replicates

  // NumPy 2.4.6 and SciPy 1.17.1: the variance of the units' means / n, which is the larger here, and (⅔ / 4
  // / 8)²; seven degrees of freedom; 13.6 trials.
  @Test func `several replicates have as many trials as their variance says`() {
    let outcomes = [
      [true, true, false, true, false, true, true, false],
      [true, false, false, true, false, true, true, true],
      [true, true, true, true, false, false, true, true],
    ]
    let interval = ShareInterval.of(outcomes)
    #expect(interval.method == .kornGraubard)
    #expect(abs(interval.low - 0.36917782455465714) < 1e-9)
    #expect(abs(interval.high - 0.88989491937591) < 1e-9)
    // Another order of the replicates, and wrong for right.
    let turned = ShareInterval.of(outcomes.reversed())
    #expect(abs(turned.low - interval.low) < 1e-12)
    let wrong = ShareInterval.of(outcomes.map { $0.map { !$0 } })
    #expect(abs(1 - wrong.high - interval.low) < 1e-12)
    #expect(abs(1 - wrong.low - interval.high) < 1e-12)
  }

  @Test func `what is alike under all replicates is one trial a unit`() {
    let none = ShareInterval.of([[Bool]](repeating: outcomes(0, of: 47), count: 3))
    #expect(none == ShareInterval.clopperPearson(successes: 0, trials: 47))
    let twice = [outcomes(20, of: 47), outcomes(20, of: 47)]
    let (interval, once) = (ShareInterval.of(twice), ShareInterval.of([twice[0]]))
    // n − 1 in place of n.
    #expect(interval.low <= once.low && interval.low > once.low - 0.003)
  }

  @Test func `samples that show no variance have an interval`() {
    // A unit that is right under one replicate of two; two that change places; two replicates that are all of
    // one kind.
    for outcomes in [[[true], [false]], [[true, false], [false, true]]] {
      let interval = ShareInterval.of(outcomes)
      #expect(interval.low >= 0 && interval.low < 0.1 && interval.high > 0.9)
    }
    let apart = ShareInterval.of([outcomes(40, of: 40), outcomes(0, of: 40)])
    #expect(apart.low < 1e-6 && apart.high > 1 - 1e-6)
  }

  // MARK: Strata

  // By hand: (½ (¾ + 2/6)); variance s² / n of each over 4 and that of one more, degrees of
  // freedom; SciPy 1.17.1.
  @Test func `shares of strata are averaged`() {
    let outcomes = [true, true, false, true, true, false, false, true, false, false]
    let strata = [0, 0, 0, 0, 2, 2, 2, 2, 2, 2]
    let interval = ShareInterval.of([outcomes], strata: strata)
    #expect(abs(interval.low - 0.20420423938643903) < 1e-9)
    #expect(abs(interval.high - 0.852431064190104) < 1e-9)
  }

  // By hand: p_c = min(1, n_c / λ) with (2/λ)² (5/λ)⁵ = .025 is λ = (2² 5⁵ / .025)^(1/7); SciPy 1.17.1's
  // SLSQP has the same least mean, 0.6912963944.
  @Test func `strata without an error have the least mean that explains it`() {
    let strata = [0, 0] + [Int](repeating: 1, count: 5) + [Int](repeating: 2, count: 40)
    let all = ShareInterval.of([outcomes(47, of: 47)], strata: strata)
    #expect(abs(all.low - 0.6912963944146912) < 1e-9 && all.high == 1 && all.method == .exact)
    let none = ShareInterval.of([outcomes(0, of: 47)], strata: strata)
    #expect(none.low == 0 && abs(none.high - 1 + all.low) < 1e-12)
    // Strata of equal sizes are as one.
    let equal = ShareInterval.of([outcomes(40, of: 40)], strata: (0..<40).map { $0 % 4 })
    #expect(equal == ShareInterval.clopperPearson(successes: 40, trials: 40))
  }

  @Test func `strata that are of one kind each say what units say`() {
    let outcomes = (0..<40).map { $0 % 4 < 3 }
    let interval = ShareInterval.of([outcomes], strata: (0..<40).map { $0 % 4 })
    let units = ShareInterval.of([outcomes])
    #expect(abs(interval.low - units.low) < 0.01 && abs(interval.high - units.high) < 0.01)
    // A stratum a unit likewise.
    let single = ShareInterval.of([outcomes], strata: Array(0..<40))
    #expect(abs(single.low - interval.low) < 1e-12)
  }

  // MARK: Simulations

  private static let shares = [0.01, 0.02, 0.1, 0.5, 0.9, 0.99]

  @Test(arguments: shares)
  func `one seed covers at least what it says`(share: Double) {
    for images in [47, 240] {
      let worlds = 400 * AnsweredWorld.factor
      let world = AnsweredWorld(
        images: images, seeds: 1, accuracy: share, clean: 0.5, own: 0.7, common: 0)
      let found = world.coverage(worlds: worlds, of: share) { noisy, _ in ShareInterval.of(noisy) }
      AnsweredWorld.tell(
        "top-1 of \(images) images, one seed, \(share), \(worlds) worlds: \(found)")
      #expect(found.share > AnsweredWorld.least(0.95, worlds: worlds), "\(images)")
    }
  }

  @Test(arguments: shares)
  func `several seeds cover what they say`(share: Double) {
    for (images, seeds, common) in [(47, 3, 0.0), (240, 5, 0.2), (47, 10, 0.2), (47, 10, 0)] {
      let worlds = 200 * AnsweredWorld.factor
      let world = AnsweredWorld(
        images: images, seeds: seeds, accuracy: share, clean: 0.5, own: 0.7, common: common)
      let found = world.coverage(worlds: worlds, of: share) { noisy, _ in ShareInterval.of(noisy) }
      AnsweredWorld.tell(
        "top-1 of \(images) images, \(seeds) seeds, common \(common), \(share): \(found)")
      #expect(found.share > AnsweredWorld.least(0.93, worlds: worlds), "\(images) \(seeds)")
    }
  }

  @Test(arguments: [(middle: 0.0, spread: 0.0), (0, 3), (-2, 0), (-1.5, 1), (2, 0)])
  func `the mean of classes covers what it says, whether they are alike or not`(
    middle: Double, spread: Double
  ) {
    // The accuracies of ten classes: all of one, or from next to 0 to next to 1.
    let shares = (0..<10).map {
      NormalDistribution.cumulative(middle + spread * (Double($0) - 4.5) / 4.5)
    }
    let truth = shares.reduce(0, +) / 10
    for size in [2, 5, 20] {
      let worlds = 200 * AnsweredWorld.factor
      let classes = shares.map {
        AnsweredWorld(images: size, seeds: 1, accuracy: $0, clean: 0.5, own: 0.7, common: 0)
      }
      let strata = classes.indices.flatMap { [Int](repeating: $0, count: size) }
      let covered = (0..<worlds).count { world in
        let outcomes = classes.enumerated().flatMap {
          $1.answers(10 * world + $0).noisy[0]
        }
        let interval = ShareInterval.of([outcomes], strata: strata)
        return interval.low <= truth && truth <= interval.high
      }
      let share = Double(covered) / Double(worlds)
      AnsweredWorld.tell(
        "mean of classes of \(size), Φ(\(middle) ± \(spread)), \(worlds) worlds: \(share)")
      #expect(share > AnsweredWorld.least(0.93, worlds: worlds), "\(size)")
    }
  }
}
