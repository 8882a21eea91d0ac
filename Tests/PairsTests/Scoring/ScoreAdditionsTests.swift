import Files
import Fixtures
import Foundation
import ModelFixtures
import Runs
import Testing

@testable import Pairs

/// Candidates, curation and matrix of a whole scoring.
final class ScoreAdditionsTests {
  private let folder: TemporaryFolder
  private let model: TinyModel

  init() throws {
    folder = try TemporaryFolder()
    model = try TinyModel()
    for index in 0..<6 {
      _ = try folder.write(
        TinyDataset.image(classIndex: index % 3, index: index).pngData(), "images/\(index).png")
    }
  }

  deinit { model.remove() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Thirteen rows: the last without an image, two images alike in name and caption.
  private func settings() throws -> ScoreSettings {
    var csv = "image,caption\n"
    for row in 0..<12 { csv += "\(row % 6).png,\"caption \(row / 2), \(row % 5)\"\n" }
    csv += "none.png,x\n"
    var settings = ScoreSettings(
      input: .table(
        path: try folder.write(csv, "pairs.csv"), imageColumn: nil, textColumn: nil,
        imageFolder: path("images")))
    settings.model = model.folder.path
    settings.output = path("out/results.csv")
    return settings
  }

  private func run(_ settings: ScoreSettings) throws -> String {
    try ScoreJob(settings, arguments: ["topoclip", "score"], isQuiet: true).run()
  }

  @Test func `all of them, in one scoring`() throws {
    var settings = try settings()
    settings.curation = try CurationRule(keepTop: "30%", minimumScore: nil, keepBy: nil)
    settings.candidates = try folder.write("a dog\n\nsomething else, perhaps\n", "texts.txt")
    settings.matrix = try MatrixFiles("\(path("out/all.csv")),\(path("out/all.npy"))")
    let line = try run(settings)
    #expect(line.hasSuffix("results-kept.csv: 4 rows kept\n"))
    let results = try CSV(path: settings.output)
    #expect(results.header == ["image", "caption"] + settings.resultColumns.map(\.name))
    let score = try results.column("score")
    let scores = results.records.map { Double($0.fields[score]) }
    // ⌈0.3 · 12⌉ = 4 of the largest scores, in the order of the rows.
    let kept = try CSV(path: settings.keptFile)
    #expect(kept.header == results.header)
    let least = scores.compactMap(\.self).sorted(by: >)[3]
    #expect(
      kept.records.map(\.fields)
        == results.records.filter { Double($0.fields[score]).map { $0 >= least } == true }
        .map(\.fields))
    let candidate = try results.column("candidate")
    let names = Set(results.records.map { $0.fields[candidate] })
    #expect(names.isSubset(of: ["a dog", "something else, perhaps", ""]))
    #expect(results.records[12].fields[candidate].isEmpty)
    // Two candidates of twelve pairs.
    let report = settings.reportFolder
    let ranks = try Table(CSV(path: report + "/candidates.csv"), as: ScoreRankColumns.file)
      .checked()
    #expect(ranks.count == 24)
    let summary = try Table(
      CSV(path: report + "/candidates-summary.csv"), as: ScoreCandidateColumns.file
    ).checked()
    #expect(try summary[ScoreCandidateColumns.top].reduce(0, +) == 12)
    // The matrix has the cosines of the results.
    let matrix = try CSV(path: path("out/all.csv"))
    #expect(matrix.records.count == 6)
    let cosine = try results.column("cosine")
    for record in results.records.dropLast() {
      let column = try matrix.column(record.fields[1])
      let row = try #require(matrix.records.first { $0.fields[0] == record.fields[0] })
      let (one, other) = (Float(row.fields[column]), Float(record.fields[cosine]))
      #expect(try abs(#require(one) - #require(other)) < 1e-6)
    }
    #expect(try CSV(path: path("out/all-captions.csv")).records.count == matrix.header.count - 1)
    for (name, file) in [
      ("distribution.csv", ScoreDistributionColumns.file),
      ("summary.csv", ScoreSummaryColumns.file),
      ("measures.csv", ScoreMeasuresColumns.file), ("examples.csv", ScoreExampleColumns.file),
      ("matrix-map.csv", ScoreMapColumns.file),
    ] {
      #expect(try !Table(CSV(path: report + "/" + name), as: file).checked().isEmpty, "\(name)")
    }
    let manifest = try #require(try ScoreManifest.read(report + "/" + ScoreManifest.fileName))
    #expect(manifest.counts.kept == 4 && manifest.configuration["keep-top"] == "30%")
    #expect(manifest.outputs.count == 7 && manifest.outputs["candidates.csv"] != nil)
    #expect(manifest.messages.contains { $0.contains("line 2 is empty") })
  }

  @Test func `images are candidates too, and a rule by negCLIPLoss`() throws {
    var settings = try settings()
    settings.candidates = path("images")
    settings.curation = try CurationRule(
      keepTop: "2", minimumScore: nil, keepBy: "negcliploss")
    settings.kept = path("out/best.csv")
    _ = try run(settings)
    let results = try CSV(path: settings.output)
    let loss = try results.column("negcliploss")
    let best = results.records.compactMap { Double($0.fields[loss]) }.sorted(by: >)
    let kept = try CSV(path: path("out/best.csv")).records
    #expect(Set(kept.map { Double($0.fields[loss]) }) == Set(best.prefix(2)))
    #expect(try CSV(path: settings.reportFolder + "/candidates.csv").records.count == 72)
  }

  @Test func `what is wrong is told before the model is read`() throws {
    var settings = try settings()
    settings.model = path("no model")
    settings.candidates = try folder.write("a\na\n", "texts.txt")
    let error = #expect(throws: FileError.self) { try run(settings) }
    #expect(error?.file == settings.candidates)
    settings.candidates = nil
    for change in [
      { $0.kept = "kept.csv" },
      {
        $0.curation = CurationRule(top: .count(1), minimumScore: nil, measure: .negCLIPLoss)
        $0.batches = 0
      },
      {
        $0.curation = CurationRule(top: .count(1), minimumScore: nil)
        $0.kept = $0.output
      },
    ] as [(inout ScoreSettings) -> Void] {
      var wrong = settings
      change(&wrong)
      #expect(throws: OptionError.self) { try run(wrong) }
    }
    settings.matrix = try MatrixFiles(path("pairs.csv"))
    #expect(throws: OptionError.self) { try run(settings) }
  }
}
