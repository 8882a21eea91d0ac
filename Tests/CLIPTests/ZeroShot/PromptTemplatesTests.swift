import Foundation
import Testing

@testable import CLIP

struct PromptTemplatesTests {
  @Test func `eight for textures`() {
    #expect(
      PromptTemplates.textures.prompts(for: "polka-dotted") == [
        "a photo of a polka-dotted texture.", "a photo of the polka-dotted texture.",
        "a photo of a polka-dotted pattern.", "a photo of the polka-dotted pattern.",
        "a photo of a polka-dotted thing.", "a photo of the polka-dotted thing.",
        "a photo of a polka-dotted object.", "a photo of the polka-dotted object.",
      ])
  }

  private func reading(_ text: String) throws -> PromptTemplates {
    let file = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID()).txt")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try PromptTemplates(path: file.path)
  }

  @Test func `a file has one a line`() throws {
    let templates = try reading("# for cats\na photo of {}.\r\n\nart of {}\n")
    #expect(templates.templates == ["a photo of {}.", "art of {}"])
  }

  @Test(arguments: [
    ("", "no template"), ("# nothing\n", "no template"), ("fine {}\nno place", "line 2"),
    ("{} and {}", "line 1"),
  ])
  func `damage is an error that names the line`(text: String, part: String) {
    do {
      _ = try reading(text)
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains(part))
      #expect("\(error)".contains("templates-"))
    }
  }
}
