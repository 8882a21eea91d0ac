import Testing

@testable import Topology

struct MemoryEstimateTests {
  @Test func `this system says what it has`() throws {
    let available = try #require(MemoryEstimate.availableMemory())
    #expect(available > 1 << 20)
    #expect(available < 1 << 50)
  }

  @Test func `available memory is a line of meminfo`() {
    let text = "MemTotal:  24684032 kB\nMemFree:  1 kB\nMemAvailable:   24036352 kB\n"
    #expect(MemoryEstimate.available(inMeminfo: text) == 24_036_352 * 1024)
    #expect(MemoryEstimate.available(inMeminfo: "MemTotal: 1 kB\n") == nil)
    #expect(MemoryEstimate.available(inMeminfo: "") == nil)
  }

  @Test func `a control group has its limit less what is in use`() {
    let statistics = "anon 5\ninactive_file 30\nactive_file 7\n"
    #expect(MemoryEstimate.available(limit: "100\n", usage: "60\n", statistics: statistics) == 70)
    #expect(MemoryEstimate.available(limit: "100\n", usage: "120\n", statistics: "") == 0)
    #expect(MemoryEstimate.available(limit: "max\n", usage: "60\n", statistics: "") == nil)
    #expect(MemoryEstimate.available(limit: "", usage: "", statistics: "") == nil)
    let both = "inactive_file 1\ntotal_inactive_file 50\n"
    #expect(MemoryEstimate.available(limit: "100\n", usage: "60\n", statistics: both) == 90)
  }

  @Test func `both versions of control groups are found`() {
    let unified = MemoryEstimate.controlGroups("0::/user.slice/a.scope\n")
    #expect(
      unified.map(\.limit) == [
        "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/user.slice/a.scope/memory.max",
      ])
    #expect(unified.map(\.usage).last == "/sys/fs/cgroup/user.slice/a.scope/memory.current")
    let first = MemoryEstimate.controlGroups("5:devices:/\n4:memory:/job/7\n1:cpu:/\n")
    #expect(
      first.map(\.limit) == [
        "/sys/fs/cgroup/memory/memory.limit_in_bytes",
        "/sys/fs/cgroup/memory/job/7/memory.limit_in_bytes",
      ])
    #expect(
      MemoryEstimate.controlGroups("0::/\n").map(\.statistics) == [
        "/sys/fs/cgroup/memory.stat"
      ])
    #expect(MemoryEstimate.controlGroups("").isEmpty)
  }
}
