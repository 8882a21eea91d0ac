import Files
import Fixtures
import Foundation
import Runs
import Testing

@testable import SignWriting

@Suite struct SignCLIPScoreTests {
  private let fonts: HandmadeSignFonts
  private let folder: TemporaryFolder

  private let square = "M506x506S10000500x500"
  private let small = "M504x504S10001500x500"

  init() throws {
    fonts = try HandmadeSignFonts()
    folder = try TemporaryFolder()
  }

  private func texts(_ lines: [String]) throws -> SignTexts {
    try SignTexts(path: folder.write(lines.joined(separator: "\n") + "\n", "\(UUID()).txt"))
  }

  private func scores(_ hypotheses: [String], _ references: [String]...) throws -> (
    scores: [Double], undrawn: [String]
  ) {
    let measure = try SignCLIPScore(model: "builtin", fonts: fonts.path, isQuiet: true)
    return try measure.scores(texts(hypotheses), references: references.map(texts))
  }

  @Test func `what looks the same has cosine one`() throws {
    // The box does not count, nor where on the plane a sign is, nor the order of strokes apart from each other.
    let (scores, undrawn) = try scores(
      [square, square, small + "S10000540x540", ""],
      [square, "R700x700S10000300x310", "M600x600S10000540x540S10001500x500", "M500x500"])
    #expect(scores.allSatisfy { abs($0 - 1) < 1e-6 }, "\(scores)")
    #expect(undrawn.isEmpty)
  }

  @Test func `of several references the best counts`() throws {
    let far = small + "S10000600x600"
    let alone = try scores([square], [far]).scores
    let both = try scores([square], [far], [square]).scores
    #expect(alone[0] < 0.9999 && alone[0] >= -1)
    #expect(abs(both[0] - 1) < 1e-6)
    // Symmetric, and the same in a crowd.
    #expect(abs(try scores([far, small], [square, far]).scores[0] - alone[0]) < 1e-6)
  }

  @Test func `what cannot be drawn is a white square, and is told`() throws {
    let wide = "M500x500S10000250x500S10000749x500"
    let (scores, undrawn) = try scores([wide, "S20000500x500"], ["", wide])
    #expect(scores.allSatisfy { abs($0 - 1) < 1e-6 })
    #expect(undrawn.count == 2)
    #expect(undrawn.first?.contains("line 1: ") == true, "\(undrawn)")
  }

  @Test func `the corpus has the mean`() throws {
    let output = folder.path + "/scores.csv"
    let job = try SignEvaluationJob(
      hypotheses: texts([square, small]).file, references: [texts([square, square]).file],
      metrics: "clipscore", model: "builtin", fonts: fonts.path, output: output, isQuiet: true)
    _ = try job.run()
    let rows = try CSV(path: output).records.map(\.fields)
    #expect(rows.map { $0[0] } == ["0", "1", "corpus"])
    let values = try rows.map { try #require(Double($0[2])) }
    #expect(abs(values[0] - 1) < 1e-6)
    #expect(abs(values[2] - (values[0] + values[1]) / 2) < 1e-12)
  }

  @Test(
    arguments: [
      ("clipscore", nil, "fonts"), ("clipscore", "builtin", nil), (nil, "builtin", nil),
      ("similarity", nil, "fonts"),
    ] as [(String?, String?, String?)])
  func `a model and fonts are for clipscore alone`(
    metric: String?, model: String?, fonts: String?
  ) {
    #expect(throws: OptionError.self) {
      try SignEvaluationJob(
        hypotheses: "h", references: ["r"], metrics: metric, model: model, fonts: fonts,
        output: nil, isQuiet: true)
    }
  }
}
