import Files
import Foundation
import LinearAlgebra
import Runs

/// The figures of a run directory, drawn by gnuplot.
package enum Figures {
  /// Draws every figure that the tables of a run allow, to `figures/NAME.svg` and so on, a file a format.
  ///
  /// Figures of an earlier run that the tables no longer allow are removed. Several are drawn at once.
  ///
  /// - Parameters:
  ///   - run: The run; only its tables and pictures are read, nothing is computed anew.
  ///   - options: The formats of the files, and the width if it is not each figure's own.
  /// - Returns: The figures drawn and a sentence for each kind that was not: for a missing gnuplot, a missing
  ///   table and an error of gnuplot, which is a failure too. The rest is drawn all the same.
  /// - Throws: `FileError` for what cannot be written or a table that is damaged, naming the line;
  ///   `RunError.interrupted`.
  package static func draw(
    run: ReportedRun, options: FigureOptions = FigureOptions()
  ) throws -> FigureReport {
    try draw(run: run, options: options, gnuplot: Gnuplot())
  }

  /// Draws the curves of a training directory, to `figures/training.svg` and so on in it.
  ///
  /// - Parameters:
  ///   - trainingLog: A `log.jsonl` as `topoclip train` writes it.
  ///   - options: The formats of the files, and the width if it is not the figure's own.
  /// - Returns: As `draw(run:)`.
  /// - Throws: `FileError` for what cannot be written or a log that is damaged, naming the line.
  package static func draw(
    trainingLog: String, options: FigureOptions = FigureOptions()
  ) throws -> FigureReport {
    try draw(trainingLog: trainingLog, options: options, gnuplot: Gnuplot())
  }

  /// Draws the figures that the tables of a folder allow, likewise, each of them one of its kind.
  ///
  /// - Parameters:
  ///   - kinds: All figures that such a folder may have.
  ///   - source: What they are made of.
  ///   - folder: The folder.
  ///   - options: The formats of the files, and the width if it is not each figure's own.
  ///   - gnuplot: What draws them.
  /// - Returns: As `draw(run:)`.
  /// - Throws: `FileError` for what cannot be written or a table that is damaged, naming the line;
  ///   `RunError.interrupted`.
  static func draw<Source>(
    _ kinds: [NamedFigure<Source>], of source: Source, in folder: String,
    options: FigureOptions = FigureOptions(), gnuplot: Gnuplot = Gnuplot()
  ) throws -> FigureReport {
    let made = try Parallel.tryMap(count: kinds.count) { index -> Plan in
      try Interruption.check()
      return try plan(kinds[index].text) { [try kinds[index].figure(source)] }
    }
    let report = try draw(
      Plan(figures: made.flatMap(\.figures), messages: made.flatMap(\.messages)), of: folder,
      options, gnuplot)
    let names = Set(kinds.map(\.name))
    removeStale(in: folder + "/figures", of: report) { names.contains($0) }
    return report.report
  }

  /// Removes the figures of a run directory that has no page: they are of an earlier run, whose page a sweep of
  /// another configuration took away.
  ///
  /// - Parameter run: The run directory; files of the user's own in its `figures/` stay.
  package static func removeStale(run: String) {
    guard (try? FileStatus(run + "/report.html") == nil) == true else { return }
    let conditions = (try? RunDirectory(run).conditions()) ?? []
    let noises = Set(conditions.compactMap(\.noise))
    removeStale(in: run + "/figures", keeping: []) { FigureKind.isFigure($0, noises: noises) }
  }

  static func draw(
    run: ReportedRun, options: FigureOptions = FigureOptions(), gnuplot: Gnuplot
  ) throws -> FigureReport {
    let source = FigureSource(run, width: options.width)
    let kinds = FigureKind.all
    let made = try Parallel.tryMap(count: kinds.count) { index -> Plan in
      try Interruption.check()
      return try plan(kinds[index].text) { try kinds[index].figures(source) }
    }
    let folder = run.directory.file("figures")
    let report = try draw(
      Plan(
        figures: withOwnNames(made.flatMap(\.figures)), messages: made.flatMap(\.messages)),
      of: run.directory.path, options, gnuplot)
    let noises = Set(source.series.compactMap(\.kind))
    removeStale(in: folder, of: report) { FigureKind.isFigure($0, noises: noises) }
    return report.report
  }

  static func draw(
    trainingLog: String, options: FigureOptions = FigureOptions(), gnuplot: Gnuplot
  ) throws -> FigureReport {
    let plan = try plan("curves of the training") { try [TrainingFigure.figure(log: trainingLog)] }
    let directory = URL(fileURLWithPath: trainingLog).deletingLastPathComponent().path
    return try draw(plan, of: directory, options, gnuplot).report
  }

  // MARK: Steps

  /// Figures to draw, and what is said of those left out.
  private struct Plan: Sendable {
    var figures: [Figure] = []
    var messages: [String] = []
  }

  private struct Result: Sendable {
    let report: FigureReport
    /// Whether gnuplot was there.
    let isComplete: Bool
  }

  /// The figures, none with the name of another: kinds of noise may be called so that the names of two figures are one,
  /// as those of the diagrams of `classes-fog` and of the classes' diagrams of `fog`.
  static func withOwnNames(_ figures: [Figure]) -> [Figure] {
    var count: [String: Int] = [:]
    return figures.map { figure in
      var figure = figure
      let number = count[figure.name, default: 0] + 1
      count[figure.name] = number
      // No kind has a point in its name.
      if number > 1 { figure.name += ".\(number)" }
      return figure
    }
  }

  private static func plan(_ text: String, _ figures: () throws -> [Figure]) throws -> Plan {
    do {
      let figures = try figures()
      return figures.isEmpty
        ? Plan(messages: ["No \(text): their tables have nothing to show."])
        : Plan(figures: figures)
    } catch let left as FigureLeftOut {
      return Plan(messages: left.isExpected ? [] : ["No \(text): \(left.reason)."])
    }
  }

  private static func draw(
    _ plan: Plan, of directory: String, _ options: FigureOptions, _ gnuplot: Gnuplot
  ) throws -> Result {
    enum Outcome: Sendable {
      case drawn(DrawnFigure, warning: String, digests: [String: String])
      case failed(String)
      case notInstalled
    }
    let scratch = try FigureScratch(in: directory)
    defer { scratch.remove() }
    let outcomes = try Parallel.tryMap(count: plan.figures.count) { index -> Outcome in
      try Interruption.check()
      let figure = plan.figures[index]
      do {
        let drawing = try gnuplot.draw(figure, options, in: scratch)
        let name = "figures/" + figure.name + "."
        let path = directory + "/" + name
        var digests: [String: String] = [:]
        for (format, data) in drawing.files {
          try AtomicFile.writeInPlace(data, to: path + format.rawValue)
          digests[name + format.rawValue] = "\(Digest(of: data))"
        }
        func written(_ format: FigureFormat) -> String? {
          drawing.files[format].map { _ in path + format.rawValue }
        }
        let drawn = DrawnFigure(
          name: figure.name, title: figure.title, caption: figure.caption, section: figure.section,
          width: options.width ?? figure.width, size: drawing.size, svgPath: written(.svg),
          pngPath: written(.png), pdfPath: written(.pdf))
        return .drawn(drawn, warning: drawing.warning, digests: digests)
      } catch Gnuplot.Failure.notInstalled {
        return .notInstalled
      } catch Gnuplot.Failure.failed(let text) {
        return .failed(text)
      }
    }
    var report = FigureReport(figures: [], messages: plan.messages)
    var isInstalled = true
    for (figure, outcome) in zip(plan.figures, outcomes) {
      switch outcome {
      case .drawn(let drawn, let warning, let digests):
        report.figures.append(drawn)
        report.digests.merge(digests) { $1 }
        if !warning.isEmpty {
          report.messages.append("gnuplot warns of \(figure.name): \(warning).")
        }
      case .failed(let text):
        report.messages.append("gnuplot could not draw \(figure.name): \(text).")
        report.failures.append(figure.name)
      case .notInstalled: isInstalled = false
      }
    }
    if !report.figures.isEmpty, options.formats == [.pdf] {
      report.messages.append(
        "The page shows no figures, as they were drawn as PDF alone: --figure-format svg,pdf draws both."
      )
    }
    if !isInstalled {
      report.messages.insert(
        "No figures: the program \(gnuplot.program) is not installed; install gnuplot "
          + "(Debian: apt-get install gnuplot-nox) and run topoclip report again.", at: 0)
    }
    return Result(report: report, isComplete: isInstalled)
  }

  /// Removes figures of ours that were not drawn this time; of what gnuplot failed to draw, an earlier drawing stays.
  private static func removeStale(
    in folder: String, of result: Result, isOurs: (_ name: String) -> Bool
  ) {
    guard result.isComplete else { return }
    let failed = result.report.failures.flatMap { name in
      FigureFormat.allCases.map { "\(name).\($0.rawValue)" }
    }
    let drawn = result.report.figures.flatMap(\.paths).map { ($0 as NSString).lastPathComponent }
    removeStale(in: folder, keeping: drawn + failed, isOurs: isOurs)
  }

  /// Removes figures that have a name of ours and were not drawn; files of the user's own stay.
  private static func removeStale(
    in folder: String, keeping files: [String], isOurs: (_ name: String) -> Bool
  ) {
    let kept = Set(files)
    for file in (try? FolderContents.textNames(of: folder)) ?? [] {
      guard let match = file.wholeMatch(of: /(.+?)(?:\.[0-9]+)?\.(?:svg|png|pdf)/) else { continue }
      if isOurs(String(match.1)), !kept.contains(file) {
        try? FileManager.default.removeItem(atPath: folder + "/" + file)
      }
    }
  }
}
