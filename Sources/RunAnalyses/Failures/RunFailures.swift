import Analyses
import LinearAlgebra
import Runs

/// The units of work of `FailuresAnalysis`, and its tables.
struct RunFailures: Sendable {
  private let analysis: FailuresAnalysis
  private let context: RunContext
  private let classification: ZeroShotClassification

  /// Those of a run; nil where it has no zero-shot classification, no clean images, no noise or a single
  /// class.
  init?(_ analysis: FailuresAnalysis, _ context: RunContext) {
    guard context.isChosen(ZeroShotAnalysis.self), context.conditions.contains(.clean),
      !context.noisy.isEmpty, context.samples.classes.count > 1,
      context.samples.labels.count >= FailuresAnalysis.fewestSamples,
      let classification = ZeroShotClassification(context)
    else { return nil }
    self.analysis = analysis
    self.context = context
    self.classification = classification
  }

  func units() throws -> [any UnitOfWork] {
    try context.conditions.map(signals) + noises.map(scores)
  }

  // MARK: Units

  /// What the images are under a condition.
  private func signals(_ condition: Condition) throws -> CachedUnit<ImageSignals> {
    let key = analysis.key(
      "signals \(condition.name)",
      settings: condition == .clean ? ["dimension-neighbors"] : nil,
      reads: try context.digests(withClean: condition == .clean ? [] : [condition]))
    return CachedUnit(key, work: measuring) { [self] in
      guard let scores = try classification.scores().condition(condition),
        let classes = try context.classEmbeddings()
      else { preconditionFailure("\(condition.name) is no condition of the run") }
      return try analyzing(context.file(condition)) {
        try ImageSignals(
          condition, context, scores: scores, classes: classes, settings: analysis.settings)
      }
    }
  }

  /// A kind of noise with its levels.
  private struct Noise: Sendable {
    let name: String
    let levels: [NoiseLevel]
  }

  private var noises: [Noise] {
    let levels = NoiseLevel.all(context.conditions)
    return levels.compactMap(\.noise).uniqued.map { name in
      Noise(name: name, levels: levels.filter { $0.noise == name })
    }
  }

  /// How well the signals predict failures under a kind of noise.
  private func scores(_ noise: Noise) throws -> CachedUnit<[FailureScore]> {
    let conditions = noise.levels.flatMap { $0.conditions.map { context.conditions[$0] } }
    let settings = context.analyses[StatisticsAnalysis.self]
    let key = analysis.key(
      "scores \(noise.name)",
      more: settings.canonical(StatisticsAnalysis.name, ["permutations", "seed"]),
      reads: try context.digests(withClean: conditions))
    return CachedUnit(key, work: ranking(conditions.count)) { [self] in
      let levels = try noise.levels.map { level in
        (level: level.level, seeds: try level.conditions.map { try value(context.conditions[$0]) })
      }
      return try FailureScores(
        noise: noise.name, clean: value(.clean), levels: levels, labels: context.samples.labels,
        settings: settings, control: .interruptible(isQuiet: true)
      ).all()
    }
  }

  private func value(_ condition: Condition) throws -> ImageSignals {
    try Interruption.check()
    return try context.store.value(signals(condition))
  }

  // MARK: Work

  /// The cosines of all pairs of images, and of images and classes.
  private var measuring: Work {
    let (images, classes) = (context.imageCount, context.classCount)
    return Work(
      steps: 0.02 * images * images * context.dimension + 8000 * images
        + 0.4 * images * classes * context.dimension)
  }

  /// Every signal ranked, and gone through without each group of classes.
  private func ranking(_ conditions: Int) -> Work {
    let groups = min(context.classCount, Double(ClassGroups.most))
    let rankings = Double(FailureEvent.allCases.count * FailureSignal.allCases.count)
    return Work(steps: rankings * Double(conditions) * context.imageCount * (60 + 3 * groups))
  }

  // MARK: Tables

  /// Writes `failures.csv`, a piece at a time, and `failure_scores.csv`.
  ///
  /// - Returns: What they say, for a person.
  func write() throws -> String {
    try writeImages()
    var table = Table(FailureScoreColumns.file)
    var sentences: [FailureSentences] = []
    for noise in noises {
      try Interruption.check()
      let scores = try context.store.value(scores(noise))
      for score in scores { table.append(score.row(noise: noise.name)) }
      sentences.append(FailureSentences(noise: noise.name, scores: scores))
    }
    try context.run.write(table)
    return FailureSentences.markdown(sentences)
  }

  private func writeImages() throws {
    typealias Columns = FailureColumns
    let (samples, conditions) = (context.samples, context.noisy)
    let clean = try value(.clean)
    let noisy = try conditions.map(value)
    let cells = conditions.map(\.cells)
    let count = samples.labels.count
    try context.run.write(Columns.file, rowCount: conditions.count * count) { index in
      let (condition, row) = index.quotientAndRemainder(dividingBy: count)
      let image = noisy[condition]
      let predicted = image.predicted[row]
      return cells[condition] + [
        Columns.row(row), Columns.path(samples.paths[row]),
        Columns.className(samples.classes[samples.labels[row]]),
        Columns.predicted(samples.classes[predicted]),
        Columns.wrong(predicted != samples.labels[row]),
        Columns.flipped(predicted != clean.predicted[row]),
        Columns.displacement(image.displacement?[row] ?? .nan),
        Columns.neighborLoss(image.neighborLoss?[row] ?? .nan),
        Columns.cleanMargin(clean.margin[row]), Columns.margin(image.margin[row]),
        Columns.cleanConfidence(clean.confidence[row]), Columns.confidence(image.confidence[row]),
        Columns.cleanDimension(clean.dimension[row]), Columns.dimension(image.dimension[row]),
        Columns.predictedDistance(image.predictedDistance.flatMap { $0[row] }),
      ]
    }
  }
}
