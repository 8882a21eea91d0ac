import Fixtures
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct ProbeSettingsTests {
  private func settings(_ assignments: String...) throws -> ProbeSettings {
    try ProbeSettings(ConfigurationSection(assignments: assignments).section("probe"))
  }

  private func text(_ settings: ProbeSettings) -> [String] {
    settings.canonical("probe").map { "\($0.key)=\($0.value)" }
  }

  @Test func `defaults, and values of one's own in order, each once`() throws {
    #expect(
      text(try settings()) == [
        "probe.neighbors=1,5,20", "probe.regularizations=0.1,1,10,100", "probe.folds=5",
        "probe.seed=0",
      ])
    let own = try settings(
      "probe.neighbors=7,3,7", "probe.regularizations=1e3,0.5", "probe.folds=3", "probe.seed=9")
    #expect(
      text(own) == [
        "probe.neighbors=3,7", "probe.regularizations=0.5,1000", "probe.folds=3", "probe.seed=9",
      ])
  }

  @Test(arguments: [
    ("neighbors=0", "expected whole numbers from 1 to 1000000"),
    ("neighbors=5,1000001", "expected whole numbers from 1 to 1000000"),
    ("neighbors=1,x", "expected whole numbers from 1"),
    ("regularizations=0", "expected numbers from 1e-12 to 1000000000000"),
    ("regularizations=nan", "expected numbers from 1e-12 to 1000000000000"),
    ("regularizations=inf", "expected numbers from 1e-12 to 1000000000000"),
    ("folds=2", "expected a whole number from 3 to 10000"),
    ("folds=9223372036854775807", "expected a whole number from 3 to 10000"),
    ("fold=5", "there is no setting probe.fold; did you mean probe.folds?"),
  ])
  func `bad values are named with what was expected`(assignment: String, part: String) {
    let message = problem { _ = try settings("probe.\(assignment)") }
    #expect(message.contains(part), "\(message)")
  }
}
