import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Pairs

/// A million pairs, where TOPOCLIP_SIMULATIONS asks for long tests; a tenth of it else.
struct ManyPairsTests {
  @Test func `tables of many pairs of a thousand images`() throws {
    let factor =
      ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1
    let count = factor > 1 ? 1_000_000 : 30_000
    let world = PairsWorld(images: 1000, captions: count / 1000, dimension: 8, noise: 1.2)
    let (pairs, embeddings) = world.draw(number: 1)
    let start = ContinuousClock.now
    let tables = try ScoreStatistics(
      pairs: pairs, embeddings: embeddings, negCLIPLoss: pairs.cosines.map { Double($0) },
      kept: nil, seed: 0
    ).tables()
    if factor > 1 { print("scores, \(count) pairs: \(ContinuousClock.now - start)") }
    #expect(tables.map(\.count).allSatisfy { $0 > 0 })
  }
}
