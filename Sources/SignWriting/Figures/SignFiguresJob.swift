import Analyses
import FileAnalyses
import Files
import Foundation
import LinearAlgebra
import Pages
import RunAnalyses
import Runs

/// How models tell drawn signs apart: cosines of all pairs of a sample, and the nearest of given signs.
package struct SignFiguresJob: Job, Sendable {
  private let settings: SignFiguresSettings
  private let queries: [SignColumn]
  private let isQuiet: Bool

  /// The bins of a histogram over [−1, 1].
  private static let bins = 200
  private static let imageFolder = "images"

  /// A job with settings.
  ///
  /// - Parameters:
  ///   - settings: What is compared on what.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`, for a sign that is none with the position in it.
  package init(_ settings: SignFiguresSettings, isQuiet: Bool) throws {
    try settings.validate()
    queries = try settings.queries.map { text in
      do {
        return try SignColumn(text)
      } catch {
        throw OptionError("--signs \(text.prefix(200)): \(error)")
      }
    }
    try require(
      Set(queries.map(\.fsw)).count == queries.count, "--signs names a sign twice; name each once")
    try requireSeparateFiles(
      Self.fileNames.map { settings.output + "/" + $0 }, inputs: [settings.table])
    self.settings = settings
    self.isQuiet = isQuiet
  }

  /// The tables and the page that are written, besides drawings and embeddings.
  private static let fileNames =
    [
      SignColumns.file, SignColumns.queries, SimilarityColumns.file, SimilaritySummaryColumns.file,
      SignNeighborColumns.file,
    ].map(\.pattern.text) + ["neighbors.html"]

  /// Draws, embeds, compares, and writes everything.
  ///
  /// - Returns: Nothing for standard output; a line a model goes to standard error.
  /// - Throws: `FileError` or `RunError` that says what is wrong, where, and what to do.
  package func run() throws -> String {
    try RunLock.hold(settings.output) { try runAlone() }
  }

  private func runAlone() throws -> String {
    let known = try knownSigns()
    let canvas = settings.rendering.canvas ?? 0
    let images = try SignImageFolder(
      path(Self.imageFolder),
      renderer: SignRenderer(fonts: settings.fonts, settings: settings.rendering),
      isQuiet: isQuiet)
    let (sample, undrawable) = try SignSample.drawn(
      from: known, count: settings.sample, seed: settings.seed, images: images)
    guard sample.entries.count > 1 else {
      throw FileError(
        settings.table,
        "has \(sample.entries.count) signs that can be drawn on \(canvas) pixels; pairs need two"
      )
    }
    if undrawable > 0 {
      announce(
        "\(undrawable) signs are larger than \(canvas) pixels or cannot be drawn; "
          + "others took their places", isQuiet: isQuiet)
    }
    let texts = Dictionary(known.map { ($0.column.fsw, $0.text) }) { first, _ in first }
    let asked = try SignSample.drawn(
      queries.map { column in
        let own = SignFiguresSettings.hello.contains(column.fsw) ? "hello" : ""
        return SignSample.Entry(column: column, text: texts[column.fsw] ?? own)
      }, images: images)
    try write(sample.table(SignColumns.file, folder: Self.imageFolder))
    try write(asked.table(SignColumns.queries, folder: Self.imageFolder))
    let models = try zip(settings.models, settings.modelNames).map { model, name in
      try compared(model, name: name, sample, asked)
    }
    try write(neighbors(models, sample, asked))
    let similarity = SimilarityTable(
      models.map { ($0.name, sample.entries.count, $0.distribution) }, keepsDuplicates: true)
    try AtomicFile.write(similarity.csv, to: path(SimilarityColumns.file.pattern.text))
    try AtomicFile.write(similarity.summary, to: path(SimilaritySummaryColumns.file.pattern.text))
    let page = try SignNeighborPage(
      models: models, sample: sample, queries: asked, seed: settings.seed
    ).html()
    try AtomicFile.write(page.markup, to: path("neighbors.html"))
    for line in similarity.messages { announce(line, isQuiet: isQuiet) }
    return ""
  }

  private func path(_ name: String) -> String { settings.output + "/" + name }

  private func write(_ table: Table) throws {
    try AtomicFile.write(table.csv, to: path(table.file))
  }

  /// The distinct signs of the table, in its order, each with what it means first.
  private func knownSigns() throws -> [SignSample.Entry] {
    let table = try SignTable(
      path: settings.table, signColumn: settings.signColumn, captionColumn: settings.textColumn)
    var seen: Set<String> = []
    let known = table.rows.filter { seen.insert($0.column.fsw).inserted }.map {
      SignSample.Entry(column: $0.column, text: $0.caption)
    }
    guard !known.isEmpty else {
      throw FileError(
        settings.table,
        "has no row with a sign in the column \(settings.signColumn) and a text in \(settings.textColumn)"
      )
    }
    if !table.skipped.isEmpty {
      announce(
        "\(table.skipped.count) rows of \(settings.table) have no sign or no text and are passed over",
        isQuiet: isQuiet)
    }
    return known
  }

  /// Embeds by a model, writes the embeddings and finds the neighbours.
  private func compared(
    _ model: String, name: String, _ sample: SignSample, _ asked: SignSample
  ) throws -> SignNeighborPage.Model {
    let embeddings = try SignEmbeddings(model, of: sample, and: asked, isQuiet: isQuiet)
    try AtomicFile.write(NumPyFile.encode(embeddings.sample), to: path("embeddings/\(name).npy"))
    try AtomicFile.write(NumPyFile.encode(embeddings.queries), to: path("queries/\(name).npy"))
    let distribution = try analyzing(model) {
      // The signs differ, whatever their embeddings do.
      try CosineDistribution(
        of: UnitRows(embeddings.sample), bins: Self.bins, keepsDuplicates: true,
        control: .interruptible(isQuiet: isQuiet))
    }
    return SignNeighborPage.Model(
      name: name, distribution: distribution,
      neighbors: asked.entries.enumerated().map { place, query in
        embeddings.nearest(to: place, count: settings.neighborCount) {
          sample.entries[$0].column.fsw == query.column.fsw
        }
      })
  }

  private func neighbors(
    _ models: [SignNeighborPage.Model], _ sample: SignSample, _ asked: SignSample
  ) -> Table {
    var table = Table(SignNeighborColumns.file)
    for (place, query) in asked.entries.enumerated() {
      for model in models {
        for (rank, neighbor) in model.neighbors[place].enumerated() {
          let entry = sample.entries[neighbor.row]
          table.append([
            SignNeighborColumns.query(query.column.fsw), SignNeighborColumns.model(model.name),
            SignNeighborColumns.rank(rank + 1), SignNeighborColumns.sign(entry.column.fsw),
            SignNeighborColumns.text(entry.text),
            SignNeighborColumns.cosine(Double(neighbor.cosine)),
          ])
        }
      }
    }
    return table
  }
}
