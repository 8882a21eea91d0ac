import Analyses
import Files
import LinearAlgebra
import Runs

/// The probes of a run with clean images, and their units of work.
struct Probes: Sendable {
  let analysis: ProbeAnalysis
  let context: RunContext
  let design: ProbeDesign
  /// How many neighbours vote: those of the settings that there are images enough for.
  let neighborCounts: [Int]
  /// Whether every linear probe has two classes or more to tell apart.
  let hasLinear: Bool

  /// nil without clean images, and for images of one class.
  init?(_ analysis: ProbeAnalysis, _ context: RunContext) {
    let samples = context.samples
    guard context.conditions.contains(.clean), samples.labels.count >= ProbeAnalysis.fewestSamples,
      Set(samples.labels).count > 1
    else { return nil }
    self.analysis = analysis
    self.context = context
    neighborCounts = analysis.settings.neighbors.filter { $0 < samples.labels.count }
    design = ProbeDesign(samples, analysis.settings)
    hasLinear = design.parts.allSatisfy { part in
      Set(part.training.map { samples.labels[$0] }).count > 1
    }
  }

  /// The units of the linear probes, a part of the design each.
  func fits() throws -> [CachedUnit<LinearProbe>] {
    guard hasLinear else { return [] }
    return try design.parts.map { part in
      let key = try analysis.key(
        "linear fit" + (part.fold.map { " without fold \($0)" } ?? ""),
        settings: ["regularizations"],
        reads: [context.digest(.clean), context.sampleDigest, part.digest])
      return CachedUnit(key, work: fitting(part)) { [self] in
        let embeddings = try context.unitRows(.clean)
        return try analyzing(context.file(.clean)) {
          try LinearProbe(
            part, embeddings, labels: context.samples.labels,
            regularizations: analysis.settings.regularizations,
            control: .interruptible(isQuiet: context.isQuiet))
        }
      }
    }
  }

  /// What the nearest clean images say of every image under a condition: a row a number of neighbours.
  func votes(_ condition: Condition) throws -> CachedUnit<[[Int]]> {
    let key = try analysis.key(
      "votes \(condition.name)", settings: ["neighbors"],
      reads: [context.digest(.clean), context.digest(condition), context.sampleDigest])
    return CachedUnit(key, work: voting) { [self] in
      guard let most = neighborCounts.last else { return [] }
      let (clean, queries) = (try context.unitRows(.clean), try context.unitRows(condition))
      let control = ComputationControl.interruptible(isQuiet: context.isQuiet)
      let nearest = try analyzing(context.file(condition)) {
        condition == .clean
          ? try NearestNeighbors(of: clean, count: most, metric: .cosine, control: control)
          : try NearestNeighbors(
            of: queries, among: clean, count: most + 1, metric: .cosine, control: control
          ).withoutTwins()
      }
      return neighborCounts.map {
        nearest.vote(
          of: $0, labels: context.samples.labels, classCount: context.samples.classes.count)
      }
    }
  }

  /// What the linear probes say of the images that they tell, in the order of the samples; none without them.
  func told(_ condition: Condition) throws -> CachedUnit<[Int]> {
    let fits = try fits()
    let key = try analysis.key(
      "linear \(condition.name)", settings: [],
      reads: [context.digest(condition)] + fits.map(\.key.digest))
    return CachedUnit(key, work: telling) { [self] in
      let embeddings = try context.unitRows(condition)
      var classes: [Int: Int] = [:]
      for (part, fit) in zip(design.parts, fits) {
        let told = try context.store.value(fit).predictions(
          of: embeddings.selectingRows(part.evaluated))
        for (row, label) in zip(part.evaluated, told) { classes[row] = label }
      }
      return design.evaluated.compactMap { classes[$0] }
    }
  }

  /// The units of what all probes say of every condition.
  func answers() throws -> [any UnitOfWork] {
    try context.conditions.flatMap { condition -> [any UnitOfWork] in
      try [votes(condition)] + (hasLinear ? [told(condition)] : [])
    }
  }

  // MARK: Outcomes

  /// Whether each probe of a kind is right about each image that it tells.
  struct Outcome: Sendable {
    /// The images, as rows of the samples.
    let rows: [Int]
    /// A row a probe.
    let right: [[Bool]]
  }

  /// The outcomes of votes and of linear probes, the latter where there are any.
  func outcomes(_ condition: Condition) throws -> [Outcome] {
    let labels = context.samples.labels
    func outcome(_ rows: [Int], _ told: [[Int]]) -> Outcome {
      Outcome(rows: rows, right: told.map { zip(rows, $0).map { labels[$0] == $1 } })
    }
    let votes = outcome(Array(labels.indices), try context.store.value(votes(condition)))
    guard hasLinear else { return [votes] }
    return [votes, outcome(design.evaluated, [try context.store.value(told(condition))])]
  }

  // MARK: Accuracy

  /// The accuracy of a probe under a condition, and its fall from the clean images.
  struct Accuracy: Sendable, Codable {
    let accuracy: Estimate
    /// nil for the clean images.
    let loss: Estimate?
  }

  /// The accuracies under a condition, of the numbers of neighbours and then of the linear probe.
  ///
  /// The images of a replicate are those of zero-shot accuracy where all are told.
  func accuracies(_ condition: Condition) throws -> CachedUnit<[Accuracy]> {
    let statistics = context.analyses[StatisticsAnalysis.self]
    let read = condition == .clean ? [condition] : [.clean, condition]
    let key = try analysis.key(
      "accuracy \(condition.name)", settings: [],
      more: statistics.canonical(StatisticsAnalysis.name, ["replicates", "seed"]),
      reads: read.flatMap { condition -> [Digest] in
        try [votes(condition).key.digest, told(condition).key.digest]
      })
    return CachedUnit(key, work: resampling(condition)) { [self] in
      let clean = condition == .clean ? nil : try outcomes(.clean)
      return try outcomes(condition).enumerated().flatMap { place, outcome in
        try Self.accuracies(
          outcome, clean: clean?[place],
          resampling: statistics.bootstrap("images and seeds"))
      }
    }
  }

  private static func accuracies(
    _ outcome: Outcome, clean: Outcome?, resampling: Resampling
  ) throws -> [Accuracy] {
    let all = outcome.right + (clean?.right ?? [])
    let drawn = try BootstrapDistribution.of(
      factors: [outcome.rows.count], resampling: resampling
    ) { counts in
      try Interruption.check()
      let total = counts[0].reduce(0) { $0 + Double($1) }
      let right = all.map { right in
        var sum = 0
        for (image, isRight) in right.enumerated() where isRight { sum += Int(counts[0][image]) }
        return Double(sum)
      }
      // Whole images are subtracted, so that no loss is 0 exactly.
      let losses = outcome.right.indices.map { probe in
        clean == nil ? nil : (right[outcome.right.count + probe] - right[probe]) / total
      }
      return right.prefix(outcome.right.count).map { $0 / total } + losses
    }
    return outcome.right.indices.map { probe in
      guard let accuracy = drawn[probe] else {
        preconditionFailure("images have an accuracy")
      }
      let loss = drawn[outcome.right.count + probe].map { distribution in
        let before = clean?.right[probe] ?? []
        let falls = zip(before, outcome.right[probe]).map { ($0 ? 1.0 : 0) - ($1 ? 1 : 0) }
        return Estimate(distribution, interval: DifferenceInterval.of([[falls]]))
      }
      return Accuracy(
        accuracy: Estimate(accuracy, interval: ShareInterval.of([outcome.right[probe]])),
        loss: loss)
    }
  }

  /// Of each class, the fall of the accuracy from the clean images under each noisy condition, the mean over the
  /// probes of a kind; nil for a class of which no image is told.
  ///
  /// - Parameter kind: 0 for votes, 1 for linear probes.
  /// - Returns: A row a noisy condition; nil without probes of the kind.
  /// - Throws: As the units.
  func losses(_ kind: Int) throws -> [[Double?]]? {
    let clean = try outcomes(.clean)
    guard kind < clean.count, !clean[kind].right.isEmpty else { return nil }
    return try context.noisy.map { condition in
      let noisy = try outcomes(condition)[kind]
      var counts = context.samples.classes.map { _ in (lost: 0, of: 0) }
      for (before, after) in zip(clean[kind].right, noisy.right) {
        for (place, row) in noisy.rows.enumerated() {
          let label = context.samples.labels[row]
          counts[label].lost += (before[place] ? 1 : 0) - (after[place] ? 1 : 0)
          counts[label].of += 1
        }
      }
      return counts.map { $0.of > 0 ? Double($0.lost) / Double($0.of) : nil }
    }
  }
}
