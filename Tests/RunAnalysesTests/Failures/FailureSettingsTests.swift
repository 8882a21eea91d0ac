import Fixtures
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct FailureSettingsTests {
  private func settings(_ assignments: String...) throws -> FailureSettings {
    try FailureSettings(ConfigurationSection(assignments: assignments).section("failures"))
  }

  @Test func `what is set is read, and what cannot be is told`() throws {
    #expect(try settings().canonicalObject("failures").count == 2)
    let set = try settings("failures.neighbors=3", "failures.dimension-neighbors=7")
    #expect(set.neighbors == 3 && set.dimensionNeighbors == 7)
    #expect(
      problem { _ = try settings("failures.dimension-neighbors=2") }.contains(
        "failures.dimension-neighbors"))
    #expect(problem { _ = try settings("failures.neighbors=0") }.contains("failures.neighbors"))
  }

  @Test func `no more neighbours than there are images`() throws {
    let samples = SampleTable(
      paths: (0..<6).map { "\($0)" }, classNames: ["a", "a", "b", "b", "b", "b"],
      splits: [String](repeating: "", count: 6))
    #expect(FailureSettings().neighborCounts(samples) == (5, 5))
    #expect(try settings("failures.neighbors=2").neighborCounts(samples) == (2, 5))
  }
}
