import Files
import Fixtures
import Foundation
import Testing

@testable import Explorer

struct TokenFileTests {
  private static let token = "0123456789abcdef-_AZ"
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String, mode: Int = 0o600) throws -> String {
    let path = try folder.write(text, "key")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return path
  }

  @Test(arguments: ["", "\n", "\r\n", "\n\n"])
  func `a line is the token`(end: String) throws {
    #expect(try TokenFile.read(file(Self.token + end)) == Self.token)
    #expect(try TokenFile.read(file(" " + Self.token + end, mode: 0o400)) == Self.token)
  }

  @Test func `so is what comes through a pipe`() throws {
    let path = folder.path + "/pipe"
    #expect(unsafe mkfifo(path, 0o600) == 0)
    let writer = Process()
    writer.executableURL = URL(filePath: "/bin/sh")
    writer.arguments = ["-c", "{ printf 01234567; printf 89abcdef; } > '\(path)'"]
    try writer.run()
    #expect(try TokenFile.read(path) == "0123456789abcdef")
    writer.waitUntilExit()
  }

  @Test(arguments: [0o604, 0o640, 0o644, 0o660, 0o601, 0o622])
  func `one that others may open is refused`(mode: Int) throws {
    let path = try file(Self.token, mode: mode)
    let error = #expect(throws: FileError.self) { try TokenFile.read(path) }
    #expect(error?.problem.contains("chmod 600") == true)
    #expect(error.map { "\($0)".contains(Self.token) } == false)
  }

  @Test(arguments: [
    "", "short", "0123456789abcde", "0123456789abcdef;", "0123456789abcdef 0123456789abcdef",
    "0123456789abcdef\n0123456789abcdef\n", "äbcdefgh12345678", "\u{0}123456789abcdef",
    String(repeating: "a", count: 5000),
  ])
  func `anything else is no token, and is not repeated`(text: String) throws {
    let path = try file(text)
    let error = #expect(throws: FileError.self) { try TokenFile.read(path) }
    #expect(error?.problem.hasPrefix("holds no token") == true)
    #expect(text.isEmpty || error.map { "\($0)".contains(text) } == false)
  }

  @Test func `a file without an end is not read to it`() {
    let error = #expect(throws: FileError.self) { try TokenFile.read("/dev/zero") }
    #expect(error?.problem.hasPrefix("holds no token") == true)
  }

  @Test func `what is not there, or is a folder, is named`() {
    for path in [folder.path + "/none", folder.path] {
      let error = #expect(throws: FileError.self) { try TokenFile.read(path) }
      #expect(error?.file == path)
    }
  }
}
