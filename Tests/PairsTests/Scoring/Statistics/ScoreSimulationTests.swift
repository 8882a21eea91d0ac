import Foundation
import LinearAlgebra
import Testing

@testable import Pairs

/// Whether the intervals of scores cover what is known.
///
/// What is known is of four million pairs (areas, means) and of 3,000 worlds (recalls), drawn by NumPy 2. A factor in
/// TOPOCLIP_SIMULATIONS makes so many times as many worlds; bounds are 0.95 ± 0.02 and three Monte Carlo errors.
@Suite(.serialized)
struct ScoreSimulationTests {
  /// A kind of worlds with what is true of them.
  struct Known: Sendable, CustomStringConvertible {
    let world: PairsWorld
    let area: Double
    let mean: Double
    /// How far below 0.95 − 0.02 coverage may be, where images share few captions.
    var shortfall = 0.0

    var description: String {
      "\(world.images) images, \(world.captions) captions, noise \(world.noise)"
        + (world.isShared ? ", shared" : "")
    }
  }

  private static let known = [
    Known(
      world: PairsWorld(images: 30, captions: 1, dimension: 16, noise: 1.2), area: 0.86608,
      mean: 37.2184),
    Known(
      world: PairsWorld(images: 200, captions: 1, dimension: 16, noise: 1.2), area: 0.86608,
      mean: 37.2184),
    Known(
      world: PairsWorld(images: 40, captions: 5, dimension: 16, noise: 1.2), area: 0.86608,
      mean: 37.2184),
    Known(
      world: PairsWorld(images: 200, captions: 1, dimension: 16, noise: 0.6), area: 0.992182,
      mean: 70.0642),
    Known(
      world: PairsWorld(images: 60, captions: 1, dimension: 32, noise: 0.6), area: 0.9997358,
      mean: 70.6515),
    Known(
      world: PairsWorld(
        images: 400, captions: 50, dimension: 16, noise: 1.5, isShared: true), area: 0.95631,
      mean: 54.2386),
    Known(
      world: PairsWorld(
        images: 400, captions: 20, dimension: 16, noise: 1.5, isShared: true), area: 0.95631,
      mean: 54.2386, shortfall: 0.03),
  ]

  private let factor =
    ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1

  private func isCovered(_ estimate: ScoreEstimate, _ truth: Double) -> Bool? {
    guard let low = estimate.low, let high = estimate.high else { return nil }
    return low <= truth && truth <= high
  }

  private func expect(_ covered: [Bool?], _ what: String, shortfall: Double = 0, above: Bool = true)
  {
    let made = covered.compactMap(\.self)
    let share = Double(made.count { $0 }) / Double(made.count)
    let error = 3 * (0.95 * 0.05 / Double(made.count)).squareRoot()
    if factor > 1 { print("scores, \(what): \(share) of \(made.count) of \(covered.count) worlds") }
    #expect(made.count > covered.count * 9 / 10, "\(what)")
    #expect(share > 0.93 - shortfall - error, "\(what)")
    if above { #expect(share < 0.97 + error, "\(what)") }
  }

  @Test(arguments: known)
  func `areas and means are covered`(known: Known) throws {
    let worlds = 100 * factor
    let results = try Parallel.tryMap(count: worlds) { number -> [Bool?] in
      let (pairs, embeddings) = known.world.draw(number: UInt64(number))
      let distinct = DistinctPairs(pairs)
      let shuffled = ShuffledPairs(pairs, distinct: distinct, seed: UInt64(number))
      let cosines = try shuffled.cosines(pairs, embeddings)
      return [
        isCovered(
          MatchedArea(pairs, distinct, shuffled: shuffled, cosines: cosines).estimate, known.area),
        isCovered(
          SharedUnitVariance.mean(pairs.cosines, scale: 100, pairs, distinct), known.mean),
        isCovered(
          SharedUnitVariance.mean(cosines, scale: 100, pairs, distinct, shuffled: shuffled), 0),
      ]
    }
    for (place, name) in ["area", "mean of pairs", "mean of shuffled"].enumerated() {
      // Where most areas are 1 their bound covers more often.
      expect(
        results.map { $0[place] }, "\(name), \(known)", shortfall: known.shortfall,
        above: place > 0 || known.area < 0.999)
    }
  }

  @Test(arguments: [
    (
      PairsWorld(images: 200, captions: 1, dimension: 16, noise: 1.2),
      [0.12229, 0.32717, 0.45886, 0.12209, 0.3271, 0.45871]
    ),
    (
      PairsWorld(images: 40, captions: 5, dimension: 16, noise: 1.2),
      [0.3701, 0.69988, 0.82557, 0.28933, 0.64466, 0.80703]
    ),
  ])
  func `recalls are covered`(world: PairsWorld, truths: [Double]) throws {
    let worlds = 100 * factor
    let results = try Parallel.tryMap(count: worlds) { number -> [Bool?] in
      let (pairs, embeddings) = world.draw(number: UInt64(number))
      let distinct = DistinctPairs(pairs)
      let found = try SelfRetrieval(pairs, distinct, embeddings, seed: 0)
      let estimates = [found.imageToText, found.textToImage].flatMap { direction in
        SelfRetrieval.depths.map { direction.estimate(at: $0, pairs, distinct) }
      }
      return zip(estimates, truths).map { isCovered($0, $1) }
    }
    for place in truths.indices {
      expect(
        results.map { $0[place] }, "recall \(place), \(world.images) images", shortfall: 0,
        above: false)
    }
  }
}
