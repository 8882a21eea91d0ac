import Fixtures
import Foundation
import Testing

@testable import Runs

struct RecordedCommandTests {
  @Test(
    arguments: [
      (["topoclip", "explore", "p"], ["topoclip", "explore", "p"]),
      (
        ["topoclip", "explore", "--token", "0123456789abcdef", "p"],
        ["topoclip", "explore", "--token", "***", "p"]
      ),
      (["explore", "--token=0123456789abcdef", "p"], ["explore", "--token=***", "p"]),
      (["--token", "--token", "--token", "x"], ["--token", "***", "--token", "***"]),
      (["--token"], ["--token"]), (["--token="], ["--token=***"]),
      (["--token-file", "key", "--tokens=3"], ["--token-file", "key", "--tokens=3"]),
      (["--", "--token", "name", "--token=name"], ["--", "--token", "name", "--token=name"]),
      ([], []),
    ] as [([String], [String])])
  func `secrets are replaced, and nothing else`(words: [String], kept: [String]) {
    #expect(RecordedCommand.withoutSecrets(words) == kept)
  }

  /// A lock, a manifest or a plan that took its words elsewhere would keep what is secret.
  @Test func `nothing else in the program takes the command line`() throws {
    let sources = Checkout.folder.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
    let users = try files.filter {
      try String(contentsOf: sources.appending(path: $0), encoding: .utf8)
        .contains("CommandLine.arguments")
    }
    #expect(Set(users) == ["Runs/RecordedCommand.swift", "topoclip/Topoclip.swift"])
  }
}
