import CLIP
import Datasets
import Embedding
import Files
import LinearAlgebra
import RunAnalyses
import Runs

/// What a sweep would do: which cells it would embed, and which units of its analyses it would compute.
///
/// The time is estimated from a short trial of the encoder. Nothing is written.
extension Sweep {
  /// The tables of cells and of units, for a person.
  package func dryRun() throws -> String {
    var text = ""
    if let source = experiment.embeddings {
      let imported = try ImportedEmbeddings(source)
      text =
        "\(source): \(imported.conditions.count) conditions are made already; nothing to embed\n"
      var chosen = try chosenAnalyses()
      try require(&chosen, of: imported.samples)
      text += try units(
        context(
          chosen, samples: imported.samples, conditions: imported.conditions,
          logitScale: imported.text == nil ? nil : Self.importedLogitScale,
          source: RunContext.Source {
            try imported.embeddings($0)
          } classes: {
            try imported.unitText()
          }))
    } else {
      text = try embedding()
    }
    if experiment.hasControl {
      var chosen = try chosenAnalyses()
      chosen.remove(LayoutsAnalysis.name)
      text += "\nthe control, with random weights:\n" + (try control(chosen).dryRun())
    }
    return text
  }

  private func embedding() throws -> String {
    let (model, store) = try openModel()
    let plan = try plan(model: model, store: store)
    reportLeftOut(plan.leftOut)
    reportCells(plan.inventory)
    let waiting = plan.waiting
    let rate =
      try waiting.isEmpty
      ? 1
      : ImageEncoder(plan.tower ?? model.visionTower(experiment.precision.arithmetic)).trialRate()
    var lines = [["condition", "cells", "cached", "to run", "images to run", "estimated"]]
    func line(_ name: String, _ conditions: [Condition]) -> [String] {
      let cells = plan.cells.count { conditions.contains($0.condition) }
      let toRun = waiting.filter { conditions.contains($0.cell.condition) }
      let images = toRun.reduce(0) { $0 + $1.missing.count }
      return [
        name, "\(cells)", "\(cells - toRun.count)", "\(toRun.count)", "\(images)",
        ProgressBar.duration(Double(images) / rate),
      ]
    }
    for condition in experiment.conditions {
      lines.append(line(condition.name, [condition]))
    }
    lines.append(line("all", experiment.conditions))

    var chosen = try chosenAnalyses()
    try require(&chosen, of: plan.samples)
    var text: Matrix<Float>?
    if chosen.contains(ZeroShotAnalysis.name) {
      text = try Self.classEmbeddings(
        model: model, classes: plan.dataset.classes, templates: experiment.templates,
        backend: experiment.precision.arithmetic.backend
      ).0
    }
    let classes = text
    let unfinished = Set(waiting.map(\.cell.condition))
    let context = context(
      chosen, samples: plan.samples, conditions: experiment.conditions,
      logitScale: try text.map { _ in try model.logitScale() },
      source: RunContext.Source { condition in
        try plan.embeddings(condition, in: store)
      } digest: { condition in
        // What is not embedded yet has a digest that no finished unit has read.
        unfinished.contains(condition)
          ? Digest(of: "not embedded yet: \(condition.name)")
          : Digest(of: try plan.embeddings(condition, in: store))
      } classes: {
        guard let classes else {
          preconditionFailure("no embeddings of the classes were asked for")
        }
        return try RunDirectory.unitRows(classes, file: "the classes' embeddings")
      })
    return Self.aligned(lines) + (try units(context))
  }

  private func context(
    _ chosen: Set<String>, samples: SampleTable, conditions: [Condition], logitScale: Double?,
    source: RunContext.Source
  ) -> RunContext {
    RunContext(
      run: run, samples: samples, conditions: conditions, analyses: experiment.analysisSettings,
      chosen: chosen, logitScale: logitScale, store: UnitStore(folder: unitFolder),
      isQuiet: isQuiet, source: source)
  }

  /// A line an analysis: how many units it has, how many are finished, and which are to compute.
  private func units(_ context: RunContext) throws -> String {
    var lines = [["analysis", "units", "finished", "to compute"]]
    for analysis in experiment.analysisSettings.chosen(context.chosen) {
      let units = try analysis.units(context)
      let missing = units.filter { !context.store.contains($0.key) }
      lines.append([
        type(of: analysis).name, "\(units.count)", "\(units.count - missing.count)",
        "\(missing.count)",
      ])
    }
    return lines.count > 1 ? "\n" + Self.aligned(lines) : ""
  }

  /// Columns as wide as their widest field.
  private static func aligned(_ lines: [[String]]) -> String {
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { fields in
      zip(fields, widths).map { field, width in
        field + String(repeating: " ", count: width - field.count)
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
