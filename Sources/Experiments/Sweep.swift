import CLIP
import Datasets
import Embedding
import Files
import Foundation
import LinearAlgebra
package import Logging
import RunAnalyses
package import Runs
import Version

/// A noise sweep: images → noise → embeddings → analyses, into a run directory.
///
/// Resumes by itself: finished cells and units are found by their keys, and tables are written from them, to the same
/// bytes. A run that is there already is extended; see `RunExtension`.
package struct Sweep {
  package private(set) var experiment: Experiment
  package let arguments: [String]
  package let isQuiet: Bool
  /// Whether a run that is there already is replaced rather than extended; its cells and units stay.
  package internal(set) var overwrites: Bool
  var makesPictures = true
  /// The images as they were looked at when the experiment was planned for several machines; nil to look at all.
  var knownImages: InspectedImages?
  /// The identifier of the plan that is merged; nil of a sweep.
  var plan: String?
  package let run: RunDirectory
  private let startedAt = Date()
  package let log = Logger(label: "topoclip")
  package let clock = StageClock()

  /// A sweep of `experiment`; `arguments` are the command line, for the manifest.
  package init(
    _ experiment: Experiment, arguments: [String], isQuiet: Bool, overwrites: Bool = false
  ) {
    self.experiment = experiment
    self.arguments = arguments
    self.isQuiet = isQuiet
    self.overwrites = overwrites
    run = RunDirectory(experiment.output)
  }

  /// Makes the embeddings and runs the analyses.
  ///
  /// - Parameter onlyEmbeddings: Whether to leave the analyses out (`topoclip embed`).
  /// - Returns: What to print: what the analyses say, and where everything is.
  /// - Throws: An error that says what is wrong, where, and what to do; finished cells and units stay, and so does a
  ///   finished run of other embeddings.
  package func execute(onlyEmbeddings: Bool = false) throws -> String {
    try requireOutput()
    return try RunLock.hold(run.path) { try executeAlone(onlyEmbeddings: onlyEmbeddings) }
  }

  /// Refuses a run directory that holds other people's files, or is the data set.
  ///
  /// - Throws: `FileError` naming some of the files.
  package func requireOutput() throws {
    if let dataset = experiment.dataset, dataset.kind == .files {
      try OutputFolder.require(run.path, outsideDataset: dataset.name)
      if try dataset.isNested(splitFile: experiment.selection.splitFile) {
        try OutputFolder.require(run.path, outsideNested: dataset.name)
      }
      if let cache = experiment.cache, try !dataset.variants().isEmpty {
        try OutputFolder.require(cache, as: "--cache", outsideNested: dataset.name)
      }
    }
    try OutputFolder.require(run.path, for: .run)
  }

  /// The same, once no other process works in the folder.
  private func executeAlone(onlyEmbeddings: Bool) throws -> String {
    BLAS.warnAboutForcedCore { log.warning("\($0)") }
    let earlier = overwrites ? nil : try EarlierRun(run)
    if !onlyEmbeddings { try requireBaseline() }
    var chosen = onlyEmbeddings ? [] : try chosenAnalyses()
    var manifest = emptyManifest
    // What is told anew stands in its place.
    manifest.told = earlier?.manifest.told ?? []
    let known = try ObjectList.before(earlier, in: run)
    let made =
      try experiment.embeddings.map {
        try importEmbeddings($0, for: &chosen, manifest: &manifest, after: earlier)
      }
      ?? embed(
        for: &chosen, computesAnalyses: !onlyEmbeddings, manifest: &manifest, after: earlier)
    let plan = try RunExtension(
      RunExtension.Inputs(
        earlier: earlier?.manifest, earlierConditions: earlier?.conditions ?? [],
        conditions: experiment.embeddings == nil ? experiment.conditions : made.conditions,
        chosen: chosen, settings: experiment.analysisSettings, computesAnalyses: !onlyEmbeddings,
        samplesChanged: earlier?.hasOther(made.samples) ?? false,
        textChanged: earlier?.hasOther(made.text) ?? false,
        logitScaleChange: earlier?.logitScaleChange(manifest)))
    let joined = joined(plan, earlier?.manifest)
    try joined.describe(made, plan, earlier, &manifest)
    try joined.requireAnalyses(plan, made.samples, manifest)
    return try joined.withControl(plan, manifest) {
      if let earlier { try joined.reportChanges(in: earlier, made, plan) }
      // From here to the end no manifest tells of the list that is there.
      if known == nil { try run.remove([ObjectColumns.file]) }
      try joined.begin(made, plan, manifest)
      return try joined.finish(made, plan, earlier, known, &manifest)
    }
  }

  /// Checks, before the run that is there is touched, that what it will have can be computed.
  private func requireAnalyses(
    _ plan: RunExtension, _ samples: SampleTable, _ manifest: Manifest
  ) throws {
    if plan.performed.contains(StatisticsAnalysis.name) {
      try requireBaseline(of: manifest, samples)
    }
    for analysis in experiment.analysisSettings.chosen(plan.performed) {
      try analysis.require(samples)
    }
  }

  /// Runs the analyses on what is in the run directory, and writes the manifest.
  private func finish(
    _ made: MadeEmbeddings, _ plan: RunExtension, _ earlier: EarlierRun?, _ known: ObjectList?,
    _ manifest: inout Manifest
  ) throws -> String {
    if experiment.hasControl, !plan.performed.isEmpty { try sweepControl(plan) }
    let context = try context(plan, manifest)
    warnOfUnknownClasses(context.samples)
    reportLackOfClean(of: plan.conditions, plan.analyses, &manifest)
    try announceEstimate(context, plan.performed)
    var summary = ""
    for analysis in experiment.analysisSettings.chosen(plan.performed) {
      let said = try clock.measure(type(of: analysis).name) { try run(analysis, context) }
      if !said.isEmpty { summary += said + "\n" }
    }
    if let images = made.images, makesPictures,
      !PictureFiles.readers.isDisjoint(with: plan.analyses)
    {
      try clock.measure("pictures") {
        try writePictures(of: images, context.samples, plan.conditions)
      }
    }
    try announceTextOrder(context, plan.analyses, &manifest)
    manifest.stages = clock.stages
    manifest.finishedAt = Date()
    manifest.analyses = plan.records
    manifest.objectsDigest = try run.write(
      ObjectList(
        cells: made.cells, units: context.store.used, performed: plan.performed,
        after: known,
        conditions: experiment.embeddings == nil ? plan.conditions : [], analyses: plan.analyses))
    manifest.outputs.merge(run.written) { $1 }
    try run.remove([RunDirectory.unusableImages])
    if let earlier {
      reportForeign(
        try run.removeStale(
          RunFiles.all.filter(\.isDigested), of: earlier.manifest, conditions: plan.conditions,
          except: Set(manifest.outputs.keys)))
    }
    try manifest.write(to: run)
    if let check = manifest.precision?.check {
      summary += "\(experiment.precision.arithmetic.precision): \(check.statement)\n"
    }
    if experiment.hasControl { summary += try ControlLine.text(control) }
    let count = plan.conditions.count
    return summary + "\(run.path): \(context.samples.labels.count) samples, "
      + "\(count) \(count == 1 ? "condition" : "conditions")\n"
  }

  /// Finishes an analysis's units, and writes its files from them.
  private func run(_ analysis: any RunAnalysis, _ context: RunContext) throws -> String {
    for unit in try analysis.units(context) {
      try Interruption.check()
      try unit.finish(in: context.store)
    }
    return try analysis.write(context)
  }

  var emptyManifest: Manifest {
    var manifest = Manifest(
      program: .current, arguments: arguments, startedAt: startedAt,
      configuration: Dictionary(
        uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) }),
      configurationDigest: "\(experiment.digest)", noiseSeeds: [], host: .current(), stages: [],
      outputs: [:])
    manifest.plan = plan
    return manifest
  }

  /// The sweep that would give at once what a run consists of after its extension.
  func joined(_ plan: RunExtension, _ earlier: Manifest?) -> Sweep {
    var sweep = self
    if experiment.embeddings == nil { sweep.experiment.conditions = plan.conditions }
    sweep.experiment.analysisSettings = plan.settings
    if let asked = experiment.analyses, !plan.analyses.isSubset(of: asked) {
      sweep.experiment.analyses = AnalysisRegistry.names.filter {
        asked.contains($0) || plan.analyses.contains($0)
      }
    }
    if let earlier {
      sweep.experiment.hasControl =
        experiment.hasControl || earlier.configuration["control"] == "true"
      if earlier.configuration["analyses"] == "all" { sweep.experiment.analyses = nil }
      sweep.experiment.keepAccuracy(of: earlier, plan)
    }
    return sweep
  }

  private func context(_ plan: RunExtension, _ manifest: Manifest) throws -> RunContext {
    let samples = try run.readSamples()
    return RunContext(
      run: run, samples: samples, conditions: plan.conditions,
      analyses: experiment.analysisSettings, chosen: plan.analyses,
      logitScale: manifest.zeroShot?.logitScale,
      baseline: plan.performed.contains(StatisticsAnalysis.name)
        ? try baseline(manifest, samples, plan.analyses) : nil,
      store: UnitStore(folder: unitFolder), isQuiet: isQuiet)
  }

  /// Where the results of units are kept.
  var unitFolder: String { experiment.cache.map { $0 + "/units" } ?? run.file("units") }

  /// The analyses to run: those asked for, or all that the inputs allow.
  func chosenAnalyses() throws -> Set<String> {
    let all = Set(AnalysisRegistry.names)
    guard let source = experiment.embeddings else {
      return experiment.analyses.map(Set.init) ?? all
    }
    let hasText = try ImportedEmbeddings.hasText(source)
    if experiment.analyses?.contains(ZeroShotAnalysis.name) == true, !hasText {
      throw RunError.failure(
        "\(source): zero-shot accuracy needs text.npy and classes.csv beside the embeddings")
    }
    return experiment.analyses.map(Set.init)
      ?? (hasText ? all : all.subtracting(AnalysisRegistry.ofClasses))
  }

  /// Checks, before anything is embedded, that the analyses can be made of the samples.
  ///
  /// Those that were not asked for by name and need more samples are left out, with a warning.
  ///
  /// - Throws: What is missing for an analysis that was asked for.
  func require(_ chosen: inout Set<String>, of samples: SampleTable) throws {
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
}
