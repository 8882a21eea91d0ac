import LinearAlgebra
import Testing
import Topology

@testable import RunAnalyses

struct BarChangeTests {
  private func bar(_ birth: Double, _ death: Double) -> PersistenceBar {
    PersistenceBar(dimension: 1, birth: birth, death: death)
  }

  private func changes(
    _ clean: [PersistenceBar], _ noisy: [PersistenceBar]
  ) throws -> [BarChange] {
    try BarChange.changes(
      from: clean, to: noisy, exactLimit: 500, control: ComputationControl())
  }

  @Test func `bars move, vanish or stay`() throws {
    let clean = [bar(1, 2), bar(1, 5), bar(2, 4)]
    let changes = try changes(clean, [bar(1.5, 4.75), bar(2, 4), bar(7, 8)])
    #expect(
      changes == [
        BarChange(place: 0, bar: clean[0], partner: nil),
        BarChange(place: 1, bar: clean[1], partner: bar(1.5, 4.75)),
      ])
    #expect(changes.map(\.displacement) == [0.5, 0.5])
  }

  @Test func `every bar counts, not the largest displacement alone`() throws {
    // The long bar has to go 10 whatever happens. Of the others the bottleneck matching may say anything.
    let clean = [bar(0, 100), bar(0, 20), bar(0, 30)]
    let changes = try changes(clean, [bar(0, 110), bar(0, 21), bar(0, 31)])
    #expect(changes.map(\.displacement) == [10, 1, 1])
  }

  @Test func `essential classes are no witnesses`() throws {
    #expect(try changes([bar(1, .infinity)], [bar(2, .infinity)]).isEmpty)
    #expect(try changes([bar(1, .infinity), bar(1, 3)], []).isEmpty)
  }
}
