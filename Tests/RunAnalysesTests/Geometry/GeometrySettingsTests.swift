import Fixtures
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct GeometrySettingsTests {
  private func settings(_ assignments: String...) throws -> GeometrySettings {
    try GeometrySettings(ConfigurationSection(assignments: assignments).section("geometry"))
  }

  @Test func `defaults, and values of one's own`() throws {
    let defaults = try settings()
    #expect(defaults.overlapNeighbors == 10 && defaults.dimensionNeighbors == 20)
    let own = try settings("geometry.overlap-neighbors=1", "geometry.dimension-neighbors=3")
    #expect(own.overlapNeighbors == 1 && own.dimensionNeighbors == 3)
    #expect(
      own.canonical("geometry").map { "\($0.key)=\($0.value)" } == [
        "geometry.overlap-neighbors=1", "geometry.dimension-neighbors=3",
      ])
  }

  @Test(arguments: [
    ("overlap-neighbors=0", "expected a whole number from 1"),
    ("overlap-neighbors=2.5", "expected a whole number from 1"),
    ("dimension-neighbors=2", "expected a whole number from 3 to 1000000"),
    ("overlap-neighbors=9223372036854775807", "expected a whole number from 1 to 1000000"),
    ("dimension-neighbors=nan", "expected a whole number from 3"),
    ("neighbors=3", "there is no setting geometry.neighbors"),
  ])
  func `bad values are named with what was expected`(assignment: String, part: String) {
    let message = problem { _ = try settings("geometry.\(assignment)") }
    #expect(message.hasPrefix("--set geometry.\(assignment): "), "\(message)")
    #expect(message.contains(part), "\(message)")
  }
}
