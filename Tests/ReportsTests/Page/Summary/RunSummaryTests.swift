import RunFixtures
import Testing

@testable import Reports

struct RunSummaryTests {
  @Test func `sentences of one seed of several say so`() throws {
    let run = try HandmadeRun(conditions: ["clean", "gaussian-1-s0", "gaussian-1-s1"])
    #expect(
      try run.summary().limits.contains {
        $0.contains("is of noise seed 0, the first of 2; the tables have the others")
      })
  }
}
