import Fixtures
import Foundation
import Testing

@testable import Files

struct MemoryNeedTests {
  @Test func `what fits passes, and what does not is told with both sizes`() throws {
    try requireMemory(count: 100, size: 8, file: "x", memory: 800)
    #expect(throws: FileError("x", "would take 808 bytes of memory; this machine has 800")) {
      try requireMemory(count: 101, size: 8, file: "x", memory: 800)
    }
    #expect(throws: FileError.self) {
      try requireMemory(count: .max, size: 8, file: "x", memory: .max)
    }
  }

  /// Terabytes of holes take no room on the disk.
  @Test func `a file with holes is refused before memory is asked for`() throws {
    let folder = try TemporaryFolder()
    func makeHoles(_ start: Data, _ name: String, _ size: UInt64) throws -> String {
      let path = try folder.write(start, name)
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      try handle.truncate(atOffset: UInt64(start.count) + size)
      try handle.close()
      return path
    }
    let rows = 1 << 32
    let header = NumPyFile.header("<f4", rows: rows, columns: 256)
    let array = try makeHoles(header, "holes.npy", UInt64(rows) * 1024)
    let text = try makeHoles(Data("a,b".utf8), "holes.csv", 1 << 42)
    let error = #expect(throws: FileError.self) { try MatrixFile.readFloats(array) }
    #expect(error?.file == array)
    #expect(error?.problem.hasPrefix("would take 4398046511104 bytes of memory") == true)
    // The system does not even map the others.
    for read in [
      { _ = try MatrixFile.read(array) }, { _ = try CSV(path: text) },
      { _ = try MatrixFile.read(text) },
      { _ = try JSONValue(FileContents.read(text), file: text, expecting: "a list") },
      { _ = try DistanceText<Float>(FileContents.read(text), file: text) },
    ] as [() throws -> Void] {
      #expect(throws: FileError.self) { try read() }
    }
  }
}
