import Analyses
import CLIP
import Datasets
import Files
import Foundation
import Images
import LinearAlgebra
import Logging
import Synchronization
import Version

/// A noise sweep: images → noise → embeddings → analyses, into a run directory.
///
/// Resumes by itself: finished cells are found by their keys, and everything else is written anew
/// from them, to the same bytes.
public struct Sweep {
  let experiment: Experiment
  let arguments: [String]
  let isQuiet: Bool
  var makesPictures = true
  let run: RunDirectory
  private let startedAt = Date()
  let log = Logger(label: "topoclip")
  let clock = StageClock()

  /// A sweep of `experiment`; `arguments` are the command line, for the manifest.
  public init(_ experiment: Experiment, arguments: [String], isQuiet: Bool) {
    self.experiment = experiment
    self.arguments = arguments
    self.isQuiet = isQuiet
    run = RunDirectory(experiment.output)
  }

  /// Makes the embeddings and runs the analyses.
  ///
  /// - Parameter onlyEmbeddings: Whether to leave the analyses out (`topoclip embed`).
  /// - Returns: What to print: the tables of accuracy and angles that there are, and where everything is.
  /// - Throws: An error that says what is wrong, where, and what to do; finished cells stay.
  public func execute(onlyEmbeddings: Bool = false) throws -> String {
    var manifest = Manifest(
      program: .current, arguments: arguments, startedAt: startedAt, finishedAt: startedAt,
      configuration: Dictionary(
        uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) }),
      configurationDigest: "\(experiment.digest)",
      noiseSeeds: Set(experiment.conditions.compactMap(\.seed)).sorted(), model: nil,
      data: nil, zeroShot: nil, cells: nil, precision: nil, host: .current(), stages: [],
      outputs: [:])
    BLAS.warnAboutForcedCore { log.warning("\($0)") }
    if !onlyEmbeddings { try requireBaseline() }
    var analyses = onlyEmbeddings ? [] : try self.analyses()

    let conditions: [Condition]
    var images: RunImages?
    if let source = experiment.embeddings {
      conditions = try importEmbeddings(source, for: &analyses, manifest: &manifest)
    } else {
      conditions = experiment.conditions
      images = try embed(for: &analyses, manifest: &manifest)
    }

    if !onlyEmbeddings, experiment.hasControl { try sweepControl(analyses) }
    let samples = try run.readSamples()
    var summary = ""
    var accuracy: AccuracyTables.Content?
    if analyses.contains(.zeroshot), let zeroShot = manifest.zeroShot {
      let content = try clock.measure("zeroshot") {
        try AccuracyTables(
          run: run, output: run, samples: samples, logitScale: zeroShot.logitScale, split: nil,
          settings: experiment.statistics
        ).write(conditions: conditions)
      }
      summary = AccuracyTables.markdown(content.rows) + "\n"
      accuracy = content
    }
    if analyses.contains(.angles) {
      summary += try clock.measure("angles") {
        try AngleTables.write(
          run: run, samples: samples, conditions: conditions, settings: experiment.angles)
      }
      summary += "\n"
    }
    if analyses.contains(.geometry) {
      try clock.measure("geometry") {
        try GeometryTable(
          run: run, samples: samples, conditions: conditions, settings: experiment.geometry,
          hasText: manifest.zeroShot != nil
        ).write()
      }
    }
    if analyses.contains(.layouts) {
      try clock.measure("layouts") {
        try LayoutTables(
          run: run, samples: samples, conditions: conditions, settings: experiment.layouts,
          isQuiet: isQuiet
        ).write()
      }
    }
    if analyses.contains(.topology) {
      try clock.measure("topology") {
        try TopologyTables(
          run: run, samples: samples, conditions: conditions, settings: experiment.topology,
          isQuiet: isQuiet
        ).write()
      }
    }
    if let images, makesPictures, !RunImages.analyses.isDisjoint(with: analyses) {
      try clock.measure("pictures") {
        try Thumbnails(run: run, images: images).write()
        try ExampleImages(run: run, images: images, samples: samples, conditions: conditions)
          .write()
      }
    }
    if analyses.contains(.statistics) {
      let baseline = try self.baseline(manifest, analyses)
      warnOfUnknownClasses(samples)
      let link = try clock.measure("statistics") {
        try StatisticsTables(
          run: run, samples: samples, experiment: experiment, conditions: conditions,
          accuracy: accuracy
        ).write(baseline: baseline)
      }
      if !link.isEmpty { summary += link + "\n" }
    }
    manifest.stages = clock.stages
    manifest.finishedAt = Date()
    manifest.outputs.merge(
      try run.outputDigests(
        conditions: conditions, analyses: analyses, samples: samples,
        layouts: experiment.layouts)
    ) { $1 }
    try manifest.write(to: run)
    if let check = manifest.precision?.check {
      summary += "\(experiment.precision.arithmetic.precision): \(check.statement)\n"
    }
    return summary
      + "\(run.path): \(samples.labels.count) samples, \(conditions.count) conditions\n"
  }

  /// The analyses to run: those asked for, or all that the inputs allow.
  private func analyses() throws -> [Analysis] {
    guard let source = experiment.embeddings else {
      return experiment.analyses ?? Analysis.allCases
    }
    let hasText = ImportedEmbeddings.hasText(source)
    if experiment.analyses?.contains(.zeroshot) == true, !hasText {
      throw ExperimentError.failure(
        "\(source): zero-shot accuracy needs text.npy and classes.csv beside the embeddings")
    }
    return experiment.analyses ?? Analysis.allCases.filter { $0 != .zeroshot || hasText }
  }

  /// Checks, before anything is embedded, that the analyses can be made of the samples.
  ///
  /// Those that were not asked for by name and need more samples are left out, with a warning.
  ///
  /// - Throws: What is missing for an analysis that was asked for.
  private func require(_ analyses: inout [Analysis], of samples: SampleTable) throws {
    let count = samples.labels.count
    if experiment.analyses == nil, count < LayoutRecipe.fewestPoints {
      for analysis in [Analysis.geometry, .layouts] where analyses.contains(analysis) {
        log.warning("\(analysis) left out: \(count) samples are too few")
        analyses.removeAll { $0 == analysis }
      }
    }
    for analysis in analyses {
      switch analysis {
      case .zeroshot: break
      case .angles: try AngleTables.requireEnough(samples, settings: experiment.angles)
      case .geometry: try GeometryTable.requireEnough(samples)
      case .layouts: try LayoutTables.requireEnough(samples, settings: experiment.layouts)
      case .topology: try TopologyTables.requireFits(samples, settings: experiment.topology)
      case .statistics: break
      }
    }
  }

  // MARK: Embeddings

  /// Makes the embeddings; returns the images that they are of.
  private func embed(
    for analyses: inout [Analysis], manifest: inout Manifest
  ) throws -> RunImages {
    let (model, store) = try clock.measure("open model") { try openModel() }
    let plan = try clock.measure("inspect images") { try self.plan(model: model, store: store) }
    reportLeftOut(plan.leftOut)
    try require(&analyses, of: plan.samples)
    let waiting = plan.cells.filter { !store.contains($0) }
    manifest.model = Manifest.ModelRecord(model)
    manifest.data = Manifest.DataRecord(
      source: "\(experiment.dataset?.name ?? "") (\(plan.dataset.source))",
      images: plan.dataset.samples.count, classes: plan.dataset.classes.count,
      digest: "\(plan.dataDigest)", leftOut: plan.leftOut)
    manifest.cells = Manifest.CellCounts(
      total: plan.cells.count, cached: plan.cells.count - waiting.count)

    var text: Matrix<Float>?
    if analyses.contains(.zeroshot) {
      let (embeddings, record) = try clock.measure("embed text") {
        try Self.classEmbeddings(
          model: model, classes: plan.dataset.classes, templates: experiment.templates,
          backend: experiment.precision.arithmetic.backend)
      }
      text = embeddings
      manifest.zeroShot = record
      if record.truncatedPrompts > 0 {
        log.warning("\(record.truncatedPrompts) prompts are longer than the text tower's context")
      }
    }
    if !waiting.isEmpty {
      try run.create()
      try embed(waiting, of: plan, model: model, store: store)
    }
    manifest.precision = try precisionRecord(
      plan, model: model, store: store, classes: text, manifest)
    try clock.measure("write embeddings") {
      prepareRunDirectory(&manifest)
      try run.writeSamples(plan.samples)
      if let text { try run.writeClassEmbeddings(text) }
      for condition in experiment.conditions {
        try run.writeEmbeddings(Self.assemble(plan, condition, store: store), condition)
      }
    }
    return RunImages(
      samples: plan.dataset.samples, digests: plan.digests,
      pixels: NoisyPixels(preprocessing: model.preprocessing, noise: experiment.noise))
  }

  private func embed(
    _ cells: [Cell], of plan: EmbeddingPlan, model: CLIPModel, store: CellStore
  ) throws {
    let tower = try clock.measure("load image tower") {
      try model.visionTower(experiment.precision.arithmetic)
    }
    try clock.measure("embed images") {
      let progress = Mutex(
        Progress("images", total: cells.reduce(0) { $0 + $1.chunk.rows.count }, isQuiet: isQuiet))
      try runner(plan, model: model, tower: tower, store: store).run(cells) { count in
        progress.withLock { $0.advance(by: count) }
      }
    }
  }

  private func runner(
    _ plan: EmbeddingPlan, model: CLIPModel, tower: VisionTower, store: CellStore
  ) -> CellRunner {
    CellRunner(
      samples: plan.dataset.samples, tower: tower,
      pixels: NoisyPixels(preprocessing: model.preprocessing, noise: experiment.noise), store: store
    )
  }

  /// What the arithmetic was; embeddings that are not in float32 are compared with some that are.
  private func precisionRecord(
    _ plan: EmbeddingPlan, model: CLIPModel, store: CellStore, classes: Matrix<Float>?,
    _ manifest: Manifest
  ) throws -> PrecisionRecord {
    let settings = experiment.precision
    let (precision, backend) = (settings.arithmetic.precision, settings.arithmetic.backend)
    var record = PrecisionRecord(
      precision: precision.rawValue, kernels: backend.kernels(precision), check: nil)
    if precision == .float32 { return record }
    // The same embeddings have been compared before.
    if let earlier = try? Manifest.read(run),
      earlier.configurationDigest == manifest.configurationDigest,
      earlier.model?.digest == manifest.model?.digest,
      earlier.data?.digest == manifest.data?.digest, let known = earlier.precision?.check,
      (known.changedPredictions == nil) == (classes == nil)
    {
      record.check = known
      return record
    }
    record.check = try clock.measure("compare with float32") {
      let exact = Arithmetic(.float32, backend: backend)
      let tower = try model.visionTower(exact)
      let check = PrecisionCheck(
        plan: plan, settings: settings, seed: experiment.modelSeed, tower: tower,
        runner: runner(plan, model: model, tower: tower, store: store), classes: classes)
      var progress = Progress("embeddings compared", total: check.count, isQuiet: isQuiet)
      return try check.run { progress.advance(by: $0) }
    }
    return record
  }

  private func openModel() throws -> (CLIPModel, CellStore) {
    guard let name = experiment.model else {
      throw ExperimentError.failure(
        "no model is named; give --model DIR (a CLIP in Hugging Face layout), --model builtin or "
          + "--model random:b32")
    }
    if name == CLIPModel.builtInName { warnOfFolder(name, is: "the model in the program") }
    let model = try CLIPModel(named: name, seed: experiment.modelSeed)
    let store = CellStore(
      folder: URL(fileURLWithPath: experiment.cache ?? run.file("cells")),
      dimension: model.configuration.projectionDimension)
    return (model, store)
  }

  /// Warns when a word stands for something else than the folder of that name that is there too.
  private func warnOfFolder(_ word: String, is meaning: String) {
    guard FileManager.default.fileExists(atPath: word) else { return }
    log.warning("\(word) is \(meaning); the folder of that name is ./\(word)")
  }

  private func datasetSource() throws -> DatasetSource {
    guard let source = experiment.dataset else {
      throw ExperimentError.failure(
        "no data set is named; give --dataset PATH (DTD's folder, a folder per class, or a CSV), or "
          + "--dataset textures (generated)")
    }
    if source.kind.word != nil { warnOfFolder(source.name, is: source.kind.words) }
    return source
  }

  private func plan(model: CLIPModel, store: CellStore) throws -> EmbeddingPlan {
    let dataset = try datasetSource()
    do {
      return try EmbeddingPlan(experiment, dataset: dataset, model: model, store: store)
    } catch ExperimentError.unusableImages(let images, _) {
      // The message names the first of them; the whole list goes beside the run.
      let path = run.file(Self.unusableImages)
      let lines = images.map { CSV.line([$0.path, $0.problem]) }
      try AtomicFile.write(CSV.line(["path", "problem"]) + lines.joined(), to: path)
      throw ExperimentError.unusableImages(images, listPath: path)
    }
  }

  private static let unusableImages = "unusable-images.csv"

  private func reportLeftOut(_ images: [ExperimentError.UnusableImage]) {
    guard !images.isEmpty else { return }
    log.warning(
      "\(images.count) images are missing or damaged and left out; the manifest names them")
  }

  /// The class embeddings for zero-shot classification, and what the manifest says of them.
  static func classEmbeddings(
    model: CLIPModel, classes: [String], templates file: String?, backend: MatrixBackend? = nil
  ) throws -> (Matrix<Float>, Manifest.ZeroShotRecord) {
    let templates = try file.map { try PromptTemplates(path: $0) } ?? .textures
    // In float32 at every precision: it takes a second, and only images then differ.
    let text = try model.textTower(Arithmetic(backend: backend)).classEmbeddings(
      classes, templates: templates, tokenizer: model.tokenizer())
    let record = Manifest.ZeroShotRecord(
      logitScale: try model.logitScale(), prompts: templates.templates,
      truncatedPrompts: text.truncatedPrompts)
    return (text.embeddings, record)
  }

  /// The embeddings of a condition in order of rows, from its cells.
  private static func assemble(
    _ plan: EmbeddingPlan, _ condition: Condition, store: CellStore
  ) throws -> Matrix<Float> {
    var embeddings = Matrix<Float>(rows: plan.digests.count, columns: store.dimension)
    for cell in plan.cells where cell.condition == condition {
      let piece = try store.load(cell)
      for (index, row) in cell.chunk.rows.enumerated() {
        embeddings.values.replaceSubrange(
          row * store.dimension..<(row + 1) * store.dimension, with: piece.row(index))
      }
    }
    return embeddings
  }

  private func importEmbeddings(
    _ source: String, for analyses: inout [Analysis], manifest: inout Manifest
  ) throws -> [Condition] {
    let imported = try ImportedEmbeddings(source)
    try imported.check(against: run)
    try require(&analyses, of: imported.samples)
    run.removeStaleResults(keeping: imported.conditions)
    manifest.configuration["noise.conditions"] =
      imported.conditions.map(\.name).joined(separator: ",")
    manifest.data = try imported.copy(to: run)
    if let text = imported.text {
      try run.writeClassEmbeddings(text)
      manifest.zeroShot = Manifest.ZeroShotRecord(
        logitScale: 100, prompts: [], truncatedPrompts: 0)
    }
    return imported.conditions
  }

  /// Removes what an earlier run left, except tables that hold for this run's embeddings too.
  private func prepareRunDirectory(_ manifest: inout Manifest) {
    // A list of unusable images that an earlier try left is mended or recorded by now.
    try? FileManager.default.removeItem(atPath: run.file(Self.unusableImages))
    if let earlier = try? Manifest.read(run),
      earlier.configurationDigest == manifest.configurationDigest,
      earlier.model?.digest == manifest.model?.digest, earlier.data?.digest == manifest.data?.digest
    {
      manifest.outputs = earlier.outputs
      manifest.zeroShot = manifest.zeroShot ?? earlier.zeroShot
      try? FileManager.default.removeItem(atPath: run.file("manifest.json"))
    } else {
      run.removeStaleResults(keeping: experiment.conditions)
    }
  }

  // MARK: Dry run

  /// The table of cells: how many there are, are finished, and are to run.
  ///
  /// The time is estimated from a short trial of the encoder. Nothing is written.
  public func dryRun() throws -> String {
    if let source = experiment.embeddings {
      let imported = try ImportedEmbeddings(source)
      return
        "\(source): \(imported.conditions.count) conditions are made already; nothing to embed\n"
    }
    let (model, store) = try openModel()
    let plan = try EmbeddingPlan(
      experiment, dataset: datasetSource(), model: model, store: store)
    reportLeftOut(plan.leftOut)
    let waiting = plan.cells.filter { !store.contains($0) }
    let rate =
      waiting.isEmpty
      ? 1 : try EncoderBenchmark.trialRate(model.visionTower(experiment.precision.arithmetic))
    var lines = [["condition", "cells", "cached", "to run", "images to run", "estimated"]]
    func line(_ name: String, _ cells: [Cell]) -> [String] {
      let toRun = cells.filter { !store.contains($0) }
      let images = toRun.reduce(0) { $0 + $1.chunk.rows.count }
      return [
        name, "\(cells.count)", "\(cells.count - toRun.count)", "\(toRun.count)", "\(images)",
        Progress.duration(Double(images) / rate),
      ]
    }
    for condition in experiment.conditions {
      lines.append(line(condition.name, plan.cells.filter { $0.condition == condition }))
    }
    lines.append(line("all", plan.cells))
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { fields in
      zip(fields, widths).map { field, width in
        field + String(repeating: " ", count: width - field.count)
      }.joined(separator: "  ") + "\n"
    }.joined()
  }
}
