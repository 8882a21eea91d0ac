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

/// Embeddings that are made or read, before anything of them is in the run directory.
struct MadeEmbeddings {
  /// Whose they are.
  let samples: SampleTable
  /// Those of the classes, where they are made.
  let text: Matrix<Float>?
  /// The conditions of those that are to be written.
  let conditions: [Condition]
  /// Those of a condition: [samples, dimension].
  let embeddings: (Condition) throws -> Matrix<Float>
  /// The cells that they are read from.
  var cells: [Cell] = []
  /// The images, where there are any.
  let images: RunImages?
  /// What the arithmetic was and what was found against float32, given what is known of the run.
  let precision: (Manifest) throws -> PrecisionRecord?
}

/// Images → noise → embeddings, in a run directory.
extension Sweep {
  /// Makes the embeddings.
  ///
  /// Conditions of the run that is there stay as they are; those whose files are lost are embedded again.
  func embed(
    for chosen: inout Set<String>, computesAnalyses: Bool, manifest: inout Manifest,
    after earlier: EarlierRun?
  ) throws -> MadeEmbeddings {
    let (model, store) = try clock.measure("open model") { try openModel() }
    let arithmetic = experiment.precision.arithmetic
    // What is compared with float32 is compared of all.
    let further = earlier?.conditions.filter {
      arithmetic.precision != .float32 || !(earlier?.isIntact($0) ?? false)
    }
    let conditions = Set(experiment.conditions + (further ?? [])).sorted()
    let plan = try clock.measure("inspect images") {
      try self.plan(model: model, store: store, conditions: conditions)
    }
    try describe(plan, model, conditions, in: &manifest, after: earlier)
    manifest.data?.join(earlier?.manifest.data)
    reportLeftOut(plan.leftOut, lostClasses: plan.lostClasses)
    reportUnused(plan.unused)
    reportUnplanned(plan.unplanned)
    manifest.tell(.unused, Self.sentences(unused: plan.unused))
    report(.lists, plan.dataset.remarks, &manifest)
    reportCells(plan.inventory)
    try require(&chosen, of: plan.samples)
    manifest.cells = Manifest.CellCounts(
      total: plan.cells.count, cached: plan.cells.count - plan.waiting.count)

    let text = try embedText(
      plan, model: model, for: chosen, computesAnalyses: computesAnalyses, &manifest,
      after: earlier)
    try gather(plan, store: store)
    try announceEstimate(plan, text: text, model: model, store: store, chosen: chosen)
    try embed(plan, model: model, store: store)
    return MadeEmbeddings(
      samples: plan.samples, text: text, conditions: conditions,
      embeddings: { try plan.embeddings($0, in: store) }, cells: plan.cells,
      images: RunImages(
        samples: plan.dataset.samples, digests: plan.digests,
        pixels: NoisyPixels(preprocessing: model.preprocessing, noise: experiment.noise),
        variants: plan.variants),
      precision: {
        try precisionRecord(
          plan, model: model, store: store, classes: text, $0, after: earlier?.manifest)
      })
  }

  /// Says in a manifest what the embeddings are of.
  ///
  /// - Throws: `FileError` when the run that is there is of others: what differs.
  func describe(
    _ plan: EmbeddingPlan, _ model: CLIPModel, _ conditions: [Condition],
    in manifest: inout Manifest, after earlier: EarlierRun?
  ) throws {
    let arithmetic = experiment.precision.arithmetic
    manifest.model = Manifest.ModelRecord(model)
    manifest.precision = PrecisionRecord(
      precision: arithmetic.precision.rawValue, kernels: arithmetic.kernels)
    manifest.data = Manifest.DataRecord(
      source: "\(experiment.dataset?.name ?? "") (\(plan.dataset.source))",
      images: plan.dataset.samples.count, classes: plan.dataset.classes.count,
      digest: "\(plan.dataDigest)", leftOut: plan.leftOut, unused: plan.unused,
      variants: plan.variantDigests?.mapValues { "\($0)" })
    try earlier?.refuse(
      differences(manifest, conditions, from: earlier, samples: plan.samples))
  }

  /// In what the run that is there is of other embeddings.
  func differences(
    _ manifest: Manifest, _ conditions: [Condition], from earlier: EarlierRun?,
    samples: SampleTable? = nil
  ) throws -> [String] {
    guard let earlier else { return [] }
    var manifest = manifest
    let kinds = experiment.addsNoise ? conditions.compactMap(\.kind) : []
    for kind in kinds {
      manifest.configuration[Manifest.noiseKey(kind.name)] =
        experiment.noise.canonicalDescription(of: kind)
    }
    var lines = manifest.differences(from: earlier.manifest, of: kinds.map(\.name))
    // The rows of folders that are not there any more are told by their names alone.
    if let samples, lines.isEmpty,
      manifest.data?.lacksVariants(of: earlier.manifest.data) ?? false, earlier.hasOther(samples)
    {
      lines.append(Self.otherSamples)
    }
    // A run that has a control keeps it, whether it is asked for again or not.
    if experiment.hasControl || earlier.manifest.configuration["control"] == "true",
      let control = try Manifest.read(control), let seed = control.configuration["seed"],
      seed != "\(experiment.modelSeed)"
    {
      lines.append(
        "the control's seed: \(seed) there, \(experiment.modelSeed) asked for")
    }
    return lines
  }

  private static let otherSamples =
    "the images, their classes or splits are others (samples.csv, classes.csv)"

  /// The embeddings of the classes, where zero-shot accuracy is computed; nil where it is not.
  private func embedText(
    _ plan: EmbeddingPlan, model: CLIPModel, for chosen: Set<String>, computesAnalyses: Bool,
    _ manifest: inout Manifest, after earlier: EarlierRun?
  ) throws -> Matrix<Float>? {
    var templates: PromptTemplates?
    if chosen.contains(ZeroShotAnalysis.name) {
      templates = try experiment.templates.map { try PromptTemplates(path: $0) } ?? .textures
    } else if computesAnalyses, let earlier, let record = earlier.manifest.zeroShot,
      earlier.manifest.analysisRecords[ZeroShotAnalysis.name] != nil,
      earlier.isPending(ZeroShotAnalysis.self) || earlier.hasOther(plan.samples)
        || !earlier.hasIntactText
    {
      // Not asked for, and computed again all the same.
      templates = PromptTemplates(recorded: record.prompts)
    }
    guard let templates else { return nil }
    let (embeddings, record) = try clock.measure("embed text") {
      try Self.classEmbeddings(
        model: model, classes: plan.dataset.classes, templates: templates,
        backend: experiment.precision.arithmetic.backend)
    }
    manifest.zeroShot = record
    if record.truncatedPrompts > 0 {
      log.warning("\(record.truncatedPrompts) prompts are longer than the text tower's context")
    }
    return embeddings
  }

  func embed(_ plan: EmbeddingPlan, model: CLIPModel, store: CellStore) throws {
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
    _ manifest: Manifest, after earlier: Manifest?
  ) throws -> PrecisionRecord {
    let settings = experiment.precision
    let (precision, backend) = (settings.arithmetic.precision, settings.arithmetic.backend)
    var record = PrecisionRecord(
      precision: precision.rawValue, kernels: settings.arithmetic.kernels, check: nil)
    if precision == .float32 { return record }
    // The same embeddings have been compared before.
    if let earlier, earlier.configurationDigest == manifest.configurationDigest,
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
    let model = try CLIPModel.opened(
      name, seed: experiment.modelSeed, isQuiet: isQuiet)
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

  /// The cells of some conditions; nil for those of the experiment.
  ///
  /// Where images cannot be used, a list of them is written into the run directory if `writesList`.
  func plan(
    model: CLIPModel, store: CellStore, conditions: [Condition]? = nil, writesList: Bool = true,
    isWanted: (_ place: Int) -> Bool = { _ in true }
  ) throws -> EmbeddingPlan {
    let dataset = try datasetSource()
    do {
      return try EmbeddingPlan(
        of: dataset, selection: experiment.selection, skipsBroken: experiment.skipsBroken,
        conditions: conditions ?? experiment.conditions, noise: experiment.noise,
        arithmetic: experiment.precision.arithmetic, model: model, store: store,
        known: knownImages, isWanted: isWanted)
    } catch RunError.unusableImages(let images, _) where writesList {
      // The message names the first of them; the whole list goes beside the run.
      let lines = images.map { CSV.line([$0.path, $0.problem]) }
      try run.write(
        CSV.line(["path", "problem"]) + lines.joined(), RunDirectory.unusableImages)
      throw RunError.unusableImages(
        images, listPath: run.file(RunDirectory.unusableImages.pattern.text))
    }
  }

  func reportLeftOut(_ images: [RunError.UnusableImage], lostClasses: [String]) {
    guard !images.isEmpty else { return }
    let lost =
      lostClasses.isEmpty
      ? ""
      : "; no image is left of \(lostClasses.count == 1 ? "the class" : "the classes") \(lostClasses.listed)"
    let (are, them) = images.count == 1 ? ("image is", "it") : ("images are", "them")
    log.warning(
      "\(images.count) \(are) missing or damaged and left out\(lost); the manifest names \(them)")
  }

  /// The class embeddings for zero-shot classification, and what the manifest says of them.
  static func classEmbeddings(
    model: CLIPModel, classes: [String], templates file: String?, backend: MatrixBackend? = nil
  ) throws -> (Matrix<Float>, Manifest.ZeroShotRecord) {
    try classEmbeddings(
      model: model, classes: classes,
      templates: file.map { try PromptTemplates(path: $0) } ?? .textures, backend: backend)
  }

  private static func classEmbeddings(
    model: CLIPModel, classes: [String], templates: PromptTemplates, backend: MatrixBackend?
  ) throws -> (Matrix<Float>, Manifest.ZeroShotRecord) {
    // In float32 at every precision: it takes a second, and only images then differ.
    let text = try model.textTower(Arithmetic(backend: backend)).classEmbeddings(
      classes, templates: templates, tokenizer: model.tokenizer())
    let record = Manifest.ZeroShotRecord(
      logitScale: try model.logitScale(), prompts: templates.templates,
      truncatedPrompts: text.truncatedPrompts)
    return (text.embeddings, record)
  }

  /// The analyses that take every row for a direction.
  private static let analysesOfDirections: Set = [
    ZeroShotAnalysis.name, ProbeAnalysis.name, GeometryAnalysis.name, FailuresAnalysis.name,
  ]

  /// Reads embeddings made elsewhere.
  func importEmbeddings(
    _ source: String, for chosen: inout Set<String>, manifest: inout Manifest,
    after earlier: EarlierRun?
  ) throws -> MadeEmbeddings {
    let imported = try ImportedEmbeddings(source)
    try imported.check(
      against: run, needsDirections: !chosen.isDisjoint(with: Self.analysesOfDirections),
      needsTextDirections: chosen.contains(ZeroShotAnalysis.name))
    try require(&chosen, of: imported.samples)
    reportUnused(imported.unused)
    manifest.data = try imported.record(after: earlier?.manifest.data)
    manifest.tell(.unused, Self.sentences(unused: manifest.data?.unused ?? []))
    if let earlier { try requireSame(imported, manifest, as: earlier) }
    let scale = try announceInputs(
      imported, source, chosen, after: earlier?.manifest, &manifest)
    if imported.text != nil {
      manifest.zeroShot = Manifest.ZeroShotRecord(
        logitScale: scale, prompts: [], truncatedPrompts: 0)
    }
    return MadeEmbeddings(
      samples: imported.samples, text: imported.text, conditions: imported.conditions,
      embeddings: imported.embeddings, images: nil, precision: { _ in nil })
  }

  /// Stops when the run that is there is of other samples, or of other embeddings under a condition of both.
  func requireSame(
    _ imported: ImportedEmbeddings, _ manifest: Manifest, as earlier: EarlierRun
  ) throws {
    var lines = manifest.differences(from: earlier.manifest, of: [])
    if earlier.hasOther(imported.samples) {
      lines.append(Self.otherSamples)
    }
    for condition in imported.conditions where lines.isEmpty {
      guard let digest = earlier.digest(condition) else { continue }
      if "\(Digest(of: try imported.embeddings(condition)))" != digest {
        lines.append("the embeddings of \(condition.name) are others")
      }
    }
    try earlier.refuse(lines)
    for condition in earlier.conditions
    where !imported.conditions.contains(condition) && !earlier.isIntact(condition) {
      throw FileError(
        run.embeddingsFile(condition),
        "is not what the run wrote, and \(condition.name) is not among the embeddings to import; "
          + "restore it, or begin anew with --overwrite")
    }
  }

  // MARK: The run directory

  /// Says in the manifest what holds while the analyses are computed.
  ///
  /// An interrupted sweep that is started again finds in it what it had begun.
  func describe(
    _ made: MadeEmbeddings, _ plan: RunExtension, _ earlier: EarlierRun?,
    _ manifest: inout Manifest
  ) throws {
    let isImported = experiment.embeddings != nil
    manifest.configuration = Dictionary(
      uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) })
    manifest.configuration[Manifest.conditionsKey] =
      plan.conditions.map(\.name).joined(separator: ",")
    manifest.configurationDigest = "\(experiment.digest)"
    manifest.noiseSeeds = isImported ? [] : Set(plan.conditions.compactMap(\.seed)).sorted()
    // Kinds of noise that this sweep does not make are as they were made.
    let kinds = Set(made.conditions.compactMap(\.noise))
    for kind in Set(plan.conditions.compactMap(\.noise)).subtracting(kinds) {
      let key = Manifest.noiseKey(kind)
      manifest.configuration[key] = earlier?.manifest.configuration[key]
    }
    manifest.precision = try made.precision(manifest)
    manifest.zeroShot = manifest.zeroShot ?? earlier?.manifest.zeroShot
    manifest.analyses = plan.recordsMeanwhile
    manifest.outputs = kept(of: earlier, made, plan)
  }

  /// Writes the manifest and what the analyses read.
  ///
  /// From here on the run that was there is not finished: whatever is refused is refused before.
  func begin(_ made: MadeEmbeddings, _ plan: RunExtension, _ manifest: Manifest) throws {
    for message in plan.messages { log.notice("\(run.path): \(message)") }
    try clock.measure("write embeddings") {
      if overwrites {
        reportForeign(try run.removeResults(RunFiles.ofRun))
      } else if plan.changesTables {
        try run.remove(RunDirectory.views)
      }
      try manifest.write(to: run)
      try run.writeSamples(made.samples)
      if let text = made.text { try run.writeClassEmbeddings(text) }
      for condition in made.conditions {
        try run.writeEmbeddings(made.embeddings(condition), condition)
      }
      try run.writeConditions(plan.conditions)
    }
  }

  /// The digests of what holds while the analyses are computed.
  private func kept(
    of earlier: EarlierRun?, _ made: MadeEmbeddings, _ plan: RunExtension
  ) -> [String: String] {
    guard let earlier else { return [:] }
    let holds = plan.recordsMeanwhile.filter { !$0.value.conditions.isEmpty }
    var stale = AnalysisRegistry.all.filter { holds[$0.name] == nil }.flatMap { $0.files }
    stale += [SampleColumns.file, ClassColumns.file, ConditionList.file]
    if made.images != nil { stale.append(PictureFiles.examples) }
    var outputs = RunFiles.outputs(earlier.manifest.outputs, without: stale)
    let text = RunDirectory.classEmbeddings.pattern.text
    if !earlier.hasOther(made.text) { outputs[text] = earlier.manifest.outputs[text] }
    // Whether names, splits or classes are others is told by these alone.
    for (name, digest) in RunDirectory.digests(of: made.samples)
    where earlier.manifest.outputs[name] == digest {
      outputs[name] = digest
    }
    return outputs
  }
}
