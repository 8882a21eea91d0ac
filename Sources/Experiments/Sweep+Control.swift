import CLIP
import Embedding
import Files
import Images
import Logging
package import RunAnalyses
package import Runs

/// What a run's numbers are held against: an encoder that learnt nothing, a baseline, groups of classes.
extension Sweep {
  var control: RunDirectory { RunDirectory(run.file(RunDirectory.controlFolder)) }

  /// The same experiment through an encoder of the model's shape whose weights are random, in a run
  /// directory of its own below this one.
  ///
  /// - Parameter plan: What the run itself computes.
  /// - Throws: As a sweep does.
  func sweepControl(_ plan: RunExtension) throws {
    try clock.measure("control") { _ = try control(of: plan).execute() }
  }

  /// The control's sweep for what the run computes.
  private func control(of plan: RunExtension) -> Sweep {
    var chosen = plan.performed
    // Its accuracy is what corruption errors are relative to.
    if chosen.contains(StatisticsAnalysis.name), plan.analyses.contains(ZeroShotAnalysis.name) {
      chosen.insert(ZeroShotAnalysis.name)
    }
    return control(chosen)
  }

  /// Does something while no other process works in the control, once it is certain that the control's sweep will not
  /// be refused: the run itself is not touched before.
  ///
  /// - Parameters:
  ///   - plan: What the run itself computes.
  ///   - manifest: What the run itself is of.
  ///   - body: What to do.
  /// - Returns: What `body` returns.
  /// - Throws: `FileError` when the control's folder holds what it would not go on with; what `body` throws.
  func withControl<Value>(
    _ plan: RunExtension, _ manifest: Manifest, _ body: () throws -> Value
  ) throws -> Value {
    guard experiment.hasControl, !plan.performed.isEmpty else { return try body() }
    let sweep = control(of: plan)
    try sweep.requireOutput()
    return try RunLock.hold(control.path) {
      if !overwrites, let earlier = try EarlierRun(control) {
        var expected = manifest
        expected.model = Manifest.ModelRecord(try sweep.openModel().0)
        let conditions = Set(experiment.conditions + earlier.conditions).sorted()
        try earlier.refuse(sweep.differences(expected, conditions, from: earlier))
      }
      return try body()
    }
  }

  /// The control's own sweep.
  func control(_ chosen: Set<String>) -> Sweep {
    var experiment = experiment
    experiment.hasControl = false
    experiment.model = experiment.model.map { CLIPModel.randomPrefix + $0 }
    experiment.output = control.path
    experiment.analysisSettings[StatisticsAnalysis.self].baseline = nil
    // Its layouts show nothing that its numbers do not.
    experiment.analyses = AnalysisRegistry.names.filter {
      chosen.contains($0) && $0 != LayoutsAnalysis.name
    }
    var sweep = Sweep(
      experiment, arguments: arguments, isQuiet: isQuiet, overwrites: overwrites)
    // The images are the same.
    sweep.makesPictures = false
    sweep.knownImages = knownImages
    return sweep
  }

  /// Checks, before anything is computed, that the baseline that the settings name is one.
  func requireBaseline() throws {
    if let path = experiment.analysisSettings[StatisticsAnalysis.self].baseline {
      _ = try LevelErrors(run: path)
    }
  }

  /// Checks that the baseline that the settings name is one of the same images and noise.
  ///
  /// - Parameters:
  ///   - manifest: What the run itself is of.
  ///   - samples: Its samples.
  /// - Throws: As `baseline`.
  func requireBaseline(of manifest: Manifest, _ samples: SampleTable) throws {
    guard let path = experiment.analysisSettings[StatisticsAnalysis.self].baseline else { return }
    try requireSame(RunDirectory(path), as: manifest, samples)
  }

  /// What corruption errors are relative to: the run that the settings name, else the control.
  ///
  /// - Parameters:
  ///   - manifest: What the run itself is of.
  ///   - samples: Its samples.
  ///   - chosen: The analyses of the run; without zero-shot accuracy the control has no errors.
  /// - Returns: The baseline; nil when there is none.
  /// - Throws: `FileError` when the baseline is of other images, naming the first, or of another noise.
  package func baseline(
    _ manifest: Manifest, _ samples: SampleTable, _ chosen: Set<String>
  ) throws -> CorruptionBaseline? {
    if let path = experiment.analysisSettings[StatisticsAnalysis.self].baseline {
      try requireSame(RunDirectory(path), as: manifest, samples)
      return CorruptionBaseline(
        name: path, errors: try LevelErrors(run: path), isLearnt: true)
    }
    guard experiment.hasControl, chosen.contains(ZeroShotAnalysis.name) else { return nil }
    return CorruptionBaseline(
      name: CLIPModel.randomPrefix + (experiment.model ?? ""),
      errors: try LevelErrors(run: control.path), isLearnt: false)
  }

  /// Checks that another run is of the same images and noise.
  ///
  /// Paths and classes, in order, decide whether images are the same, so that embeddings of another encoder
  /// that were made elsewhere are as good as those of this program. What images hold, and how noise was made,
  /// is compared where both runs know it.
  private func requireSame(
    _ other: RunDirectory, as manifest: Manifest, _ samples: SampleTable
  ) throws {
    guard let record = try Manifest.read(other) else { return }
    let rule = "a baseline is a run of the same, with another model"
    if try FileStatus(other.file("samples.csv")) == nil {
      // Tables that `topoclip zeroshot` wrote into a folder of their own.
      guard let digest = record.data?.digest, digest == manifest.data?.digest else {
        throw FileError(
          other.path,
          "is of other images, or of some that nobody can tell, as it has no samples.csv; \(rule)")
      }
    } else if let difference = try samples.difference(
      from: other.readSamples(), there: "there", here: "in this run")
    {
      throw FileError(other.path, "is of other images: \(difference); \(rule)")
    }
    if let there = record.data?.imageDigest, let here = manifest.data?.imageDigest, there != here {
      throw FileError(
        other.path,
        "is of other images: they have the same names but not the same contents (digests differ); "
          + rule)
    }
    guard record.model != nil, manifest.model != nil else { return }
    for kind in NoiseKind.all.map({ Manifest.noiseKey($0.name) }) {
      if let there = record.configuration[kind], let here = manifest.configuration[kind],
        there != here
      {
        throw FileError(
          other.path,
          "is of another kind of noise: \(kind) is \(there) there, \(here) in this run; \(rule)")
      }
    }
  }

  /// A group may name classes that were not drawn; a misspelt name is not to go unnoticed.
  func warnOfUnknownClasses(_ samples: SampleTable) {
    for group in experiment.analysisSettings[StatisticsAnalysis.self].groups {
      for name in group.classes where !samples.classes.contains(name) {
        let hint = name.nearest(of: samples.classes).map { "; did you mean \($0)?" } ?? ""
        log.warning("statistics.groups.\(group.name): no sample is of the class \(name)\(hint)")
      }
    }
  }
}
