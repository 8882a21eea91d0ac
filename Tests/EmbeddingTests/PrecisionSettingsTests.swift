import CLIP
import RunFixtures
import Runs
import Testing

@testable import Embedding

struct PrecisionSettingsTests {
  private func settings(_ assignments: [String]) throws -> PrecisionSettings {
    try PrecisionSettings(ConfigurationSection(assignments: assignments))
  }

  @Test func `defaults`() throws {
    let settings = try settings([])
    #expect(settings.arithmetic == Arithmetic())
    #expect(settings.tolerance == 0.02 && settings.certified == .sample(256))
  }

  @Test func `values`() throws {
    let settings = try settings([
      "precision=bfloat16", "precision-tolerance=0.5", "certify=all", "backend=panels",
    ])
    #expect(settings.arithmetic == Arithmetic(.bfloat16, backend: .panels))
    #expect(settings.tolerance == 0.5 && settings.certified == .all)
    #expect(try self.settings(["certify=12"]).certified == .sample(12))
    #expect(try self.settings(["certify=sample"]).certified == .sample(256))
  }

  @Test(arguments: [
    "precision=float16", "precision-tolerance=0", "precision-tolerance=nan", "certify=none",
    "certify=0", "backend=mkl",
  ])
  func `wrong values are refused by name`(assignment: String) {
    #expect(throws: RunError.self) { _ = try settings([assignment]) }
  }

  @Test func `the check decides no result in float32`() throws {
    func canonical(_ assignments: [String]) throws -> [String] {
      try settings(assignments).canonicalSettings.map { "\($0)=\($1)" }
    }
    #expect(try canonical(["certify=all"]) == canonical([]))
    #expect(try canonical(["precision=bfloat16"]) != canonical([]))
    #expect(
      try canonical(["precision=bfloat16", "certify=all"]) != canonical(["precision=bfloat16"]))
  }
}
