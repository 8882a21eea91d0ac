import Files
import Fixtures
import Foundation
import Images
import Pages
import Runs

@testable import Reports

/// A folder of scores, its tables written by their declarations and its numbers by formulas.
struct HandmadeScores {
  /// A pair of `examples.csv`.
  struct Example {
    var group: String
    var image: String
    var caption: String
    var score: Double
  }

  let folder: TemporaryFolder
  var manifest: ScoreManifest

  var path: String { folder.path }

  /// In a folder, `pairs` pairs with summary and distribution.
  init(
    in folder: TemporaryFolder, pairs: Int = 1_000,
    area: (Double, Double, Double) = (0.93, 0.92, 0.94), kept: Bool = true
  ) throws {
    self.folder = folder
    var counts = ScoreManifest.Counts()
    counts.records = pairs + 2
    counts.scored = pairs
    counts.truncated = 1
    counts.distinctImages = pairs / 2
    counts.distinctCaptions = pairs
    counts.kept = kept ? pairs / 4 : nil
    manifest = ScoreManifest(
      arguments: ["topoclip", "score"], finishedAt: Date(timeIntervalSince1970: 0),
      configuration: ["seed": "0", "batches": "4"], input: folder.path + "/pairs.csv",
      inputDigest: "ab", output: folder.path + "/results.csv", counts: counts, outputs: [:],
      messages: ["The column caption was guessed."], stages: [])
    try summary(pairs, area)
    try distribution(pairs, kept: kept)
    try finish()
  }

  /// Writes a table, and its digest into the manifest.
  mutating func write(_ table: Table) throws { try write(table.csv, table.file) }

  /// Writes a table as text.
  mutating func write(_ text: String, _ name: String) throws {
    _ = try folder.write(text, name)
    manifest.outputs[name] = "\(Digest(of: text))"
  }

  /// Writes the manifest.
  func finish() throws { try manifest.write(to: path + "/score.json") }

  /// Opens it.
  func opened() throws -> ReportedScores { try ReportedScores(path) }

  /// Draws its figures.
  func figures() throws -> FigureReport {
    try Figures.draw(ScoreFigures.all, of: opened(), in: path)
  }

  /// The page without figures.
  func page(remarks: [String] = []) throws -> String {
    try ScorePage(
      opened(), figures: FigureReport(figures: [], messages: []), remarks: remarks
    ).html().markup
  }

  private mutating func summary(_ pairs: Int, _ area: (Double, Double, Double)) throws {
    var table = Table(ScoreSummaryColumns.file)
    func add(
      _ name: String, _ values: (Double, Double, Double), _ count: Int, chance: Double? = nil
    ) {
      table.append([
        ScoreSummaryColumns.quantity(name), ScoreSummaryColumns.estimate(values.0),
        ScoreSummaryColumns.low(values.1), ScoreSummaryColumns.high(values.2),
        ScoreSummaryColumns.interval("jackknife"), ScoreSummaryColumns.count(count),
        ScoreSummaryColumns.chance(chance),
      ])
    }
    add("mean_score", (24.3125, 24.11, 24.5), pairs)
    add("mean_shuffled", (18, 17.75, 18.25), pairs)
    add("area_under_curve", area, pairs, chance: 0.5)
    for nearest in [1, 5] {
      let chance = Double(nearest) / Double(pairs)
      add(
        "recall_at_\(nearest)_image_to_text", (0.34, 0.31, 0.37), pairs / 2, chance: chance)
      add("recall_at_\(nearest)_text_to_image", (0.25, 0.22, 0.28), pairs, chance: chance)
    }
    try write(table)
  }

  private mutating func distribution(_ pairs: Int, kept: Bool) throws {
    var table = Table(ScoreDistributionColumns.file)
    for bin in 0..<200 {
      let low = Double(bin) - 100
      func count(_ mean: Double, _ deviation: Double) -> Int {
        let place = (low + 0.5 - mean) / deviation
        return Int(Double(pairs) * exp(-place * place / 2) / (deviation * 2.5066))
      }
      let matched = count(24.3, 3)
      table.append([
        ScoreDistributionColumns.low(low), ScoreDistributionColumns.high(low + 1),
        ScoreDistributionColumns.matched(matched),
        ScoreDistributionColumns.shuffled(count(18, 3.4)),
        ScoreDistributionColumns.kept(kept ? (low >= 26 ? matched : 0) : nil),
      ])
    }
    try write(table)
  }

  /// Writes what scoring writes when more is asked for: measures, the matrix and candidates.
  mutating func addAll(candidates: [String] = ["a dog", "a cat"], tiles: Int = 20) throws {
    var measures = Table(ScoreMeasuresColumns.file)
    for x in 0..<30 {
      for y in 0..<30 {
        let (a, b) = ((Double(x) - 15) / 5, (Double(y) - 15) / 5)
        let count = Int(400 * exp(-(a * a - 1.6 * a * b + b * b)))
        guard count > 0 else { continue }
        measures.append([
          ScoreMeasuresColumns.scoreLow(Double(x)), ScoreMeasuresColumns.scoreHigh(Double(x + 1)),
          ScoreMeasuresColumns.low(Double(y - 20) / 100),
          ScoreMeasuresColumns.high(Double(y - 19) / 100), ScoreMeasuresColumns.count(count),
        ])
      }
    }
    try write(measures)
    var map = Table(ScoreMapColumns.file)
    for image in 0..<tiles {
      for text in 0..<tiles {
        map.append([
          ScoreMapColumns.image(25 * image), ScoreMapColumns.text(50 * text),
          ScoreMapColumns.cosine(
            0.18 + 0.02 * sin(Double(7 * image + 3 * text)) + (image == text ? 0.07 : 0)),
        ])
      }
    }
    try write(map)
    var summary = Table(ScoreCandidateColumns.file)
    for (place, name) in candidates.enumerated() {
      summary.append([
        ScoreCandidateColumns.candidate(name), ScoreCandidateColumns.top(500 / (place + 1)),
        ScoreCandidateColumns.meanProbability(0.4 / Double(place + 1)),
      ])
    }
    try write(summary)
    try finish()
  }

  /// Writes pairs to look at.
  mutating func addExamples(_ examples: [Example]) throws {
    var table = Table(ScoreExampleColumns.file)
    for (record, example) in examples.enumerated() {
      table.append([
        ScoreExampleColumns.group(example.group), ScoreExampleColumns.record(record),
        ScoreExampleColumns.image(example.image), ScoreExampleColumns.caption(example.caption),
        ScoreExampleColumns.score(example.score), ScoreExampleColumns.negCLIPLoss(-0.125),
      ])
    }
    try write(table)
    try finish()
  }
}
