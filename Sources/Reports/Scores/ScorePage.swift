import Files
import Foundation
import Pages
import Runs

/// The page of a folder of scores: how far pairs lie from shuffled ones, figures, pairs to look at.
struct ScorePage {
  private let scores: ReportedScores
  private let figures: FigureReport
  /// What a reader has to know of the tables before all else.
  private let remarks: [String]
  /// The pairs to look at.
  private let examples: ScoreExamples

  /// - Throws: `FileError` naming a table that is damaged; `RunError.interrupted`.
  init(_ scores: ReportedScores, figures: FigureReport, remarks: [String] = []) throws {
    self.scores = scores
    self.figures = figures
    self.remarks = remarks
    examples = try ScoreExamples(scores)
  }

  private var manifest: ScoreManifest { scores.manifest }

  /// The page.
  ///
  /// - Throws: `FileError` naming a table or figure that is damaged.
  func html() throws -> HTML {
    var page = PageDocument(
      title: "topoclip scores: \(Self.name(manifest.input))", facts: facts,
      styles: examples.thumbnails.styles + PairCards.styles,
      source: "The tables behind every number lie in the folder of this page.")
    page.add(RunPage.remarksName, RunPage.remarksHeading, remarks.isEmpty ? "" : .list(remarks))
    page.add("summary", "Summary", summary)
    page.add(
      "scores", "How scores are distributed",
      try html(ofFigures: [ScoreDistributionFigure.kind, ScoreMeasuresFigure.kind]))
    for group in examples.groups {
      page.add(group.id, group.heading, group.html)
    }
    page.add(
      "candidates", "Candidates",
      try html(ofFigures: [ScoreCandidatesFigure.kind]) + candidates())
    page.add("matrix", "All images with all captions", try html(ofFigures: [ScoreMapFigure.kind]))
    page.add(
      "inputs", "What to know of the inputs",
      manifest.messages.isEmpty ? "" : .list(manifest.messages))
    page.add("missing", "What is missing", missing, isFolded: true)
    page.add("cite", "How to cite", Citations.html(Self.papers), isFolded: true)
    page.add("stages", "Time and memory", stages, isFolded: true)
    page.add(
      "versions", "Versions, seeds and settings",
      try ManifestSection(manifest, path: scores.directory.file(ScoreManifest.fileName)).html(),
      isFolded: true)
    return page.html
  }

  private static func name(_ path: String) -> String { (path as NSString).lastPathComponent }

  private var facts: HTML {
    let counts = manifest.counts
    var parts = [
      Wording.count(counts.records, "pair"), "\(Wording.grouped(counts.scored)) with a score",
      Wording.count(counts.distinctImages, "distinct image"),
      Wording.count(counts.distinctCaptions, "distinct caption"),
    ]
    if let model = manifest.model?.name { parts.append("model \(model)") }
    if let finished = manifest.finishedAt {
      parts.append("finished \(finished.formatted(.iso8601))")
    }
    return HTML.paragraph(parts.joined(separator: " · "), class: "facts")
  }

  // MARK: Summary

  private var summary: HTML {
    let sentences = ScoreSentences(scores)
    let answer = sentences.answer.map { HTML.paragraph($0) }.joined()
    var html: HTML = "<div class=\"answer\">\(answer)</div>\n"
    if !sentences.limits.isEmpty {
      html += """
        <div class="limits"><h3>What the scores leave out</h3>
        \(HTML.list(sentences.limits))</div>

        """
    }
    return html + summaryTable
  }

  /// `summary.csv`, a line a quantity.
  private var summaryTable: HTML {
    let entries = scores.summary.entries
    guard !entries.isEmpty else { return "" }
    let hasMethods = entries.contains { $0.method?.isEmpty == false }
    var table = SortableTable(
      columns: [
        .init(title: "quantity", isNumeric: false), .init(title: "estimate", isNumeric: true),
        .init(title: "by chance", isNumeric: true), .init(title: "of", isNumeric: true),
      ] + (hasMethods ? [.init(title: "interval by", isNumeric: false)] : []))
    for entry in entries {
      let interval = entry.interval.map { interval -> HTML in
        let ends = [interval.low, interval.high].map(entry.quantity.text).joined(separator: ", ")
        return " <span class=\"interval\">[\(HTML.unbroken(ends))]</span>"
      }
      let cells: [HTML] = [
        "\(entry.words)",
        "\(HTML.unbroken(entry.quantity.text(entry.estimate)))\(interval ?? "")",
        "\(HTML.unbroken(entry.chance.map(entry.quantity.text) ?? ""))",
        "\(Wording.grouped(entry.count)) \(entry.counted)",
      ]
      table.append(cells + (hasMethods ? ["\(entry.method ?? "")"] : []))
    }
    let file = ScoreSummaryColumns.file.pattern.text
    return """
      <h3 id="table-summary">In numbers</h3>
      \(HTML.paragraph("In brackets 95 % intervals. File: \(file).", class: "note"))\
      \(table.html(labelledBy: "table-summary", file: file))
      """
  }

  // MARK: Parts

  private func html(ofFigures kinds: [NamedFigure<ReportedScores>]) throws -> HTML {
    try figures.figures.filter { figure in kinds.contains { $0.name == figure.name } }.html()
  }

  private func candidates() throws -> HTML {
    guard let table = try scores.table(ScoreCandidateColumns.file), !table.isEmpty else {
      return ""
    }
    return try PageTable(
      file: ScoreCandidateColumns.file, title: "Candidates in numbers",
      caption:
        "Probabilities are those of a softmax over the candidates at the model's logit scale.",
      columns: [
        PageColumn(ScoreCandidateColumns.candidate),
        PageColumn(ScoreCandidateColumns.top, "pairs for which it is the likeliest"),
        PageColumn(ScoreCandidateColumns.meanProbability, as: .distance),
      ], order: .descending(ScoreCandidateColumns.top)
    ).html(table, id: "table-candidates")
  }

  private var missing: HTML {
    let items = figures.messages + examples.problems.map { "A picture is missing: \($0)." }
    return items.isEmpty ? "" : .list(items)
  }

  /// What each stage took.
  private var stages: HTML {
    guard !manifest.stages.isEmpty else { return "" }
    var table = SortableTable(columns: [
      .init(title: "stage", isNumeric: false), .init(title: "wall, s", isNumeric: true),
      .init(title: "user, s", isNumeric: true), .init(title: "system, s", isNumeric: true),
      .init(title: "peak memory, MiB", isNumeric: true),
    ])
    func seconds(_ value: Double?) -> HTML {
      "\(value.map { String(format: "%.2f", $0) } ?? "")"
    }
    for stage in manifest.stages {
      table.append([
        "\(stage.stage)", seconds(stage.wallSeconds), seconds(stage.userSeconds),
        seconds(stage.systemSeconds), "\(Wording.grouped(stage.peakMemoryBytes >> 20))",
      ])
    }
    return "<h3 id=\"table-stages\">Stages</h3>\n" + table.html(labelledBy: "table-stages")
  }

  private static let papers = [
    Citations.clip,
    Paper(
      what: "CLIPScore",
      reference:
        "Hessel et al. 2021, CLIPScore: A reference-free evaluation metric for image captioning",
      doi: "10.18653/v1/2021.emnlp-main.595", file: nil),
    Paper(
      what: "negCLIPLoss",
      reference:
        "Wang et al. 2024, CLIPLoss and norm-based data selection methods for multimodal contrastive learning",
      doi: "10.48550/arXiv.2405.19547", file: nil),
  ]
}
