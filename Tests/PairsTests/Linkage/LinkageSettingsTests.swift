import Fixtures
import Testing

@testable import Pairs

struct LinkageSettingsTests {
  @Test func `inputs are named once each`() throws {
    #expect(try LinkageSettings.Input.list("text, both") == [.text, .both])
    for list in ["", "image,image", "image,sound", "image,"] {
      #expect(
        problem { _ = try LinkageSettings.Input.list(list) }.hasPrefix("--inputs \(list): expected")
      )
    }
  }

  @Test func `two shares leave nothing for training`() throws {
    func source(_ split: String) throws -> LinkageSettings.Threshold {
      try LinkageSettings.Threshold(
        threshold: nil, validation: nil, split: split, splitSeed: 3)
    }
    #expect(try source("0.5, 0.5") == .split([0, 0.5, 0.5], seed: 3))
    #expect(try source("1,2,3") == .split([1, 2, 3], seed: 3))
    for split in ["1", "1,0", "1,2,3,4", "a,b", "-1,1,1", "1e308,1e308", "nan,1", "1e-300,1"] {
      #expect(problem { _ = try source(split) }.hasPrefix("--split \(split): expected"))
    }
  }

  @Test func `the files of embeddings are those that are used`() {
    func embeddings(
      _ image: String?, _ text: String?, _ inputs: [LinkageSettings.Input], validation: Bool = false
    ) -> String {
      problem {
        _ = try LinkageSettings.Embeddings(
          model: nil, files: (image, text, nil, nil), inputs: inputs, hasValidation: validation,
          skipsBroken: false)
      }
    }
    #expect(embeddings("x", "t", [.both]).isEmpty && embeddings("x", nil, [.image]).isEmpty)
    #expect(embeddings("x", nil, [.image, .both]) == "--inputs image,both needs --text-embeddings")
    #expect(embeddings("x", "t", [.image]).hasPrefix("--text-embeddings is not used"))
    #expect(
      embeddings("x", nil, [.image], validation: true)
        == "--inputs image needs --validation-image-embeddings")
    #expect(embeddings(nil, nil, [.both]).hasPrefix("give --model DIR"))
  }

  @Test func `a weight is looked for only where there is something to judge it by`() throws {
    #expect(
      try LinkageSettings.ImageWeight(
        weight: nil, isOptimized: true, threshold: .validation("v"), inputs: [.both]) == .optimized)
    #expect(
      problem {
        _ = try LinkageSettings.ImageWeight(
          weight: nil, isOptimized: true, threshold: .fixed(1), inputs: [.both])
      }.hasPrefix("--optimize-image-weight needs both"))
  }
}
