import Testing

@testable import Files

struct ClassSelectionTests {
  private let classes = ["banded", "dotted", "lined", "woven"]

  @Test func `named classes are in the data set's order`() throws {
    #expect(try ClassSelection.all.indices(of: classes, source: "s") == [0, 1, 2, 3])
    #expect(
      try ClassSelection.named(["woven", "banded", "woven"]).indices(of: classes, source: "s")
        == [0, 3])
  }

  @Test func `so many are drawn without a repeat, the same for a seed`() throws {
    var drawn: Set<[Int]> = []
    for seed in 0..<40 as Range<UInt64> {
      let indices = try ClassSelection.sample(count: 2, seed: seed).indices(
        of: classes, source: "s")
      #expect(indices.count == 2 && indices[0] < indices[1])
      #expect(
        try ClassSelection.sample(count: 2, seed: seed).indices(of: classes, source: "s")
          == indices)
      drawn.insert(indices)
    }
    // 40 draws of six pairs: that one is missed has a chance of 6 · (5/6)⁴⁰ = 0.4 %, and the seeds are fixed.
    #expect(drawn.count == 6)
    #expect(
      try ClassSelection.sample(count: 4, seed: 9).indices(of: classes, source: "s") == [
        0, 1, 2, 3,
      ]
    )
  }

  @Test func `what is not there is named, with the nearest and all that are`() {
    #expect(
      throws: FileError(
        "s",
        "has no class \"dottet\"; did you mean dotted? its classes are banded, dotted, lined, woven"
      )
    ) { try ClassSelection.named(["lined", "dottet"]).indices(of: classes, source: "s") }
    for count in [0, 5, -1] {
      #expect(throws: FileError("s", "has 4 classes; \(count) cannot be drawn")) {
        try ClassSelection.sample(count: count, seed: 0).indices(of: classes, source: "s")
      }
    }
  }

  @Test func `a class whose name is spelled otherwise is told with both spellings`() throws {
    let error = #expect(throws: FileError.self) {
      try ClassSelection.named(["\u{E9}"]).indices(of: ["a", "e\u{301}"], source: "s")
    }
    #expect(
      error?.problem
        == "has no class \"\u{E9}\" (bytes c3 a9); its class \"e\u{301}\" (bytes 65 cc 81) looks alike "
        + "and is spelled otherwise: copy the name from there")
    #expect(
      try ClassSelection.named(["e\u{301}"]).indices(of: ["a", "e\u{301}"], source: "s") == [1])
  }

  @Test func `a number is found with a point and without`() throws {
    let numbered = ["0", "1", "2"]
    #expect(
      try ClassSelection.named(["2.0", "0"]).indices(of: numbered, source: "s") == [0, 2])
    let other = #expect(throws: FileError.self) {
      try ClassSelection.named(["2.5"]).indices(of: numbered, source: "s")
    }
    #expect(other?.problem.contains("has no class \"2.5\"") == true)
  }
}
