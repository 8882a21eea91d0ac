import ArgumentParser
import Experiments
import Fixtures
import Foundation
import Testing

@testable import topoclip

/// README.md and the articles say what the program does.
///
/// A block of commands is marked by its language. `console` shows commands after `$` with what they print: all such
/// blocks of a page are run from the first to the last by the shell in one empty folder, so that they may need the
/// program, what those before them made, and the checkout's `experiments`, and nothing else. `sh` has commands that
/// need the reader's own files, the network or many minutes: every line of them that calls the program, after the
/// shell has split it, must be one that the program understands, down to its settings.
struct DocumentationTests {
  private static let articles = "Sources/topoclip/topoclip.docc"
  /// The pages, by their paths in the checkout.
  private static let pages: [String] =
    ["README.md", "experiments/README.md", "results/README.md", "results/findings/README.md"]
    + ((try? FileManager.default.contentsOfDirectory(
      atPath: Checkout.folder.appending(path: articles).path)) ?? []).filter {
      $0.hasSuffix(".md")
    }.sorted().map { articles + "/" + $0 }

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: Checkout.folder.appending(path: page), encoding: .utf8)
  }

  /// The lines of all blocks of a language, continued ones joined.
  private static func lines(_ page: String, _ language: String) throws -> [String] {
    try text(page).matches(of: /(?s)```(\w*)\n(.*?)```/).filter { $0.1 == language }.flatMap {
      $0.2.replacing("\\\n", with: " ").split(separator: "\n").map(String.init)
    }
  }

  /// The commands after `$`.
  private static func shown(_ page: String) throws -> [String] {
    try lines(page, "console").filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) }
  }

  /// Runs lines of shell in a folder; what they print is not kept.
  ///
  /// - Returns: The exit code, and what went to standard error.
  private func shell(_ lines: String, in folder: String, path: String) throws -> (
    code: Int32, error: String
  ) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-e", "-c", lines]
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["PATH": path]) { $1 }
    let error = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = error
    try process.run()
    let messages = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: messages, as: UTF8.self))
  }

  private var path: String { ProcessInfo.processInfo.environment["PATH"] ?? "" }

  @Test(arguments: try pages.filter { try !shown($0).isEmpty })
  func `the commands that a page shows run`(page: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/experiments",
      withDestinationPath: Checkout.folder.appending(path: "experiments").path)
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
    for command in try Self.shown(page) {
      let outcome = try shell(command, in: folder.path, path: program + ":" + path)
      #expect(outcome.code == 0, "\(command)\n\(outcome.error)")
    }
  }

  @Test(arguments: pages)
  func `every command of a page is one that the program understands`(page: String) throws {
    let folder = try TemporaryFolder()
    let commands = try Self.lines(page, "sh") + Self.shown(page)
    for command in commands where command.hasPrefix("topoclip ") {
      // The shell splits the words.
      let outcome = try shell(
        "topoclip() { printf '%s\\0' \"$@\" > words; }\n" + command, in: folder.path, path: path)
      let words = try String(contentsOfFile: folder.path + "/words", encoding: .utf8)
        .split(separator: "\0", omittingEmptySubsequences: false).dropLast().map(String.init)
      #expect(outcome.code == 0, "\(command)\n\(outcome.error)")
      #expect(throws: Never.self, "\(page): \(command)") { try understand(words) }
    }
  }

  private func understand(_ words: [String]) throws {
    let command = try Topoclip.parseAsRoot(words)
    if let options = (command as? SweepCommand)?.options ?? (command as? PlanCommand)?.options {
      // Its settings are read when it runs.
      let file = options.experiment.map { Checkout.folder.appending(path: $0).path }
      if file.map({ FileManager.default.fileExists(atPath: $0) }) ?? true {
        _ = try Experiment(options.options.source(file: file, orBuiltIn: true))
      }
    } else if let embed = command as? EmbedCommand {
      _ = try embed.options.experiment(file: nil)
    }
  }

  @Test func `every command has a line in README's table`() throws {
    let rows = try Self.text("README.md").matches(of: /\n\| `topoclip ([a-z]+)/).map {
      String($0.1)
    }
    let names = Topoclip.configuration.subcommands.map { $0._commandName }
    #expect(Set(rows) == Set(names))
  }

  /// Links and pictures of articles are checked by docc.
  @Test(arguments: pages.filter { !$0.hasPrefix(articles) })
  func `the files that a page points to are there`(page: String) throws {
    let folder = Checkout.folder.appending(path: page).deletingLastPathComponent()
    for match in try Self.text(page).matches(of: /\]\(([^)\s]+)\)/) {
      let target = String(match.1)
      if target.hasPrefix("http") { continue }
      let path = folder.appending(path: target).path
      #expect(FileManager.default.fileExists(atPath: path), "\(page): \(target)")
    }
  }
}
