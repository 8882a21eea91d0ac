import Fixtures
import Foundation
import Testing

@testable import topoclip

struct ArgumentBytesTests {
  private let folder = Array("/home/é".utf8)

  @Test func `arguments of text pass`() {
    #expect(ArgumentBytes.problem([], folder: folder) == nil)
    #expect(
      ArgumentBytes.problem([Array("sweep".utf8), Array("--output=é🙂".utf8), []], folder: folder)
        == nil)
  }

  @Test func `an argument that is no text is told by its place and bytes`() {
    let output = Array("--output=a".utf8) + [0xFF, 0xFE]
    #expect(
      ArgumentBytes.problem([Array("sweep".utf8), output], folder: folder)?
        .hasPrefix("argument 2 is not UTF-8 text: --output=a\\xff\\xfe (\\xHH stands for a byte)")
        == true)
    #expect(
      ArgumentBytes.problem([], folder: [0x2F, 0x80])?
        .hasPrefix("the name of the current folder is not UTF-8 text: /\\x80") == true)
  }

  /// The program, through a shell: Swift's own processes have arguments of text alone.
  private func run(_ script: String, in folder: TemporaryFolder) throws -> (
    code: Int32, error: String
  ) {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "topoclip").path
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script, program]
    process.currentDirectoryURL = URL(filePath: folder.path)
    let error = Pipe()
    process.standardError = error
    process.standardOutput = Pipe()
    try process.run()
    let text = (try? error.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test func `the program refuses them as wrong usage and makes nothing`() throws {
    let folder = try TemporaryFolder()
    let argument = try run(
      "exec \"$0\" textures --output \"$(printf '\\377\\376')\"", in: folder)
    #expect(
      argument.code == 2 && argument.error.contains("argument 3 is not UTF-8 text: \\xff\\xfe"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    let inside = try run(
      "d=\"$(printf '\\377')\"; mkdir \"$d\"; cd \"$d\"; exec \"$0\" textures --output x",
      in: folder)
    #expect(inside.code == 2 && inside.error.contains("the current folder is not UTF-8 text"))
  }
}
