import Testing

@testable import Runs

struct NoiseLevelTests {
  private func levels(_ names: String...) throws -> [NoiseLevel] {
    NoiseLevel.all(try names.map { try #require(Condition(name: $0)) })
  }

  @Test func `seeds of a noise and a level are one, in the order of the conditions`() throws {
    let levels = try levels(
      "clean", "gaussian-0.5-s0", "gaussian-0.5-s1", "gaussian-1-s0", "shot-1-s0")
    #expect(levels.map(\.name) == ["clean", "gaussian-0.5", "gaussian-1", "shot-1"])
    #expect(levels.map(\.conditions) == [[0], [1, 2], [3], [4]])
    #expect(levels.map(\.noise) == [nil, "gaussian", "gaussian", "shot"])
    #expect(levels.map(\.level) == [0, 0.5, 1, 1])
  }

  @Test func `no conditions have no levels`() {
    #expect(NoiseLevel.all([]).isEmpty)
  }
}
