import Runs
import Testing

@testable import RunAnalyses

struct ProbeDesignTests {
  private func design(_ splits: [String], _ settings: ProbeSettings = ProbeSettings())
    -> ProbeDesign
  {
    ProbeDesign(
      SampleTable(
        paths: splits.indices.map { "\($0).png" },
        classNames: splits.indices.map { $0 % 2 == 0 ? "a" : "b" }, splits: splits), settings)
  }

  @Test func `splits train, choose and tell`() throws {
    let design = design(["train", "test", "val", "train", "other", "val", "train"])
    let part = try #require(design.parts.first)
    #expect(design.parts.count == 1 && part.fold == nil && design.folds == nil)
    #expect(part.training == [0, 3, 6] && part.final == [0, 3, 6])
    #expect(part.validation == [2, 5] && part.evaluated == [1, 4] && design.evaluated == [1, 4])
  }

  @Test(arguments: ["test", "val"])
  func `without images of val, or with no others, a fold of train chooses`(other: String) throws {
    let design = design((0..<30).map { $0 % 3 == 0 ? other : "train" })
    let part = try #require(design.parts.first)
    #expect(design.parts.count == 1 && part.evaluated == (0..<10).map { 3 * $0 })
    #expect(part.final.count == 20 && part.validation.count == 4)
    #expect((part.training + part.validation).sorted() == part.final)
  }

  @Test(arguments: ["", "train", "test"])
  func `of one split every fold is told by the others, and another chooses`(split: String) {
    let design = design([String](repeating: split, count: 32))
    #expect(design.parts.map(\.fold) == [0, 1, 2, 3, 4] && design.folds?.count == 32)
    #expect(design.evaluated == Array(0..<32))
    for part in design.parts {
      #expect(part.evaluated == (0..<32).filter { design.folds?[$0] == part.fold })
      let next = design.parts[((part.fold ?? 0) + 1) % 5]
      #expect(part.validation == next.evaluated)
      #expect((part.final + part.evaluated).sorted() == Array(0..<32))
      #expect((part.training + part.validation).sorted() == part.final)
    }
  }

  @Test func `folds without images tell nothing`() {
    #expect(design(["", "", ""]).parts.map(\.fold) == [0, 1, 2])
  }
}
