import Analyses
import Embedding
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs
import Version

/// Links image–text records, as `topoclip link` does: which of them show or tell of the same thing.
package struct LinkageJob: Job {
  private let settings: LinkageSettings
  /// The files that it reads.
  private let inputs: [String]
  private let arguments: [String]
  private let isQuiet: Bool
  private let clock = StageClock()
  private let startedAt = Date()

  /// A job with settings; `arguments` are the command line, for the report.
  ///
  /// - Throws: `OptionError` when a result would be written over what is read.
  package init(_ settings: LinkageSettings, arguments: [String], isQuiet: Bool) throws {
    var inputs: [String?] = [settings.pairs, settings.annotations?.file]
    if case .validation(let path) = settings.threshold { inputs.append(path) }
    if case .files(let image, let text, let validationImage, let validationText) =
      settings.embeddings
    {
      inputs += [image, text, validationImage, validationText]
    }
    self.inputs = inputs.compactMap { $0.map { MatrixFile.split($0).path } }
    try requireSeparateFiles(
      Self.outputNames.map { "\(settings.output)/\($0)" }, inputs: inputs)
    self.settings = settings
    self.arguments = arguments
    self.isQuiet = isQuiet
  }

  /// Reads, embeds, chooses thresholds and weight, links, and writes everything at the end.
  ///
  /// - Returns: The table, for a person; what is worth knowing beside it goes to standard error.
  /// - Throws: `FileError` or `RunError` that says what is wrong, where, and what to do; nothing
  ///   is written then.
  package func run() throws -> String {
    // Anybody may have records of these names; a linkage's lie beside its table, which is written first.
    let isLinkage = try FileStatus(path(LinkageColumns.file.pattern.text)) != nil
    try OutputFolder.require(
      settings.output, for: .linkage, apartFrom: inputs + (isLinkage ? Self.parts.map(path) : []))
    return try RunLock.hold(settings.output) { try runAlone() }
  }

  private func runAlone() throws -> String {
    let earlier = try LinkageManifest.earlier(in: settings.output)
    let control = ComputationControl.interruptible(isQuiet: isQuiet)
    let loaded = try LinkageInput(settings: settings, isQuiet: isQuiet).load(clock: clock)
    let (weight, trials) = try clock.measure("choose weight") {
      try imageWeight(loaded, control: control)
    }
    var curves: [(input: LinkageSettings.Input, steps: [ThresholdAgreement.Step])] = []
    var results = try clock.measure("link") {
      try settings.inputs.map { input in
        try result(
          input, loaded, weight: weight, control: control, curve: { curves.append((input, $0)) })
      }
    }
    let baseline = try settings.baseline.map { baseline in
      try clock.measure("baseline") {
        try LinkageBaseline(
          baseline, test: loaded.test, validation: loaded.validation, control: control)
      }
    }
    if let best = baseline?.best { results.append(best) }
    try Interruption.check()
    try write(results, loaded, baseline, curves: curves, trials: trials, after: earlier)
    var messages = loaded.messages
    if loaded.test.labelledCount < 2 {
      messages.append("the records have no labels, so that the clusters have no scores")
    }
    if let baseline, baseline.best == nil {
      messages.append(
        "the baseline's grid is in jaccard.csv; without validation records no place in it is chosen"
      )
    }
    for message in messages { announce(message, isQuiet: isQuiet) }
    return LinkageResult.markdown(results)
      + "\(settings.output): \(loaded.test.table.records.count) records, "
      + "\(loaded.test.labelledCount) with a label\n"
  }

  /// The interval that golden-section search ends with.
  private static let weightTolerance = 0.01

  /// The image's part of both, and what was tried to find it.
  private func imageWeight(
    _ loaded: LinkageInput.Loaded, control: ComputationControl
  ) throws -> (Double, [GoldenSection.Trial]) {
    switch settings.imageWeight {
    case .fixed(let weight): return (weight, [])
    case .optimized:
      guard let validation = loaded.validation, settings.inputs.contains(.both) else {
        throw RunError.failure(
          "an image weight is optimised for both inputs, on validation records")
      }
      let search = try GoldenSection(over: 0...1, tolerance: Self.weightTolerance) { weight in
        let dendrogram = try validation.dendrogram(.both, imageWeight: weight, control: control)
        return ThresholdAgreement(dendrogram, labels: validation.labels)
          .optimum.counts.adjustedRandIndex
      }
      return (search.best.argument, search.trials)
    }
  }

  private func result(
    _ input: LinkageSettings.Input, _ loaded: LinkageInput.Loaded, weight: Double,
    control: ComputationControl, curve: ([ThresholdAgreement.Step]) -> Void
  ) throws -> LinkageResult {
    let weight = input == .image ? 1 : input == .text ? 0 : weight
    var threshold = 0.0
    var chosen: LinkageResult.Validation?
    if let validation = loaded.validation {
      let agreement = ThresholdAgreement(
        try validation.dendrogram(input, imageWeight: weight, control: control),
        labels: validation.labels)
      curve(agreement.steps)
      let optimum = agreement.optimum
      threshold = optimum.threshold
      chosen = LinkageResult.Validation(
        counts: optimum.counts, plateau: (optimum.low, optimum.high))
    } else if case .fixed(let given) = settings.threshold {
      threshold = given
    }
    let test = loaded.test
    let dendrogram = try test.dendrogram(input, imageWeight: weight, control: control)
    let partition = dendrogram.partition(at: threshold)
    let isScored = test.labelledCount > 1
    return LinkageResult(
      input: input.rawValue, threshold: threshold, validation: chosen, imageWeight: weight,
      partition: partition,
      counts: isScored ? PairCounts(partition, labels: test.labels) : nil,
      mutualInformation: isScored
        ? normalizedMutualInformation(partition, labels: test.labels) : nil,
      ceiling: isScored ? ThresholdAgreement(dendrogram, labels: test.labels).optimum : nil,
      links: Array(dendrogram.merges.prefix { $0.height <= threshold }))
  }

  // MARK: Writing

  private func write(
    _ results: [LinkageResult], _ loaded: LinkageInput.Loaded, _ baseline: LinkageBaseline?,
    curves: [(input: LinkageSettings.Input, steps: [ThresholdAgreement.Step])],
    trials: [GoldenSection.Trial], after earlier: LinkageManifest?
  ) throws {
    let table = LinkageResult.table(results)
    var files = [table, Self.clusters(results, loaded.test.table), Self.links(results)].map(
      Self.file)
    if !curves.isEmpty { files.append(Self.file(Self.thresholds(curves))) }
    var weights = Table(WeightColumns.file)
    for trial in trials.sorted(by: { $0.argument < $1.argument }) {
      weights.append([WeightColumns.weight(trial.argument), WeightColumns.validation(trial.value)])
    }
    if !trials.isEmpty { files.append(Self.file(weights)) }
    if let baseline { files.append(Self.file(baseline.table)) }
    if case .split = settings.threshold {
      files += loaded.training.map { [("train.csv", $0.csv)] } ?? []
      files += loaded.validation.map { [("validation.csv", $0.table.csv)] } ?? []
      files.append(("test.csv", loaded.test.table.csv))
    }
    var manifest = try LinkageManifest(
      settings: settings, arguments: arguments, startedAt: startedAt, loaded: loaded,
      stages: clock.stages,
      outputs: Dictionary(uniqueKeysWithValues: files.map { ($0.name, Digest(of: $0.text)) }),
      results: table, baseline: baseline?.table, weights: weights)
    try manifest.replace(earlier, in: settings.output, clock: clock) {
      try clock.measure("write") {
        for file in files { try AtomicFile.write(file.text, to: path(file.name)) }
      }
    }
  }

  private static func file(_ table: Table) -> (name: String, text: String) {
    (table.file, table.csv)
  }

  private func path(_ name: String) -> String { settings.output + "/" + name }

  /// Everything that a run may write into its folder.
  private static let outputNames =
    [
      LinkageColumns.file, ClusterColumns.file, LinkColumns.file, ThresholdColumns.file,
      WeightColumns.file, JaccardColumns.file,
    ].map(\.pattern.text) + parts + [LinkageManifest.fileName]

  /// The records of the parts of a split.
  private static let parts = ["train.csv", "validation.csv", "test.csv"]

  /// The cluster of every record.
  private static func clusters(_ results: [LinkageResult], _ records: PairsTable) -> Table {
    let inputs = results.map { Column<Int>($0.input, "The number of the record's cluster.") }
    var table = Table(ClusterColumns.file, further: inputs)
    for (row, record) in records.records.enumerated() {
      table.append(
        [
          ClusterColumns.row(row), ClusterColumns.image(record.image),
          ClusterColumns.label(record.label),
        ] + zip(inputs, results).map { $0($1.partition.clusters[row]) })
    }
    return table
  }

  /// The pairs that made the clusters.
  private static func links(_ results: [LinkageResult]) -> Table {
    var table = Table(LinkColumns.file)
    for result in results {
      for link in result.links {
        table.append([
          LinkColumns.input(result.input), LinkColumns.first(link.first),
          LinkColumns.second(link.second), LinkColumns.distance(link.height),
        ])
      }
    }
    return table
  }

  /// Every step of every input on the validation records.
  private static func thresholds(
    _ curves: [(input: LinkageSettings.Input, steps: [ThresholdAgreement.Step])]
  ) -> Table {
    var table = Table(ThresholdColumns.file)
    for (input, steps) in curves {
      for step in steps {
        table.append(
          [
            ThresholdColumns.input(input.rawValue), ThresholdColumns.low(step.low),
            ThresholdColumns.high(step.high), ThresholdColumns.clusters(step.clusterCount),
            ThresholdColumns.adjustedRandIndex(step.counts.adjustedRandIndex),
          ] + PairScoreColumns.cells(step.counts))
      }
    }
    return table
  }
}

extension OutputFolder.Kind {
  /// What `topoclip link` writes, but the records of a split.
  static let linkage = OutputFolder.Kind(
    "a linkage",
    files: [
      LinkageColumns.file, ClusterColumns.file, LinkColumns.file, ThresholdColumns.file,
      WeightColumns.file, JaccardColumns.file, RunDirectory.lock,
    ]
  ) { folder in
    try LinkageManifest.read(folder + "/" + LinkageManifest.fileName) != nil
  }
}
