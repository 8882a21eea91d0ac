import CLIP
import Datasets
import Embedding
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs

/// What a sweep would do: what it would embed, which units of its analyses it would compute, and how long all would
/// take, from short trials and what every unit says that it computes. Nothing is written.
extension Sweep {
  /// The stages of the sweep, without those of its report.
  ///
  /// - Throws: As a sweep, for what is wrong with its inputs.
  package func estimate(onlyEmbeddings: Bool = false) throws -> RunEstimate {
    try estimate(onlyEmbeddings ? [] : chosenAnalyses(), trial: nil, rates: .measured())
  }

  private func estimate(
    _ chosen: Set<String>, trial: EmbeddingTrial?, rates: WorkRates
  ) throws -> RunEstimate {
    // What a sweep would refuse is refused.
    try requireOutput()
    let earlier = overwrites ? nil : try EarlierRun(run)
    if !chosen.isEmpty { try requireBaseline() }
    var chosen = chosen
    var estimate = RunEstimate(rates)
    if let source = experiment.embeddings {
      let imported = try ImportedEmbeddings(source)
      try imported.check(against: run)
      try require(&chosen, of: imported.samples)
      reportUnused(imported.unused)
      var manifest = emptyManifest
      if let earlier { try requireSame(imported, manifest, as: earlier) }
      let scale = try announceInputs(
        imported, source, chosen, after: earlier?.manifest, &manifest)
      let values = imported.conditions.count * imported.samples.labels.count
      estimate.append(
        "import",
        toDo: imported.conditions.count == 1
          ? "1 condition" : "\(imported.conditions.count) conditions",
        Work(serialSteps: 3000 * Double(values)))
      try estimate.append(
        analysesOf: context(chosen, of: imported, logitScale: scale), experiment.analysisSettings)
      return estimate
    }
    let inspection = ContinuousClock.now
    let (model, store) = try openModel()
    let plan = try plan(model: model, store: store, writesList: false)
    var manifest = emptyManifest
    try describe(plan, model, experiment.conditions, in: &manifest, after: earlier)
    let inspected = (ContinuousClock.now - inspection) / .seconds(1)
    reportLeftOut(plan.leftOut, lostClasses: plan.lostClasses)
    reportUnused(plan.unused)
    estimate.append(
      .init(
        "inspect images", toDo: "\(plan.digests.count) images", finished: "", seconds: inspected))
    try require(&chosen, of: plan.samples)
    reportCells(plan.inventory)
    let trial =
      try plan.waiting.isEmpty
      ? nil
      : trial
        ?? EmbeddingTrial(
          plan, conditions: experiment.conditions, noise: experiment.noise, model: model,
          arithmetic: experiment.precision.arithmetic)

    var text: Matrix<Float>?
    if chosen.contains(ZeroShotAnalysis.name) {
      let (embeddings, seconds) = try classEmbeddings(model, plan)
      text = embeddings
      estimate.append(
        .init(
          "embed text", toDo: "\(plan.dataset.classes.count) classes", finished: "",
          seconds: seconds))
    }
    appendEmbedding(plan, trial: trial, to: &estimate)
    let context = context(
      chosen, samples: plan.samples, conditions: experiment.conditions,
      logitScale: try text.map { _ in try model.logitScale() },
      source: source(plan, store, classes: text))
    if experiment.hasControl, !chosen.isEmpty {
      var controlled = chosen
      controlled.remove(LayoutsAnalysis.name)
      estimate.append(
        try control(controlled).estimate(controlled, trial: trial, rates: rates), within: "control")
    }
    try estimate.append(analysesOf: context, experiment.analysisSettings)
    if makesPictures, !PictureFiles.readers.isDisjoint(with: chosen) {
      let missing = try plan.digests.count - run.contents("thumbnails").count
      estimate.append(
        .init(
          "pictures", toDo: "\(max(missing, 0)) images",
          finished: "\(plan.digests.count - missing)",
          seconds: Double(max(missing, 0)) * (trial?.decoding ?? 0.003)))
    }
    return estimate
  }

  /// A line a condition: how many of its images are to be embedded.
  private func appendEmbedding(
    _ plan: EmbeddingPlan, trial: EmbeddingTrial?, to estimate: inout RunEstimate
  ) {
    // An image is decoded once for all of its chunk's cells, which begin with the first condition.
    var decoded: Set<Int> = []
    let byCondition = Dictionary(grouping: plan.waiting, by: \.cell.condition)
    for condition in experiment.conditions {
      let cells = byCondition[condition] ?? []
      let rows = cells.flatMap { part in part.missing.map { part.cell.chunk.rows[$0] } }
      let new = Set(rows).subtracting(decoded)
      if plan.variants.isEmpty { decoded.formUnion(new) }
      estimate.append(
        .init(
          RunEstimate.embedding + condition.name, rows.count, of: plan.digests.count, "images",
          seconds: (trial?.seconds(rows.count, condition) ?? 0)
            + Double(new.count) * (trial?.decoding ?? 0)))
    }
  }

  /// What analyses read of embeddings made elsewhere.
  func context(
    _ chosen: Set<String>, of imported: ImportedEmbeddings, logitScale: Double
  ) -> RunContext {
    context(
      chosen, samples: imported.samples, conditions: imported.conditions,
      logitScale: imported.text == nil ? nil : logitScale,
      source: RunContext.Source {
        try imported.embeddings($0)
      } classes: {
        try imported.unitText()
      })
  }

  /// Where embeddings come from before all are there.
  func source(
    _ plan: EmbeddingPlan, _ store: CellStore, classes: Matrix<Float>?
  ) -> RunContext.Source {
    let unfinished = Set(plan.waiting.map(\.cell.condition))
    @Sendable func assemble(_ condition: Condition) throws -> Matrix<Float> {
      try plan.embeddings(condition, in: store)
    }
    @Sendable func digest(_ condition: Condition) throws -> Digest {
      // What is not embedded yet has a digest that no finished unit has read.
      unfinished.contains(condition)
        ? Digest(of: "not embedded yet: \(condition.name)")
        : Digest(of: try assemble(condition))
    }
    return RunContext.Source(
      embeddings: assemble, digest: digest, dimension: store.dimension,
      classes: {
        guard let classes else {
          preconditionFailure("no embeddings of the classes were asked for")
        }
        return try RunDirectory.unitRows(classes, file: "the classes' embeddings")
      })
  }

  /// So long may a dry run embed text to know which units have read it.
  private static let longestText = 3.0

  /// The embeddings of the classes and how long they take; others in their place where they take too long, so that no
  /// unit that reads them counts as finished.
  func classEmbeddings(
    _ model: CLIPModel, _ plan: EmbeddingPlan
  ) throws -> (Matrix<Float>, seconds: Double) {
    let classes = plan.dataset.classes
    func embed(_ names: [String]) throws -> (Matrix<Float>, seconds: Double) {
      let start = ContinuousClock.now
      let embeddings = try Self.classEmbeddings(
        model: model, classes: names, templates: experiment.templates,
        backend: experiment.precision.arithmetic.backend
      ).0
      return (embeddings, (ContinuousClock.now - start) / .seconds(1))
    }
    let few = Array(classes.prefix(2))
    let (some, first) = try embed(few)
    let expected = first * Double(classes.count) / Double(few.count)
    if expected <= Self.longestText { return try embed(classes) }
    return (some.selectingRows(classes.indices.map { $0 % few.count }), expected)
  }

  func context(
    _ chosen: Set<String>, samples: SampleTable, conditions: [Condition], logitScale: Double?,
    source: RunContext.Source
  ) -> RunContext {
    RunContext(
      run: run, samples: samples, conditions: conditions, analyses: experiment.analysisSettings,
      chosen: chosen, logitScale: logitScale, store: UnitStore(folder: unitFolder),
      isQuiet: isQuiet, source: source)
  }
}

// MARK: At the start of a run

extension Sweep {
  /// With fewer images to embed nothing is said at the start.
  private static let fewImages = 100

  /// Says before images are embedded how long the run will take, where that is minutes.
  ///
  /// - Throws: `FileError` for weights or images that cannot be read.
  func announceEstimate(
    _ plan: EmbeddingPlan, text: Matrix<Float>?, model: CLIPModel, store: CellStore,
    chosen: Set<String>
  ) throws {
    let images = plan.waiting.reduce(0) { $0 + $1.missing.count }
    // A control is part of a run that has said it.
    guard !isQuiet, makesPictures, images >= Self.fewImages else { return }
    var estimate = RunEstimate(.measured())
    let trial = try EmbeddingTrial(
      plan, conditions: experiment.conditions, noise: experiment.noise, model: model,
      arithmetic: experiment.precision.arithmetic)
    appendEmbedding(plan, trial: trial, to: &estimate)
    func context(_ chosen: Set<String>) throws -> RunContext {
      self.context(
        chosen, samples: plan.samples, conditions: experiment.conditions,
        logitScale: try text.map { _ in try model.logitScale() },
        source: source(plan, store, classes: text))
    }
    if experiment.hasControl, !chosen.isEmpty {
      // As long as the run itself: it has not been begun before.
      var control = estimate
      try control.append(
        analysesOf: context(chosen.subtracting([LayoutsAnalysis.name])),
        experiment.analysisSettings)
      estimate.append(control, within: "control")
    }
    try estimate.append(analysesOf: context(chosen), experiment.analysisSettings)
    if let sentence = estimate.sentence { announce(sentence, isQuiet: isQuiet) }
  }

  /// Says before the analyses how long they will take, where that is minutes.
  ///
  /// - Parameters:
  ///   - context: The run.
  ///   - performed: The analyses that are to be computed.
  /// - Throws: `FileError` naming embeddings that are damaged.
  func announceEstimate(_ context: RunContext, _ performed: Set<String>) throws {
    guard !isQuiet, makesPictures else { return }
    var estimate = RunEstimate(.reference)
    try estimate.append(analysesOf: context, experiment.analysisSettings, among: performed)
    // The trial is for what is worth saying, on any machine of now.
    guard estimate.seconds > RunEstimate.worthMeasuring else { return }
    var measured = RunEstimate(.measured())
    try measured.append(analysesOf: context, experiment.analysisSettings, among: performed)
    if let sentence = measured.sentence { announce(sentence, isQuiet: isQuiet) }
  }
}

extension RunEstimate {
  /// Appends a stage an analysis: the units that are to be computed, and the writing of its files.
  ///
  /// - Parameters:
  ///   - context: The run.
  ///   - settings: Every analysis with its settings.
  ///   - performed: Those that are to be computed; nil for all of the run's.
  /// - Throws: `FileError` naming embeddings that are damaged.
  mutating func append(
    analysesOf context: RunContext, _ settings: AnalysisSet, among performed: Set<String>? = nil
  ) throws {
    shape = RunShape(context.samples, context.conditions, analyses: context.chosen)
    for analysis in settings.chosen(performed ?? context.chosen) {
      let units = try analysis.units(context)
      let missing = units.filter { !context.store.contains($0.key) }
      let work = missing.reduce(analysis.writing(context)) { $0 + $1.work }
      append(
        Stage(
          type(of: analysis).name, missing.count, of: units.count, "units",
          seconds: work.seconds(rates)))
    }
  }
}
