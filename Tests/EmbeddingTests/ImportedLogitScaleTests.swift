import Files
import Fixtures
import Testing

@testable import Embedding

struct ImportedLogitScaleTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test func `a run's own is in its manifest`() throws {
    _ = try folder.write("", "run/embeddings/clean.npy")
    _ = try folder.write(
      "{\"outputs\": {\"a\": \"b\"}, \"zero_shot\": {\"logit_scale\": 31.25, \"prompts\": [], "
        + "\"truncated_prompts\": 0}}", "run/manifest.json")
    for source in ["run/embeddings", "run/embeddings/", "run/embeddings/clean.npy"] {
      let scale = try ImportedLogitScale(of: path(source), given: nil)
      #expect(scale.value == 31.25, "\(source)")
      #expect(scale.remark("E")?.hasPrefix("E: the logit scale is 31.25, that of ") == true)
      #expect(scale.remark("E")?.hasSuffix("run/manifest.json") == true)
    }
    #expect(try ImportedLogitScale(of: path("run/embeddings"), given: 7).value == 7)
    #expect(try ImportedLogitScale(of: path("run/embeddings"), given: 7).remark("E") == nil)
  }

  @Test(arguments: ["{}", "[1]", "{\"outputs\": {\"a\": \"b\"}}", ""])
  func `elsewhere it is assumed, and that is said`(_ manifest: String) throws {
    _ = try folder.write("", "run/embeddings/clean.npy")
    if !manifest.isEmpty { _ = try folder.write(manifest, "run/manifest.json") }
    let scale = try ImportedLogitScale(of: path("run/embeddings"), given: nil)
    #expect(scale.value == 100 && scale.origin == .assumed)
    #expect(scale.remark("E")?.contains("100 is assumed") == true)
  }

  @Test func `what a run has is kept, unless the user gives another`() throws {
    let scale = try ImportedLogitScale(of: path("in"), given: nil, kept: 5)
    #expect(scale.value == 5 && scale.origin == .kept)
    #expect(scale.remark("E") == "E: the logit scale stays 5, as the run has it")
    let given = try ImportedLogitScale(of: path("in"), given: 7, kept: 5)
    #expect(given.value == 7 && given.origin == .given)
  }
}
