import ArgumentParser
import Fixtures
import Foundation
import Testing

@testable import topoclip

/// The program, and what holds for all of its subcommands.
struct TopoclipTests {
  /// A subcommand, by the words that choose it.
  struct Subcommand: CustomTestStringConvertible {
    let words: [String]
    let command: any ParsableCommand.Type

    /// The example lines of the discussion, as the arguments behind `topoclip`.
    var examples: [[String]] {
      command.configuration.discussion.split(separator: "\n").compactMap { line in
        // Behind a pipe, or from the line's start; what the shell would take for itself is no argument.
        let words = line.split(separator: " ").map(String.init)
        guard let program = words.firstIndex(of: "topoclip"),
          program == 0 || words[program - 1] == "|"
        else { return nil }
        return Array(words[(program + 1)...].prefix { $0 != ">" })
      }
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  /// All that have no subcommands of their own, and the program itself.
  static let subcommands = leaves(Topoclip.self, [])

  private static func leaves(
    _ command: any ParsableCommand.Type, _ words: [String]
  ) -> [Subcommand] {
    let below = command.configuration.subcommands.flatMap { child in
      leaves(child, words + [child.configuration.commandName ?? child._commandName])
    }
    return below.isEmpty || words.isEmpty
      ? [Subcommand(words: words, command: command)] + below : below
  }

  @Test func `help and version end well`() throws {
    let help = try ProgramRun(["--help"])
    #expect(help.code == 0 && help.output.contains("sweep") && help.error.isEmpty)
    #expect(try ProgramRun(["--version"]).output.hasPrefix("topoclip 0."))
    let benchmarks = try ProgramRun(["benchmark", "--help"])
    #expect(benchmarks.code == 0 && benchmarks.output.contains("encoder"))
  }

  @Test func `a word that is no command is a usage error`() throws {
    let outcome = try ProgramRun(["nonsense"])
    #expect(outcome.code == 2 && outcome.output.isEmpty && !outcome.error.isEmpty, "\(outcome)")
  }

  @Test(arguments: subcommands)
  func `help ends well and has examples`(subcommand: Subcommand) throws {
    let outcome = try ProgramRun(subcommand.words + ["--help"])
    #expect(outcome.code == 0 && outcome.output.contains("USAGE"), "\(outcome)")
    #expect(!subcommand.examples.isEmpty)
  }

  @Test(arguments: subcommands)
  func `the examples of the help parse`(subcommand: Subcommand) throws {
    for example in subcommand.examples {
      let line = example.joined(separator: " ")
      #expect(throws: Never.self, "topoclip \(line)") {
        let parsed = try Topoclip.parseAsRoot(example)
        if !subcommand.words.isEmpty && type(of: parsed) != subcommand.command {
          Issue.record("topoclip \(line) is a \(type(of: parsed))")
        }
      }
    }
  }

  @Test func `every option of every command has a sentence of help`() throws {
    let tool = try #require(
      JSONSerialization.jsonObject(with: Data(Topoclip._dumpHelp().utf8)) as? [String: Any])
    var count = 0
    func visit(_ command: [String: Any], _ above: String) throws {
      let name = try above + " " + #require(command["commandName"] as? String)
      for argument in command["arguments"] as? [[String: Any]] ?? []
      where argument["shouldDisplay"] as? Bool != false {
        let text = argument["abstract"] as? String ?? ""
        #expect(!text.isEmpty, "\(name): \(argument["valueName"] ?? "an argument") has none")
        count += 1
      }
      #expect(command["abstract"] is String, "\(name)")
      // The parser's own help command is not ours.
      for below in command["subcommands"] as? [[String: Any]] ?? []
      where below["commandName"] as? String != "help" { try visit(below, name) }
    }
    try visit(#require(tool["command"] as? [String: Any]), "")
    #expect(count > 150)
  }
}
