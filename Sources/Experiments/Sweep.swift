import Analyses
import CLIP
import Datasets
import Embedding
import Files
import Foundation
import Images
import LinearAlgebra
package import Logging
import RunAnalyses
package import Runs
import Synchronization
import Version

/// A noise sweep: images → noise → embeddings → analyses, into a run directory.
///
/// Resumes by itself: finished cells are found by their keys, and everything else is written anew
/// from them, to the same bytes.
public struct Sweep {
  package let experiment: Experiment
  package let arguments: [String]
  package let isQuiet: Bool
  var makesPictures = true
  package let run: RunDirectory
  private let startedAt = Date()
  package let log = Logger(label: "topoclip")
  package let clock = StageClock()

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
  /// - Returns: What to print: what the analyses say, and where everything is.
  /// - Throws: An error that says what is wrong, where, and what to do; finished cells and units stay.
  public func execute(onlyEmbeddings: Bool = false) throws -> String {
    var manifest = emptyManifest
    BLAS.warnAboutForcedCore { log.warning("\($0)") }
    if !onlyEmbeddings { try requireBaseline() }
    var chosen = onlyEmbeddings ? [] : try chosenAnalyses()

    let conditions: [Condition]
    var images: RunImages?
    if let source = experiment.embeddings {
      conditions = try importEmbeddings(source, for: &chosen, manifest: &manifest)
    } else {
      conditions = experiment.conditions
      images = try embed(for: &chosen, manifest: &manifest)
    }
    try run.writeConditions(conditions)

    if !onlyEmbeddings, experiment.hasControl { try sweepControl(chosen) }
    let context = try context(chosen, conditions: conditions, manifest)
    warnOfUnknownClasses(context.samples)
    var summary = ""
    for analysis in experiment.analysisSettings.chosen(chosen) {
      let said = try clock.measure(type(of: analysis).name) { try run(analysis, context) }
      if !said.isEmpty { summary += said + "\n" }
    }
    if let images, makesPictures, !PictureFiles.readers.isDisjoint(with: chosen) {
      try clock.measure("pictures") {
        try Thumbnails(run: run, images: images).write()
        try ExampleImages(
          run: run, images: images, samples: context.samples, conditions: conditions
        ).write()
      }
    }
    manifest.stages = clock.stages
    manifest.finishedAt = Date()
    manifest.outputs.merge(try run.digests(RunFiles.digested(chosen), of: conditions)) { $1 }
    try manifest.write(to: run)
    if let check = manifest.precision?.check {
      summary += "\(experiment.precision.arithmetic.precision): \(check.statement)\n"
    }
    return summary
      + "\(run.path): \(context.samples.labels.count) samples, \(conditions.count) conditions\n"
  }

  /// Finishes an analysis's units, and writes its files from them.
  private func run(_ analysis: any RunAnalysis, _ context: RunContext) throws -> String {
    for unit in try analysis.units(context) {
      try Interruption.check()
      try unit.finish(in: context.store)
    }
    return try analysis.write(context)
  }

  private var emptyManifest: Manifest {
    Manifest(
      program: .current, arguments: arguments, startedAt: startedAt, finishedAt: startedAt,
      configuration: Dictionary(
        uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) }),
      configurationDigest: "\(experiment.digest)",
      noiseSeeds: Set(experiment.conditions.compactMap(\.seed)).sorted(), host: .current(),
      stages: [], outputs: [:])
  }

  private func context(
    _ chosen: Set<String>, conditions: [Condition], _ manifest: Manifest
  ) throws -> RunContext {
    RunContext(
      run: run, samples: try run.readSamples(), conditions: conditions,
      analyses: experiment.analysisSettings, chosen: chosen,
      logitScale: manifest.zeroShot?.logitScale,
      baseline: chosen.contains(StatisticsAnalysis.name) ? try baseline(manifest, chosen) : nil,
      store: UnitStore(folder: unitFolder), isQuiet: isQuiet)
  }

  /// Where the results of units are kept.
  var unitFolder: String { experiment.cache.map { $0 + "/units" } ?? run.file("units") }

  /// The analyses to run: those asked for, or all that the inputs allow.
  private func chosenAnalyses() throws -> Set<String> {
    let all = Set(AnalysisRegistry.names)
    guard let source = experiment.embeddings else {
      return experiment.analyses.map(Set.init) ?? all
    }
    let hasText = ImportedEmbeddings.hasText(source)
    if experiment.analyses?.contains(ZeroShotAnalysis.name) == true, !hasText {
      throw RunError.failure(
        "\(source): zero-shot accuracy needs text.npy and classes.csv beside the embeddings")
    }
    return experiment.analyses.map(Set.init)
      ?? (hasText ? all : all.subtracting([ZeroShotAnalysis.name]))
  }

  /// Checks, before anything is embedded, that the analyses can be made of the samples.
  ///
  /// Those that were not asked for by name and need more samples are left out, with a warning.
  ///
  /// - Throws: What is missing for an analysis that was asked for.
  private func require(_ chosen: inout Set<String>, of samples: SampleTable) throws {
    let count = samples.labels.count
    for analysis in experiment.analysisSettings.chosen(chosen) {
      let kind = type(of: analysis)
      if experiment.analyses == nil, count < kind.fewestSamples {
        log.warning("\(kind.name) left out: \(count) samples are too few")
        chosen.remove(kind.name)
      } else {
        try analysis.require(samples)
      }
    }
  }

  // MARK: Embeddings

  /// Makes the embeddings; returns the images that they are of.
  private func embed(
    for chosen: inout Set<String>, manifest: inout Manifest
  ) throws -> RunImages {
    let (model, store) = try clock.measure("open model") { try openModel() }
    let plan = try clock.measure("inspect images") { try self.plan(model: model, store: store) }
    reportLeftOut(plan.leftOut)
    try require(&chosen, of: plan.samples)
    let waiting = plan.cells.filter { !store.contains($0) }
    manifest.model = Manifest.ModelRecord(model)
    manifest.data = Manifest.DataRecord(
      source: "\(experiment.dataset?.name ?? "") (\(plan.dataset.source))",
      images: plan.dataset.samples.count, classes: plan.dataset.classes.count,
      digest: "\(plan.dataDigest)", leftOut: plan.leftOut)
    manifest.cells = Manifest.CellCounts(
      total: plan.cells.count, cached: plan.cells.count - waiting.count)

    var text: Matrix<Float>?
    if chosen.contains(ZeroShotAnalysis.name) {
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
        ProgressBar("images", total: cells.reduce(0) { $0 + $1.chunk.rows.count }, isQuiet: isQuiet)
      )
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
      var progress = ProgressBar("embeddings compared", total: check.count, isQuiet: isQuiet)
      return try check.run { progress.advance(by: $0) }
    }
    return record
  }

  private func openModel() throws -> (CLIPModel, CellStore) {
    guard let name = experiment.model else {
      throw RunError.failure(
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
      throw RunError.failure(
        "no data set is named; give --dataset PATH (DTD's folder, a folder per class, or a CSV), or "
          + "--dataset textures (generated)")
    }
    if source.kind.word != nil { warnOfFolder(source.name, is: source.kind.words) }
    return source
  }

  private func plan(model: CLIPModel, store: CellStore) throws -> EmbeddingPlan {
    let dataset = try datasetSource()
    do {
      return try EmbeddingPlan(
        of: dataset, selection: experiment.selection, skipsBroken: experiment.skipsBroken,
        conditions: experiment.conditions, noise: experiment.noise,
        arithmetic: experiment.precision.arithmetic, model: model, store: store)
    } catch RunError.unusableImages(let images, _) {
      // The message names the first of them; the whole list goes beside the run.
      let path = run.file(Self.unusableImages)
      let lines = images.map { CSV.line([$0.path, $0.problem]) }
      try AtomicFile.write(CSV.line(["path", "problem"]) + lines.joined(), to: path)
      throw RunError.unusableImages(images, listPath: path)
    }
  }

  private static let unusableImages = "unusable-images.csv"

  private func reportLeftOut(_ images: [RunError.UnusableImage]) {
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
    _ source: String, for chosen: inout Set<String>, manifest: inout Manifest
  ) throws -> [Condition] {
    let imported = try ImportedEmbeddings(source)
    try imported.check(against: run)
    try require(&chosen, of: imported.samples)
    run.removeStale(RunFiles.all, keeping: imported.conditions)
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
      run.removeStale(RunFiles.all, keeping: experiment.conditions)
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
    let plan = try self.plan(model: model, store: store)
    reportLeftOut(plan.leftOut)
    let waiting = plan.cells.filter { !store.contains($0) }
    let rate =
      waiting.isEmpty
      ? 1 : try ImageEncoder(model.visionTower(experiment.precision.arithmetic)).trialRate()
    var lines = [["condition", "cells", "cached", "to run", "images to run", "estimated"]]
    func line(_ name: String, _ cells: [Cell]) -> [String] {
      let toRun = cells.filter { !store.contains($0) }
      let images = toRun.reduce(0) { $0 + $1.chunk.rows.count }
      return [
        name, "\(cells.count)", "\(cells.count - toRun.count)", "\(toRun.count)", "\(images)",
        ProgressBar.duration(Double(images) / rate),
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
