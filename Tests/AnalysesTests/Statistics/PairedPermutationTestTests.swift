import Foundation
import LinearAlgebra
import Synchronization
import Testing

@testable import Analyses

struct PairedPermutationTestTests {
  private let resampling = Resampling("test", replicates: 9999, seed: 1)

  @Test func `three differences by hand`() throws {
    // Sums of ±1 ±2 ±4: −7, −5, −3, −1, 1, 3, 5, 7; as far as 1 + 2 + 4: two of eight.
    let all = try PairedPermutationTest(differences: [1, 2, 4], resampling: resampling)
    #expect(all.pValue == 0.25 && all.method == .exact && abs(all.meanDifference - 7.0 / 3) < 1e-15)
    // As far as −1 + 2 + 4 = 5: four of eight. A zero changes the mean only.
    let one = try PairedPermutationTest(differences: [-1, 2, 4, 0], resampling: resampling)
    #expect(one.pValue == 0.5 && one.meanDifference == 1.25 && one.differingCount == 3)
  }

  // scipy.stats.permutation_test((d,), np.mean, permutation_type='samples', n_resamples=inf), 1.17.1.
  @Test func `ten differences agree with SciPy`() throws {
    let test = try PairedPermutationTest(
      differences: [1.5, -0.5, 2.25, 0.75, -1.0, 3.0, 0.25, 1.25, -0.25, 0.0, 2.0],
      resampling: resampling)
    #expect(test.pValue == 0.0625 && test.method == .exact)
    #expect(abs(test.meanDifference - 0.8409090909090909) < 1e-15)
  }

  // The same with 400,000 random choices: 0.00206; of 9,999 the deviation is 0.00045.
  @Test func `sixty differences agree with SciPy as far as chance lets them`() throws {
    let test = try PairedPermutationTest(
      differences: (0..<60).map { sin(5 * Double($0)) + 0.3 }, resampling: resampling)
    #expect(test.method == .random)
    #expect(abs(test.meanDifference - 0.29692940094631454) < 1e-13)
    #expect(abs(test.pValue - 0.00206) < 4 * 0.00045, "\(test.pValue)")
  }

  // scipy.stats.binomtest(positives, differing, 0.5).
  @Test(arguments: [
    (9, 30, 0.042773945257067694), (700, 2000, 1.6293497027602653e-41), (1, 3, 1),
    (15, 30, 1),
  ])
  func `right and wrong answers are McNemar's test`(positives: Int, count: Int, expected: Double)
    throws
  {
    let differences = (0..<count).map { $0 < positives ? 1.0 : -1 } + [0, 0, 0]
    let test = try PairedPermutationTest(differences: differences, resampling: resampling)
    #expect(test.method == .binomial && test.differingCount == count)
    #expect(abs(test.pValue / expected - 1) < 1e-10, "\(test.pValue)")
  }

  @Test func `the ways of going through the signs agree`() throws {
    // Twelve differences of one size, and of sizes that differ beyond the twelfth digit only.
    let signs: [Double] = [1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, 1]
    let binomial = try PairedPermutationTest(differences: signs, resampling: resampling)
    let exact = try PairedPermutationTest(
      differences: signs.enumerated().map { $1 * (1 + Double($0) * 1e-15) }, resampling: resampling)
    #expect(binomial.method == .binomial && exact.method == .exact)
    #expect(abs(binomial.pValue - exact.pValue) < 1e-12)
  }

  @Test func `without a difference there is nothing to find`() throws {
    let test = try PairedPermutationTest(differences: [0, 0, 0], resampling: resampling)
    #expect(test.pValue == 1 && test.meanDifference == 0 && test.differingCount == 0)
  }

  @Test func `under the hypothesis small values are as rare as they say`() throws {
    var rejected = 0
    for run in 0..<400 {
      let numbers = RandomStream(domain: "test/null", seed: UInt64(run)).normals(count: 25)
      let test = try PairedPermutationTest(
        differences: numbers.map { Double($0) },
        resampling: Resampling("test", replicates: 199, seed: UInt64(run)))
      if test.pValue <= 0.1 { rejected += 1 }
    }
    // 40 of 400, deviation 6.
    #expect(abs(rejected - 40) < 24, "\(rejected)")
  }

  @Test func `any number of threads gives the same probability`() throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let differences = (0..<100).map { sin(Double($0)) + 0.1 }
    let results = try [1, 3].map { workers in
      Parallel.workers = workers
      return try PairedPermutationTest(differences: differences, resampling: resampling)
    }
    #expect(results[0] == results[1])
  }

  @Test func `it stops before a choice of signs`() {
    let asked = Mutex(0)
    #expect(throws: CancellationError.self) {
      try PairedPermutationTest(
        differences: (0..<100).map { sin(Double($0)) }, resampling: resampling,
        control: ComputationControl(isCancelled: {
          asked.withLock {
            $0 += 1
            return $0 > 10
          }
        }))
    }
  }
}
