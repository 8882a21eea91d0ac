import Fixtures
import Foundation
import Testing

/// A few of the faults that `make faults` tries many of: the same scripts, each of which ends with 0 only when nothing
/// was lost and all tables have the bytes of those that nobody disturbed.
@Suite(.serialized)
struct FaultScriptTests {
  private func run(_ script: String, moments: Int) throws {
    let outcome = try ProgramRun(
      shell: """
        TOPOCLIP=$(type -p topoclip) MOMENTS=\(moments) bash Tests/Faults/\(script).sh
        """, in: Checkout.folder.path)
    #expect(outcome.code == 0, "\(outcome)")
    #expect(!outcome.output.isEmpty)
    if outcome.output.hasPrefix("skipped: ") { print(outcome.output, terminator: "") }
  }

  @Test func `nothing is lost by SIGKILL, in an exploration too`() throws {
    try run("kill", moments: 1)
  }

  @Test func `nothing is lost of a plan, its shards and their merge by SIGKILL`() throws {
    try run("shards", moments: 2)
  }

  @Test func `nothing is lost by a disk that is full or read-only`() throws {
    try run("disk", moments: 1)
  }

  @Test func `a bit that flips is told with its file, and made again`() throws {
    try run("bits", moments: 1)
  }

  @Test func `nothing is lost by a clock that goes backwards`() throws {
    try run("clock", moments: 1)
  }

  @Test func `nothing is lost by two processes, deaf readers and no HOME`() throws {
    try run("together", moments: 1)
  }

  @Test func `nothing is lost without a folder for temporary files`() throws {
    try run("nowhere", moments: 1)
  }
}
