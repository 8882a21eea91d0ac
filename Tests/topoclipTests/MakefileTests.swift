import Fixtures
import Foundation
import Testing

/// A target that is declared phony and has no rule does nothing, and make is content with it.
struct MakefileTests {
  private let lines: [Substring]

  init() throws {
    lines = try String(contentsOf: Checkout.folder.appending(path: "Makefile"), encoding: .utf8)
      .replacing("\\\n", with: " ").split(separator: "\n")
  }

  /// What stands behind the colon of each rule, as often as the target has one, and the commands below it.
  private func rules() -> [String: (needed: [String], commands: [String])] {
    var rules: [String: (needed: [String], commands: [String])] = [:]
    var target = ""
    for line in lines {
      if let rule = line.wholeMatch(of: /([a-z]+):(?!=)(.*)/) {
        target = String(rule.1)
        rules[target, default: ([], [])].needed += rule.2.split(separator: " ").map(String.init)
      } else if line.hasPrefix("\t") {
        rules[target]?.commands.append(String(line))
      }
    }
    return rules
  }

  @Test func `every phony target has a rule, and so has every one that the head names`() throws {
    let rules = rules()
    let phony = try #require(lines.first { $0.hasPrefix(".PHONY:") }).split(separator: " ")
      .dropFirst().map(String.init)
    let named = lines.compactMap { $0.wholeMatch(of: /# make ([a-z]+) .*/).map { String($0.1) } }
    #expect(phony.count > 10 && named.count > 4)
    #expect(Set(phony).subtracting(rules.keys).isEmpty)
    #expect(Set(named).subtracting(phony).isEmpty)
    for target in phony {
      let (needed, commands) = try #require(rules[target])
      #expect(!needed.isEmpty || !commands.isEmpty, "\(target)")
    }
  }

  @Test func `the tests begin with what they need, and with the format of the sources`() throws {
    let rules = rules()
    #expect(rules["test"]?.commands.first?.hasSuffix(" ready") == true)
    let ready = try #require(rules["ready"])
    #expect(Set(ready.needed).isSuperset(of: ["packages", "fetch", "lint", "$(TEST_PACKAGES)"]))
    #expect(ready.commands.contains { $0.hasSuffix(" fonts") })
    #expect(rules["faults"]?.commands.contains { $0.contains("Tests/Faults/*.sh") } == true)
  }
}
