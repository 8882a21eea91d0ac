import CLIP
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
/// Resumes by itself: finished cells are found by their keys, and everything else is written anew
/// from them, to the same bytes.
package struct Sweep {
  package let experiment: Experiment
  package let arguments: [String]
  package let isQuiet: Bool
  var makesPictures = true
  package let run: RunDirectory
  private let startedAt = Date()
  package let log = Logger(label: "topoclip")
  package let clock = StageClock()

  /// A sweep of `experiment`; `arguments` are the command line, for the manifest.
  package init(_ experiment: Experiment, arguments: [String], isQuiet: Bool) {
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
  package func execute(onlyEmbeddings: Bool = false) throws -> String {
    var manifest = emptyManifest
    BLAS.warnAboutForcedCore { log.warning("\($0)") }
    // What an earlier run says of its results decides which of them are kept.
    _ = try Manifest.read(run)
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
      ?? (hasText ? all : all.subtracting([ZeroShotAnalysis.name]))
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
