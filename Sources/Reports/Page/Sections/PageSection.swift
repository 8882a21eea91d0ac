import RunAnalyses
import Runs

/// A part of a run's page: sentences, figures, then tables.
package struct PageSection: Sendable {
  /// What the parts tell in words.
  typealias Sentences = @Sendable (_ run: ReportedRun, _ noise: String?) throws -> [Sentence]

  /// Its anchor.
  let name: String
  /// The heading on the page.
  let heading: String
  /// The papers whose methods its tables and figures show.
  let papers: [Paper]
  /// Whether it is folded away at first.
  let isFolded: Bool
  /// The figures, by what their names begin with before a hyphen and the kind of noise, that are folded away with
  /// the others that are for those who want to know all.
  let foldedFigures: Set<String>
  /// What the tables say, in words, of one kind of noise, or of all together where it is nil; none where the run
  /// has none of them.
  let sentences: Sentences
  /// The tables, in order.
  let tables: [PageTable]

  init(
    _ name: String, _ heading: String, papers: [Paper] = [], isFolded: Bool = false,
    foldedFigures: Set<String> = [], sentences: @escaping Sentences = { _, _ in [] },
    tables: [PageTable] = []
  ) {
    self.name = name
    self.heading = heading
    self.papers = papers
    self.isFolded = isFolded
    self.foldedFigures = foldedFigures
    self.sentences = sentences
    self.tables = tables
  }

  /// All parts, in the order of reading.
  static let all: [PageSection] = [
    images,
    accuracy,
    failures,
    probes,
    link,
    topology,
    witnesses,
    merging,
    geometry,
    layouts,
    training,
  ]
}

extension PageSection: Equatable {
  /// Whether two are the same part.
  package static func == (a: PageSection, b: PageSection) -> Bool { a.name == b.name }
}

extension PageColumn {
  /// What a row of a table of conditions is of.
  static let condition = [
    PageColumn(ConditionColumns.noise), PageColumn(ConditionColumns.level),
    PageColumn(ConditionColumns.seed),
  ]
}
