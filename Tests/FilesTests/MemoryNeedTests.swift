import Fixtures
import Foundation
import Testing

@testable import Files

struct MemoryNeedTests {
  @Test func `what fits passes, and what does not is told with both sizes`() throws {
    try requireMemory(count: 100, size: 8, file: "x", memory: 800)
    #expect(
      throws: FileError(
        "x",
        "its 101 numbers take 8 bytes each, more than the 800 bytes of memory that this machine has"
      )
    ) { try requireMemory(count: 101, size: 8, file: "x", memory: 800) }
    #expect(throws: FileError.self) {
      try requireMemory(count: .max, size: 8, file: "x", memory: .max)
    }
  }

  /// Terabytes of holes take no room on the disk.
  @Test func `a file with holes is refused before memory is asked for`() throws {
    let folder = try TemporaryFolder()
    let rows = 1 << 32
    let path = try folder.write(NumPyFile.header("<f4", rows: rows, columns: 256), "holes.npy")
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    let start = try handle.seekToEnd()
    try handle.truncate(atOffset: start + UInt64(rows) * 1024)
    try handle.close()
    for read in [{ _ = try MatrixFile.read(path) }, { _ = try MatrixFile.readFloats(path) }]
      as [() throws -> Void]
    {
      let error = #expect(throws: FileError.self) { try read() }
      #expect(error?.file == path && error?.problem.contains("of memory that this machine") == true)
    }
  }
}
