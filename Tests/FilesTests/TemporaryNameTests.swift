import Testing

@testable import Files

struct TemporaryNameTests {
  @Test func `a name is read as it is written`() {
    for host in ["a", "a-b.c-9", "unknown", TemporaryName.thisHost] {
      let name = TemporaryName(host: host, process: 4711, count: 12)
      #expect(TemporaryName(name.text) == name)
      #expect(name.text == ".topoclip-\(host)-4711-12.tmp")
    }
  }

  @Test(arguments: [
    "", ".tmp", "a.csv", ".topoclip-.tmp", ".topoclip-host-1.tmp", ".topoclip-host-x-1.tmp",
    ".topoclip-host-0-1.tmp", ".topoclip-host--3-1.csv", "topoclip-host-1-1.tmp",
    ".topoclip-host-99999999999-1.tmp",
  ])
  func `another name is none`(name: String) {
    #expect(TemporaryName(name) == nil)
  }

  @Test func `names differ and are short enough for any file system`() {
    let names = (0..<100).map { _ in TemporaryName.next() }
    #expect(Set(names.map(\.text)).count == 100)
    #expect(names.allSatisfy { $0.text.utf8.count < 128 && !$0.text.contains("/") })
    #expect(names.allSatisfy { $0.isOwned == true })
    for name in names { name.release() }
    #expect(names.allSatisfy { $0.isOwned == false })
  }
}
