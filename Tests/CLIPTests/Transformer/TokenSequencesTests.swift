import Fixtures
import LinearAlgebra
import ModelFixtures
import Testing

@testable import CLIP

struct TokenSequencesTests {
  @Test func `what sequences begin with is there once`() {
    let sequences = TokenSequences(causal: [[1, 2, 3], [1, 2, 4, 3], [1, 2, 3], [5, 2], [1]])
    #expect(
      sequences.paths.map(\.rows) == [[0, 1, 2], [0, 1, 3, 4], [0, 1, 2], [5, 6], [0]])
    #expect(sequences.paths.map(\.shared) == [0, 2, 3, 0, 1])
    #expect(sequences.total == 7 && sequences.longest == 4)
    #expect(sequences.tokens.map(\.id) == [1, 2, 3, 4, 3, 5, 2])
    #expect(sequences.tokens.map(\.position) == [0, 1, 2, 2, 3, 0, 1])
  }

  @Test func `sequences that see all of their tokens share none`() {
    let sequences = TokenSequences(count: 2, length: 3)
    #expect(sequences.paths.map(\.rows) == [[0, 1, 2], [3, 4, 5]])
    #expect(sequences.total == 6 && !sequences.isCausal)
  }

  @Test func `sequences that are equal have fewer tokens than there are of them`() throws {
    let model = try CLIPModel(random: TinyModel.configuration(), name: "tiny", seed: 0)
    let tower = try model.textTower()
    let prompt = [512, 7, tower.configuration.endOfTextID]
    let equal = TokenSequences(causal: Array(repeating: prompt, count: 40))
    #expect(equal.total == 3 && equal.rowCapacity == 40)
    let together = tower.features(Array(repeating: prompt, count: 40))
    let alone = tower.features([prompt])
    for row in 0..<40 {
      let worst = zip(alone.values, together.row(row)).reduce(Float(0)) {
        max($0, abs($1.0 - $1.1))
      }
      #expect(worst < 2e-6)
    }
  }

  /// Prompts together, which share beginnings or are equal, and each of them alone.
  @Test(arguments: MatrixBackend.allCases)
  func `sharing changes no embedding`(backend: MatrixBackend) throws {
    let model = try CLIPModel(random: TinyModel.configuration(), name: "tiny", seed: 0)
    let tower = try model.textTower(Arithmetic(backend: backend))
    let end = tower.configuration.endOfTextID
    let prompts = [
      [512, 7, 8, 9, end], [512, 7, 8, 10, 11, end], [512, 7, 8, 9, end, 3, 3], [512, 9, end],
      [512, 7, 8], [7, end],
    ]
    let together = tower.features(prompts)
    for (row, prompt) in prompts.enumerated() {
      let alone = tower.features([prompt])
      let worst = zip(alone.values, together.row(row)).reduce(Float(0)) {
        max($0, abs($1.0 - $1.1))
      }
      #expect(worst < 2e-6)
      if backend == .panels { #expect(alone.values == Array(together.row(row))) }
    }
  }
}
