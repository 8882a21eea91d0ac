import CLIP
import Datasets
import Embedding
import Files
import Foundation
import Images
import LinearAlgebra
import Logging
import RunAnalyses
import Runs
import Synchronization

/// Images → noise → embeddings, in a run directory.
extension Sweep {
  /// Makes the embeddings; returns the images that they are of.
  func embed(
    for chosen: inout Set<String>, manifest: inout Manifest
  ) throws -> RunImages {
    let (model, store) = try clock.measure("open model") { try openModel() }
    let plan = try clock.measure("inspect images") { try self.plan(model: model, store: store) }
    reportLeftOut(plan.leftOut)
    reportCells(plan.inventory)
    try require(&chosen, of: plan.samples)
    manifest.model = Manifest.ModelRecord(model)
    manifest.data = Manifest.DataRecord(
      source: "\(experiment.dataset?.name ?? "") (\(plan.dataset.source))",
      images: plan.dataset.samples.count, classes: plan.dataset.classes.count,
      digest: "\(plan.dataDigest)", leftOut: plan.leftOut)
    manifest.cells = Manifest.CellCounts(
      total: plan.cells.count, cached: plan.cells.count - plan.waiting.count)

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
    if !plan.inventory.unfinished.isEmpty {
      try run.create()
      try gather(plan, store: store)
      try embed(plan, model: model, store: store)
    }
    manifest.precision = try precisionRecord(
      plan, model: model, store: store, classes: text, manifest)
    try clock.measure("write embeddings") {
      try prepareRunDirectory(&manifest)
      try run.writeSamples(plan.samples)
      if let text { try run.writeClassEmbeddings(text) }
      for condition in experiment.conditions {
        try run.writeEmbeddings(plan.embeddings(condition, in: store), condition)
      }
    }
    return RunImages(
      samples: plan.dataset.samples, digests: plan.digests,
      pixels: NoisyPixels(preprocessing: model.preprocessing, noise: experiment.noise))
  }

  private func embed(_ plan: EmbeddingPlan, model: CLIPModel, store: CellStore) throws {
    let cells = plan.waiting
    guard !cells.isEmpty else { return }
    let tower = try clock.measure("load image tower") {
      try plan.tower ?? model.visionTower(experiment.precision.arithmetic)
    }
    try clock.measure("embed images") {
      let progress = Mutex(
        ProgressBar("images", total: cells.reduce(0) { $0 + $1.missing.count }, isQuiet: isQuiet)
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
      precision: precision.rawValue, kernels: settings.arithmetic.kernels, check: nil)
    if precision == .float32 { return record }
    // The same embeddings have been compared before.
    if let earlier = try Manifest.read(run),
      earlier.configurationDigest == manifest.configurationDigest,
      earlier.model?.digest == manifest.model?.digest,
      earlier.data?.digest == manifest.data?.digest,
      earlier.precision?.kernels == record.kernels, let known = earlier.precision?.check,
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

  func openModel() throws -> (CLIPModel, CellStore) {
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

  func plan(model: CLIPModel, store: CellStore) throws -> EmbeddingPlan {
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

  func reportLeftOut(_ images: [RunError.UnusableImage]) {
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

  /// The logit scale of embeddings made elsewhere, CLIP's own.
  static let importedLogitScale = 100.0

  func importEmbeddings(
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
        logitScale: Self.importedLogitScale, prompts: [], truncatedPrompts: 0)
    }
    return imported.conditions
  }

  /// Removes what an earlier run left, except tables that hold for this run's embeddings too.
  ///
  /// - Throws: `FileError` for a manifest of that run that is damaged.
  private func prepareRunDirectory(_ manifest: inout Manifest) throws {
    // A list of unusable images that an earlier try left is mended or recorded by now.
    try? FileManager.default.removeItem(atPath: run.file(Self.unusableImages))
    if let earlier = try Manifest.read(run),
      earlier.configurationDigest == manifest.configurationDigest,
      earlier.model?.digest == manifest.model?.digest,
      earlier.data?.digest == manifest.data?.digest,
      // Other kernels give other bits.
      earlier.precision?.kernels == manifest.precision?.kernels
    {
      manifest.outputs = earlier.outputs
      manifest.zeroShot = manifest.zeroShot ?? earlier.zeroShot
      try? FileManager.default.removeItem(atPath: run.file("manifest.json"))
    } else {
      run.removeStale(RunFiles.all, keeping: experiment.conditions)
    }
  }
}
