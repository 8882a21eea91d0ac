import Files
import Fixtures
import LinearAlgebra
import Runs
import Testing

@testable import Pairs

struct CandidateScoresTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a softmax of cosines, of equal ones the earlier first`() {
    let ranking = CandidateRanking(cosines: [0.25, 0.31, 0.31, 0.1], logitScale: 100)
    #expect(ranking.order == [1, 2, 0, 3])
    // scipy 1.17.1, softmax(100 * [.25, .31, .31, .1]) in float64; the cosines here are float32.
    let expected = [
      0.0012378419361670572, 0.4993810788425871, 0.4993810788425871, 3.786587206879757e-10,
    ]
    for (own, other) in zip(ranking.probabilities, expected) {
      #expect(abs(own - other) < 1e-5 * other)
    }
    #expect(abs(ranking.probabilities.reduce(0, +) - 1) < 1e-12)
    // No power overflows.
    let steep = CandidateRanking(cosines: [1, -1, 0.5], logitScale: 4.8e8)
    #expect(steep.probabilities == [1, 0, 0])
  }

  private func scores(
    _ names: String, _ candidates: [[Float]], _ kind: CandidateList.Kind = .texts
  ) throws -> (CandidateScores, String) {
    let path = try folder.write(names, "texts.txt")
    let list: CandidateList
    if kind == .texts {
      list = try CandidateList(path)
    } else {
      for name in names.split(separator: "\n") { _ = try folder.write("x", "images/\(name)") }
      list = try CandidateList(folder.path + "/images")
    }
    var text = ""
    let scores = try CandidateScores(
      list, candidates: Matrix(candidates),
      pairs: .of(images: [0, 1, 0], texts: [0, 1, 2]),
      embeddings: PairEmbeddingsInMemory(
        images: Matrix([[1, 0], [0, 1]]), texts: Matrix([[0, 1], [1, 0], [0, 1]])),
      logitScale: 1
    ) { text += $0 }
    return (scores, text)
  }

  @Test func `three pairs with two texts by hand`() throws {
    let (scores, text) = try scores("up, high\nright\n", [[0, 1], [1, 0]])
    #expect(scores.top == [1, 0, 1])
    // 1 / (1 + e⁻¹) by hand.
    #expect(scores.probability.allSatisfy { abs($0 - 0.7310585786) < 1e-7 })
    #expect(scores.name(1) == "up, high")
    let csv = try CSV(text, file: "candidates.csv")
    #expect(csv.header == ScoreRankColumns.file.columns.map(\.name))
    #expect(
      csv.records.map { Array($0.fields.prefix(4)) } == [
        ["0", "1", "right", "1"], ["0", "2", "up, high", "0"], ["1", "1", "up, high", "1"],
        ["1", "2", "right", "0"], ["2", "1", "right", "1"], ["2", "2", "up, high", "0"],
      ])
    _ = try Table(csv, as: ScoreRankColumns.file).checked()
    let summary = scores.summary
    #expect(try summary[ScoreCandidateColumns.top] == [1, 2])
    let means = try summary[ScoreCandidateColumns.meanProbability]
    #expect(abs(means[0] - (0.7310585786 + 2 * 0.2689414214) / 3) < 1e-9)
    #expect(abs(means[0] + means[1] - 1) < 1e-12)
  }

  @Test func `images are candidates of captions`() throws {
    let (scores, _) = try scores("a.png\nb.png\n", [[0, 1], [1, 0]], .images)
    #expect(scores.top == [0, 1, 0])
  }

  @Test func `blocks and threads change nothing`() throws {
    let world = PairsWorld(images: 2000, captions: 3, dimension: 8, noise: 1)
    let (pairs, embeddings) = world.draw(number: 5)
    let list = try CandidateList(
      try folder.write((0..<70).map { "c\($0)" }.joined(separator: "\n"), "many.txt"))
    let candidates = embeddings.texts(Array(0..<70))
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    var texts: [String] = []
    for count in [1, 3] {
      Parallel.workers = count
      var digest = ""
      let scores = try CandidateScores(
        list, candidates: candidates, pairs: pairs, embeddings: embeddings, logitScale: 30
      ) { digest += "\($0.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) })," }
      texts.append(digest + "\(scores.top) \(scores.probability) \(scores.summary.csv)")
      #expect(scores.top.count == pairs.count)
    }
    #expect(texts[0] == texts[1])
  }
}
