import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

/// Whether intervals cover and tests hold their level where classes differ.
///
/// A factor in TOPOCLIP_SIMULATIONS makes so many times as many worlds; bounds are what is claimed and three
/// Monte Carlo errors.
@Suite(.serialized)
struct FailureSimulationTests {
  private let factor =
    ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1

  private func error(_ share: Double, _ count: Int) -> Double {
    (share * (1 - share) / Double(count)).squareRoot()
  }

  @Test(arguments: FailureWorld.all.indices)
  func `intervals cover what is known, and equal signals are told apart one time in twenty`(
    index: Int
  ) throws {
    let world = FailureWorld.all[index]
    let worlds = (world.classes > 20 ? 60 : 200) * factor
    var covered = (roc: 0, risk: 0, difference: 0)
    var drawn = 0
    for number in 0..<worlds {
      guard let signals = try world.draw(1000 * index + number * 100_000) else { continue }
      let comparison = AreaComparison([signals[0]], other: [signals[1]])
      guard let roc = comparison.underROCInterval, let risk = comparison.underRiskCoverageInterval,
        let p = comparison.differenceJackknife?.pValue
      else { continue }
      drawn += 1
      covered.roc += roc.low < world.underROC && world.underROC < roc.high ? 1 : 0
      covered.risk +=
        risk.low < world.underRiskCoverage && world.underRiskCoverage < risk.high ? 1 : 0
      covered.difference += p > 0.05 ? 1 : 0
    }
    #expect(drawn > worlds * 9 / 10)
    let shares = [covered.roc, covered.risk].map { Double($0) / Double(drawn) }
    let size = 1 - Double(covered.difference) / Double(drawn)
    if factor > 1 {
      print(
        "failures, \(world.classes) classes, \(world.images) images, \(world.seeds) seeds, r "
          + "\(world.correlation):",
        "AUROC \(shares[0]) and AURC \(shares[1]) covered, size \(size), \(drawn) worlds")
    }
    for share in shares { #expect(abs(share - 0.95) < 0.02 + 3 * error(0.95, drawn)) }
    #expect(size <= 0.06 + 3 * error(0.06, drawn))
  }

  @Test func `of six equal signals one is told apart one time in twenty`() throws {
    let world = FailureWorld.all[2]
    let worlds = 40 * factor
    var found = 0
    for number in 0..<worlds {
      guard let signals = try world.draw(7 + number * 100_000, signals: 7) else { continue }
      // Equal to one another but for the first, which the others are not compared with.
      let comparisons = signals.dropFirst().dropLast().map {
        AreaComparison([$0], other: [signals[6]])
      }
      let adjusted = Resampling("simulation", replicates: 499, seed: UInt64(number))
        .jointlyAdjusted(
          pValues: comparisons.compactMap { $0.differenceJackknife?.pValue },
          influences: comparisons.compactMap(\.differenceInfluences))
      found += adjusted.contains { $0 <= 0.05 } ? 1 : 0
    }
    let share = Double(found) / Double(worlds)
    if factor > 1 { print("failures, one of five differences at p_adjusted ≤ .05:", share) }
    #expect(share <= 0.06 + 3 * error(0.06, worlds))
  }
}
