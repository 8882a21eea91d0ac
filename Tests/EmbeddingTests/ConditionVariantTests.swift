import Fixtures
import Runs
import Testing

@testable import Datasets
@testable import Embedding

struct ConditionVariantTests {
  private func name(_ kind: String?, _ level: Double) throws -> String {
    try Condition(Variant(kind: kind, level: level), of: "tree").name
  }

  @Test func `a variant is a condition of its kind and level`() throws {
    #expect(try name(nil, 0) == "clean")
    #expect(try name("gaussian_noise", 3) == "gaussian_noise-3")
    #expect(try name("contrast", 5) == "contrast-5")
  }

  @Test(arguments: [
    ("shot", "tree/shot/2: shot is a kind of noise that the program itself adds"),
    ("ein nebel", "\"ein nebel\" is no name of a kind of corruption"),
  ])
  func `a kind that no condition can have is refused`(kind: String, words: String) {
    let error = #expect(throws: RunError.self) { try name(kind, 2) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("none", 3.0, "none is the word for the clean images"),
    ("clean", 3, "clean is the word for the clean images"),
    ("x-5e", 3, "would be called x-5e-3, which is x of level 0.005"),
  ])
  func `a kind that is called as another is refused`(kind: String, level: Double, words: String) {
    let error = #expect(throws: RunError.self) { try name(kind, level) }
    #expect(
      error?.description.contains("tree/\(kind)/3: ") == true
        && error?.description.contains(words) == true, "\(error?.description ?? "")")
  }
}
