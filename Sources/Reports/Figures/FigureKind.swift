import Images
import Runs

/// What a run's figures are made of.
struct FigureSource: Sendable {
  let run: ReportedRun
  let series: [NoiseSeries]
  /// The width that all figures are to have; nil for each as it needs.
  let width: FigureWidth?

  init(_ run: ReportedRun, width: FigureWidth? = nil) {
    self.run = run
    self.width = width
    series = NoiseSeries.all(run.conditions)
  }

  /// The width of a figure that pictures fill, which is not laid out anew.
  func width(_ own: FigureWidth) -> FigureWidth { width ?? own }

  /// Whether figures are to be as narrow as a column.
  var isNarrow: Bool { width == .oneColumn }

  /// The run's control, an encoder with random weights on the same images; without one its tables are not there.
  var control: RunDirectory { RunDirectory(run.directory.file(RunDirectory.controlFolder)) }

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
  /// Whether nobody misses it, as what it shows was not asked for.
  let isExpected: Bool

  init(_ reason: String, isExpected: Bool = false) {
    self.reason = reason
    self.isExpected = isExpected
  }
}

/// Figures that are made from the same tables.
struct FigureKind: Sendable {
  /// What the figures show, as messages call them.
  let text: String
  /// What their names are, or begin with before a hyphen and the kind of noise.
  let stems: [String]
  /// Makes them; throws `FigureLeftOut`, or `FileError` for a table that is damaged.
  let figures: @Sendable (FigureSource) throws -> [Figure]

  /// All kinds, in the order of reading.
  static let all = [
    ImageFigures.examples, ImageFigures.noise,
    AccuracyFigures.kind, CalibrationFigures.kind, ReliabilityFigures.kind,
    ProbeFigure.kind, FailureFigures.kind, TrackingFigures.kind, CorrelationFigures.kind,
    AddedFigure.kind,
    DiagramFigures.kind, ClassDiagramFigures.kind, DistanceFigures.kind,
    WitnessFigures.kind, MergeTreeFigures.kind,
    AngleFigures.kind, AngleNullFigures.kind, CosineFigures.kind, LayoutFigures.kind,
  ]

  /// Whether a figure of some run can have that name.
  ///
  /// - Parameters:
  ///   - name: The figure's name.
  ///   - noises: Kinds of noise that are meant besides those that are registered.
  /// - Returns: Whether it is one of ours.
  static func isFigure(_ name: String, noises: Set<String>) -> Bool {
    all.flatMap(\.stems).contains { stem in
      guard name != stem else { return true }
      guard name.hasPrefix(stem + "-") else { return false }
      let end = String(name.dropFirst(stem.count + 1))
      return end == NoiseSeries.cleanName || noises.contains(end) || NoiseKind(named: end) != nil
    }
  }
}
