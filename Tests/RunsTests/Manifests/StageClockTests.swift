import Foundation
import Testing

@testable import Runs

struct StageClockTests {
  private struct Failure: Error {}

  @Test func `stages are in order, one that throws too, and waiting takes no processor`() throws {
    let clock = StageClock()
    let value = clock.measure("wait") {
      Thread.sleep(forTimeInterval: 0.05)
      return 7
    }
    #expect(value == 7)
    #expect(throws: Failure.self) { try clock.measure("fail") { throw Failure() } }
    #expect(clock.stages.map(\.stage) == ["wait", "fail"])
    #expect(clock.stages[0].wallSeconds >= 0.05)
    #expect(clock.stages.allSatisfy { $0.cpuSeconds >= 0 && $0.wallSeconds >= 0 })
    // In bytes: a test process has more than a mebibyte, and its peak never falls.
    #expect(clock.stages[0].peakMemoryBytes > 1 << 20)
    #expect(clock.stages[1].peakMemoryBytes >= clock.stages[0].peakMemoryBytes)
  }
}
