import Fixtures
import Foundation
import Testing

@testable import Files

struct SystemFaultTests {
  @Test(arguments: [
    (EMFILE, "Too many open files; raise the limit with ulimit -n and run again"),
    (ENOSPC, "No space left on device; make room and run again"),
    (EDQUOT, "Disk quota exceeded; make room within the quota and run again"),
    (
      EFBIG,
      "File too large; raise the limit with ulimit -f, or write to another file system, and run again"
    ), (EACCES, "Permission denied; look at the permissions and the owner"),
    (EISDIR, "Is a directory"),
  ])
  func `it says what happened and what to do`(number: Int32, words: String) {
    #expect("\(SystemFault(number))" == words)
  }

  @Test func `it is found behind an error of Foundation`() throws {
    let folder = try TemporaryFolder()
    func fault(_ body: () throws -> Void) -> Int32? {
      do {
        try body()
        return nil
      } catch {
        return SystemFault(error)?.number
      }
    }
    #expect(
      fault { _ = try Data(contentsOf: URL(filePath: folder.path + "/absent")) } == ENOENT)
    #expect(
      fault { try Data([1]).write(to: URL(filePath: "/dev/full")) } == ENOSPC)
    #expect(fault { throw FileError("a", "b", SystemFault(EIO)) } == EIO)
    #expect(fault { throw FileError("a", "b") } == nil)
    #expect(fault { throw CancellationError() } == nil)
  }

  @Test func `absence is a kind of its own`() {
    #expect(FileError("a", "cannot be read", SystemFault(ENOENT)).kind == .missing)
    #expect(FileError("a", "cannot be read", SystemFault(EIO)).kind == .system(EIO))
    #expect(FileError("a", "cannot be read", SystemFault(EIO)).isSystemFault)
    #expect(!FileError("a", "is cut short").isSystemFault)
  }
}
