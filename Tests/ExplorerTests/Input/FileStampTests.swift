import Fixtures
import Foundation
import Testing

@testable import Explorer

struct FileStampTests {
  @Test func `a time that is just past is not kept`() {
    let stamp = FileStamp(size: 3, modified: 10_000_000_000)
    #expect(stamp.settled(at: 13_000_000_001) == stamp)
    #expect(stamp.settled(at: 13_000_000_000) == FileStamp(size: 3, modified: FileStamp.unknown))
    #expect(stamp.settled(at: 1) == FileStamp(size: 3, modified: FileStamp.unknown))
  }

  @Test func `what stands at a path is told`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("abc", "a")
    guard case .file(let stamp) = PlacedItem(file) else { return #expect(Bool(false)) }
    #expect(stamp.size == 3 && stamp.modified > 1_600_000_000_000_000_000)
    guard case .folder(isLink: false) = PlacedItem(folder.path) else { return #expect(Bool(false)) }
    if case .some = PlacedItem(folder.path + "/none") { Issue.record("nothing is there") }
    guard case .other = PlacedItem("/dev/null") else { return #expect(Bool(false)) }
  }

  @Test(
    arguments: [
      (0, 5, 5), (1, 999_999_999, 1_999_999_999),
      (9_223_372_035, 900_000_000, 9_223_372_035_900_000_000),
      (9_223_372_036, 0, FileStamp.unknown), (9_223_372_036, 900_000_000, FileStamp.unknown),
      (.max, 0, FileStamp.unknown), (-1, 0, FileStamp.unknown), (.min, 0, FileStamp.unknown),
    ] as [(Int, Int, Int64)])
  func `a time beyond nanoseconds is none`(seconds: Int, nanoseconds: Int, modified: Int64) {
    var details = stat()
    details.st_mode = S_IFREG
    details.st_mtim = timespec(tv_sec: seconds, tv_nsec: nanoseconds)
    #expect(FileStamp(ofFile: details)?.modified == modified)
  }
}
