import Files
import Foundation
import Logging
import RunAnalyses
package import Runs
import Version

/// The analyses of a finished run's embeddings under other settings, into a run directory of their own.
///
/// Samples, classes, conditions, embeddings, text embeddings and pictures are the run's; so is its control, of which
/// the same is made. Units of work that the run has finished under the same settings are read and not computed again.
/// Analyses of the same run that are in the folder already are extended; see `RunExtension`.
package struct Reanalysis {
  let source: FinishedRun
  private let selection: RunSelection
  /// The sweep whose analyses these are.
  private(set) var sweep: Sweep
  private let arguments: [String]
  private let isQuiet: Bool
  private let cache: String?
  private let verifies: Bool
  private var makesPictures = true
  private let startedAt = Date()

  /// The analyses of a run.
  ///
  /// - Parameters:
  ///   - run: The finished run's folder.
  ///   - output: The folder of the new run, not in the finished one.
  ///   - assignments: Settings over the run's own.
  ///   - cache: A folder of finished units shared between runs.
  ///   - verifies: Whether inputs that are not as the run's manifest has recorded them are refused.
  ///   - arguments: The command line, for the manifest.
  ///   - isQuiet: Whether to show no progress.
  /// - Throws: `FileError` for a run that is missing, unfinished or changed, and for an output that is another run's;
  ///   `RunError.setting` for settings.
  package init(
    _ run: String, output: String, assignments: [Assignment], cache: String? = nil,
    verifies: Bool = true, arguments: [String], isQuiet: Bool
  ) throws {
    try Self.requireApart(run, output)
    let (selected, others) = try Self.selection(assignments)
    let source = try FinishedRun(run, selection: selected, verifies: verifies)
    try source.manifest.requireOutsideTree(output)
    _ = try Self.earlier(RunDirectory(output), of: source)
    let experiment = try Experiment(
      of: source.manifest, file: source.run.file(Manifest.fileName), assignments: others,
      output: output)
    self.init(
      source, selected, experiment, cache: cache, verifies: verifies, arguments: arguments,
      isQuiet: isQuiet)
  }

  private init(
    _ source: FinishedRun, _ selection: RunSelection, _ experiment: Experiment, cache: String?,
    verifies: Bool, arguments: [String], isQuiet: Bool
  ) {
    self.source = source
    self.selection = selection
    self.cache = cache
    self.verifies = verifies
    self.arguments = arguments
    self.isQuiet = isQuiet
    sweep = Sweep(experiment, arguments: arguments, isQuiet: isQuiet)
  }

  var run: RunDirectory { sweep.run }
  var experiment: Experiment { sweep.experiment }

  /// Does something while no other process writes into a run or works in the folder of its analyses.
  ///
  /// - Parameters:
  ///   - run: The finished run's folder.
  ///   - output: The folder of the new run.
  ///   - body: What to do: all from the first look at the run to the page.
  /// - Throws: `FileError` naming a process that is at work in one of them, or an output that lies in the run.
  package static func alone(_ run: String, _ output: String, _ body: () throws -> Void) throws {
    try requireApart(run, output)
    try RunLock.holdForReading(run) { try RunLock.hold(output) { try body() } }
  }

  private static func requireApart(_ run: String, _ output: String) throws {
    guard !ResolvedPath(output).isInside(ResolvedPath(run)) else {
      throw FileError(
        output,
        "is the run \(run) itself or lies in it, and a finished run stays as it is; give "
          + "another --output")
    }
  }

  /// The images that are chosen, and the other assignments.
  private static func selection(
    _ assignments: [Assignment]
  ) throws -> (RunSelection, [Assignment]) {
    var tree = ConfigurationTree.mapping([:], place: "the command line")
    func isOfImages(_ assignment: Assignment) -> Bool {
      assignment.keys.count == 2 && assignment.keys[0] == RunSelection.section
    }
    for assignment in assignments where isOfImages(assignment) {
      tree = try tree.setting([assignment.keys[1]], to: assignment.text, place: assignment.place)
    }
    return (
      try RunSelection(ConfigurationSection(tree, path: RunSelection.section + ".")),
      assignments.filter { !isOfImages($0) }
    )
  }

  /// The analyses of a run that an output holds already, finished or not; nil where it is new or empty.
  ///
  /// - Throws: `FileError` for an output that holds anything else.
  private static func earlier(_ target: RunDirectory, of source: FinishedRun) throws -> EarlierRun?
  {
    try OutputFolder.require(target.path, for: .run)
    if try Manifest.read(target)?.isOwn != true {
      let tables = try target.existing(RunFiles.all.filter(\.isDigested)).uniqued
      guard let first = tables.first else { return nil }
      throw FileError(
        target.path,
        "holds \(tables.count == 1 ? first : "\(first) and \(tables.count - 1) more tables") of a run without "
          + "its manifest, so that nobody can say what they are of; give another --output")
    }
    guard let earlier = try EarlierRun(target) else { return nil }
    guard earlier.manifest.configuration[FinishedRun.sourceKey] == source.absolutePath else {
      throw FileError(
        target.path,
        "holds another run (\(earlier.manifest.moment)) than analyses of \(source.run.path); give another --output"
      )
    }
    return earlier
  }

  /// Runs the analyses.
  ///
  /// - Returns: What to print: what the analyses say, and where everything is.
  /// - Throws: An error that says what is wrong, where, and what to do; finished units stay, and so do tables of other
  ///   embeddings.
  package func execute() throws -> String {
    try RunLock.holdForReading(source.run.path) {
      try RunLock.hold(run.path) { try executeAlone() }
    }
  }

  /// The same, once no other process works in the folder.
  private func executeAlone() throws -> String {
    try sweep.requireBaseline()
    var chosen = try chosenAnalyses()
    try sweep.require(&chosen, of: source.samples)
    let earlier = try Self.earlier(run, of: source)
    let inputs = earlier == nil ? [:] : try source.inputDigests()
    if let earlier { try refuse(earlier, manifest(analyses: [:]), inputs) }
    let plan = try extending(earlier?.manifest, earlier?.conditions ?? [], inputs, chosen)
    var joined = self
    joined.sweep = sweep.joined(plan, earlier?.manifest)
    if plan.performed.contains(StatisticsAnalysis.name) { try joined.sweep.requireBaseline() }
    let kept = joined.kept(of: earlier?.manifest, plan, inputs)
    return try joined.execute(plan, after: earlier, kept)
  }

  /// The same, once it is known what is computed and what stays.
  private func execute(
    _ plan: RunExtension, after earlier: EarlierRun?, _ kept: [String: String]
  ) throws -> String {
    let known = try ObjectList.before(earlier, in: run)
    if known == nil { try run.remove([ObjectColumns.file]) }
    let control =
      experiment.hasControl && !plan.performed.isEmpty
      ? try control(controlAnalyses(plan)) : nil
    if let control { _ = try Self.earlier(control.run, of: control.source) }

    var manifest = manifest(analyses: plan.records)
    try sweep.clock.measure("copy embeddings") { try prepare(plan, manifest, kept) }
    if let control { try sweep.clock.measure("control") { _ = try control.execute() } }
    let context = RunContext(
      run: run, samples: source.samples, conditions: source.conditions,
      analyses: experiment.analysisSettings, chosen: plan.analyses,
      logitScale: manifest.zeroShot?.logitScale,
      baseline: plan.performed.contains(StatisticsAnalysis.name)
        ? try sweep.baseline(manifest, source.samples, plan.analyses) : nil,
      store: store, isQuiet: isQuiet)
    sweep.warnOfUnknownClasses(context.samples)
    sweep.reportLackOfClean(
      of: source.conditions, plan.analyses, &manifest, remedy: CleanImages.remedy(source))
    if !plan.analyses.contains(ZeroShotAnalysis.name) {
      manifest.takeBack(.logitScale, .textOrder)
    }
    try sweep.announceEstimate(context, plan.performed)
    var summary = ""
    for analysis in experiment.analysisSettings.chosen(plan.performed) {
      let said = try sweep.clock.measure(type(of: analysis).name) {
        for unit in try analysis.units(context) {
          try Interruption.check()
          try unit.finish(in: context.store)
        }
        return try analysis.write(context)
      }
      if !said.isEmpty { summary += said + "\n" }
    }
    manifest.stages = sweep.clock.stages
    manifest.finishedAt = Date()
    manifest.objectsDigest = try run.write(
      ObjectList(
        cells: [], units: context.store.used, performed: plan.performed,
        after: known, conditions: [], analyses: plan.analyses))
    manifest.outputs = kept.merging(run.written) { $1 }
    if let earlier {
      _ = try run.removeStale(
        RunFiles.all.filter(\.isDigested), of: earlier.manifest, conditions: nil,
        except: Set(manifest.outputs.keys))
      try run.remove([RunDirectory.unusableImages])
    }
    try manifest.write(to: run)
    if experiment.hasControl { summary += try ControlLine.text(sweep.control) }
    let count = source.conditions.count
    return summary + "\(run.path): \(source.samples.labels.count) samples, "
      + "\(count) \(count == 1 ? "condition" : "conditions")\n"
  }

  /// Results of the run's own units are read too.
  private var store: UnitStore {
    UnitStore(
      folder: cache.map { $0 + "/units" } ?? run.file("units"),
      readingToo: [source.run.file("units")])
  }

  /// Those asked for, or all that the run's files allow.
  private func chosenAnalyses() throws -> Set<String> {
    let all = Set(AnalysisRegistry.names)
    if !source.hasText, experiment.analyses?.contains(ZeroShotAnalysis.name) == true {
      throw RunError.failure(
        "\(source.run.path): zero-shot accuracy needs embeddings of the classes, and the run has none; "
          + "leave zeroshot out of --analyses, or run topoclip sweep")
    }
    return experiment.analyses.map(Set.init)
      ?? (source.hasText ? all : all.subtracting(AnalysisRegistry.ofClasses))
  }

  /// The same of the run's control.
  private func control(_ chosen: Set<String>) throws -> Reanalysis {
    var experiment = sweep.control(chosen).experiment
    experiment.cache = nil
    var control = Reanalysis(
      try FinishedRun(
        source.run.file(RunDirectory.controlFolder), selection: selection, verifies: verifies),
      selection, experiment, cache: cache, verifies: verifies, arguments: arguments,
      isQuiet: isQuiet)
    control.makesPictures = false
    return control
  }

  /// Makes the output a copy of the run, with those results that hold.
  ///
  /// The manifest stands there from the beginning, unfinished, so that the folder is known again.
  private func prepare(
    _ plan: RunExtension, _ manifest: Manifest, _ kept: [String: String]
  ) throws {
    for message in plan.messages { sweep.log.notice("\(run.path): \(message)") }
    if plan.changesTables { try run.remove(RunDirectory.views) }
    var unfinished = manifest
    unfinished.finishedAt = nil
    unfinished.analyses = plan.recordsMeanwhile
    unfinished.outputs = kept
    try unfinished.write(to: run)
    try source.copyInputs(to: run)
    if makesPictures, !PictureFiles.readers.isDisjoint(with: plan.analyses) {
      try source.copyPictures(to: run)
    }
  }

  /// What the new run is of: the run's model, data and text, and these settings.
  private func manifest(analyses records: [String: Manifest.AnalysisRecord]) -> Manifest {
    var manifest = source.manifest
    manifest.program = .current
    manifest.arguments = arguments
    manifest.startedAt = startedAt
    manifest.host = .current()
    manifest.cells = nil
    manifest.stages = []
    manifest.outputs = [:]
    manifest.objectsDigest = nil
    manifest.analyses = records
    let own = RunSelection.section + "."
    var settings = manifest.configuration.filter {
      AnalysisSet.keys(of: $0.key) == nil && !$0.key.hasPrefix(own)
    }
    for (key, value) in experiment.analysisSettings.canonicalSettings { settings[key] = value }
    settings["analyses"] = experiment.analyses.map { $0.joined(separator: ",") } ?? "all"
    settings["control"] = "\(experiment.hasControl)"
    settings[FinishedRun.sourceKey] = source.absolutePath
    settings[FinishedRun.digestKey] = "\(source.manifestDigest)"
    for (key, value) in selection.settings { settings[own + key] = value }
    if let rows = source.rows, var data = manifest.data {
      data.images = source.samples.labels.count
      data.classes = source.samples.classes.count
      func ofPart(_ digest: String) -> String {
        "\(Digest(of: "\(digest)\nclasses \(source.samples.classes)\nrows \(rows)\n"))"
      }
      data.digest = ofPart(data.digest)
      data.variants = data.variants?.mapValues(ofPart)
      manifest.data = data
    }
    manifest.configuration = settings
    let lines = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }
    manifest.configurationDigest = "\(Digest(of: lines.joined()))"
    return manifest
  }
}
