import Runs

/// A part of a run's page: its figures, then its tables.
package struct PageSection: Sendable {
  /// Its anchor.
  let name: String
  /// The heading on the page.
  let heading: String
  /// The papers whose methods its tables and figures show.
  let papers: [Paper]
  /// What the tables say, in words; none where the run has none of them.
  let sentences: @Sendable (ReportedRun) throws -> [String]
  /// The tables, in order.
  let tables: [PageTable]

  init(
    _ name: String, _ heading: String, papers: [Paper] = [],
    sentences: @escaping @Sendable (ReportedRun) throws -> [String] = { _ in [] },
    tables: [PageTable] = []
  ) {
    self.name = name
    self.heading = heading
    self.papers = papers
    self.sentences = sentences
    self.tables = tables
  }

  /// All parts, in the order of reading.
  static let all: [PageSection] = [
    images,
    accuracy,
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

extension PageTable.Column {
  /// What a row of a table of conditions is of.
  static let condition = [
    PageTable.Column(ConditionColumns.noise), PageTable.Column(ConditionColumns.level),
    PageTable.Column(ConditionColumns.seed),
  ]
}
