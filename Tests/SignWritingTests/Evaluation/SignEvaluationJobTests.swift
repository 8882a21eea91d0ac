import Files
import Fixtures
import Foundation
import Runs
import Testing

@testable import SignWriting

@Suite struct SignEvaluationJobTests {
  private static let first = "M530x538S17600508x462S15a11493x494S20e00488x510S22f03469x517"
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func job(
    _ hypotheses: String, _ references: [String], metrics: String? = nil, output: String? = nil
  ) throws -> SignEvaluationJob {
    try SignEvaluationJob(
      hypotheses: folder.write(hypotheses, "h.txt"),
      references: references.enumerated().map { try folder.write($1, "r\($0).txt") },
      metrics: metrics, output: output, isQuiet: true)
  }

  private func scores(_ csv: String) throws -> [(String, String, Double)] {
    try CSV(csv, file: "scores").records.map {
      ($0.fields[0], $0.fields[1], try #require(Double($0.fields[2])))
    }
  }

  /// PyPI signwriting-evaluation 0.1.0: `score_max` of each line, `corpus_score` of all, with an empty line, a
  /// damaged one, and several references.
  @Test func `lines, references and the corpus as the reference scores them`() throws {
    let references = [
      "M530x538S17600508x462S12a11493x494S20e00488x510S22f13469x517\nM500x500S10000500x500\nS38800464x496",
      "M530x538S17600508x462\r\n\r\nM<s><s>M<s>p483\r\n",
    ]
    let text = try job(Self.first + "\n\nM<s><s>M<s>p483\n", references).run()
    let expected = [
      ("0", "similarity", 0.8210067817002714), ("0", "bleu", 0.7522135016840222),
      ("0", "chrf", 0.876386276114813),
      ("1", "similarity", 0), ("1", "bleu", 1), ("1", "chrf", 0),
      ("2", "similarity", 0), ("2", "bleu", 1), ("2", "chrf", 1),
      ("corpus", "similarity", 0.2736689272334238), ("corpus", "bleu", 0.7979640749641937),
      ("corpus", "chrf", 0.740740645917874),
    ]
    let scores = try scores(text)
    #expect(text.hasPrefix("index,metric,score\n"))
    #expect(scores.count == expected.count)
    for (found, wanted) in zip(scores, expected) {
      #expect(found.0 == wanted.0 && found.1 == wanted.1)
      #expect(abs(found.2 - wanted.2) <= 1e-12, "\(wanted)")
    }
  }

  @Test func `metrics in the order in which they are named`() throws {
    let output = folder.path + "/scores.csv"
    let text = try job(Self.first, [Self.first], metrics: "chrf, similarity", output: output).run()
    #expect(text.isEmpty)
    #expect(
      try String(contentsOfFile: output, encoding: .utf8)
        == "index,metric,score\n0,chrf,1\n0,similarity,1\ncorpus,chrf,1\ncorpus,similarity,1\n")
  }

  @Test func `SWU is the same sign`() throws {
    let swu = try Sign(fsw: Self.first).swu
    let scores = try scores(job(swu, [Self.first]).run())
    #expect(scores[0].2 == 1 && scores[1].2 == 1)
    #expect(scores[2].2 == 0)  // chrF has the characters as they are written
  }

  @Test func `files that do not go together are named`() throws {
    let error = #expect(throws: FileError.self) {
      try job("M500x500\nM500x500\n", ["M500x500"]).run()
    }
    let text = error?.description ?? ""
    #expect(text.contains("r0.txt: has 1 lines, and") && text.contains("h.txt 2;"), "\(text)")
    for (hypotheses, reference) in [("", "M500x500"), ("M500x500", "")] {
      let error = #expect(throws: FileError.self) { try job(hypotheses, [reference]).run() }
      #expect(error?.problem.hasPrefix("is empty; expected a text of signs a line") == true)
    }
  }

  @Test func `more than can be compared is refused with its line`() throws {
    let many = String(repeating: "M", count: SignTexts.signLimit + 1)
    #expect(throws: FileError.self) { try job("M500x500\n" + many, ["M500x500\nM500x500"]).run() }
    let long = "M500x500" + String(repeating: "S10000500x500", count: SignTexts.symbolLimit + 1)
    let error = #expect(throws: FileError.self) { try job("M500x500", [long]).run() }
    #expect(error?.problem.hasPrefix("line 1: has a sign of more than 500 symbols") == true)
  }

  @Test(arguments: [
    ("bleu,bleu", "--metric: names bleu twice"),
    (
      "blue",
      "--metric: \"blue\" is no metric; expected similarity, bleu, chrf, clipscore; did you mean bleu?"
    ),
    ("", "--metric: nothing is no metric; expected similarity, bleu, chrf, clipscore"),
  ])
  func `metrics that are none`(text: String, problem: String) {
    let error = #expect(throws: OptionError.self) { try SignMetric.named(text) }
    #expect(error?.description == problem)
  }

  @Test func `a result never replaces what is read`() throws {
    let path = try folder.write("M500x500", "x.txt")
    #expect(throws: OptionError.self) {
      try SignEvaluationJob(
        hypotheses: path, references: [path], metrics: nil, output: path, isQuiet: true)
    }
  }
}
