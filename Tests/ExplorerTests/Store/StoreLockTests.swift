import Files
import Fixtures
import Foundation
import Testing

@testable import Explorer

struct StoreLockTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/explorer.sqlite" }

  init() throws { folder = try TemporaryFolder() }

  @Test func `one holds it at a time, and its end lets go of it`() throws {
    do {
      let lock = try StoreLock(path)
      #expect(throws: FileError.self) { _ = try StoreLock(path) }
      _ = consume lock
    }
    _ = try StoreLock(path)
  }

  /// The second time it was the descriptor of whatever another thread had opened meanwhile: a connection's, and then
  /// the server ended with the process.
  @Test func `a descriptor is closed once where another holds the lock`() throws {
    let lock = try StoreLock(path)
    errno = 0
    var number: Int32?
    do { _ = try StoreLock(path) } catch { number = errno }
    #expect(number.map { $0 != EBADF } == true)
    _ = consume lock
  }

  @Test func `a link in its place is not followed`() throws {
    let precious = try folder.write("precious", "precious")
    try FileManager.default.createSymbolicLink(
      atPath: path + "-lock", withDestinationPath: precious)
    #expect(throws: FileError.self) { _ = try StoreLock(path) }
    #expect(try FileContents.readText(precious) == "precious")
  }
}
