import Runs

/// What a run's figures are made of.
struct FigureSource: Sendable {
  let run: ReportedRun
  let series: [NoiseSeries]

  init(_ run: ReportedRun) {
    self.run = run
    series = NoiseSeries.all(run.conditions)
  }

  /// A table that a figure cannot do without.
  ///
  /// - Throws: `FigureLeftOut` when the run has none, or none with rows.
  func required(_ name: String) throws -> ReportTable {
    guard let table = try run.table(name) else {
      throw FigureLeftOut("the run directory has no \(name)")
    }
    guard !table.rows.isEmpty else { throw FigureLeftOut("\(name) has no rows") }
    return table
  }
}

extension FigureSource {
  /// A table that a figure cannot do without.
  ///
  /// - Throws: `FigureLeftOut` when the run has none, or none with rows.
  func required(_ file: RunFile, at path: String? = nil) throws -> Table {
    let name = path ?? file.pattern.text
    guard let table = try run.table(file, at: path) else {
      throw FigureLeftOut("the run directory has no \(name)")
    }
    guard !table.isEmpty else { throw FigureLeftOut("\(name) has no rows") }
    return table
  }
}

/// Why a figure is left out, as the end of a sentence.
struct FigureLeftOut: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

/// Figures that are made from the same tables.
struct FigureKind: Sendable {
  /// What the figures show, as messages call them.
  let text: String
  /// What their names begin with; the end of a name is the kind of noise, if anything.
  let stems: [String]
  /// Makes them; throws `FigureLeftOut`, or `FileError` for a table that is damaged.
  let figures: @Sendable (FigureSource) throws -> [Figure]

  /// All kinds, in the order of reading.
  static let all = [
    ImageFigures.examples, ImageFigures.noise,
    AccuracyFigures.kind, CalibrationFigures.kind, ReliabilityFigures.kind,
    LinkFigures.kind,
    DiagramFigures.kind, ClassDiagramFigures.kind, DistanceFigures.kind,
    WitnessFigures.kind, MergeTreeFigures.kind,
    AngleFigures.kind, CosineFigures.kind, LayoutFigures.kind,
  ]
}
