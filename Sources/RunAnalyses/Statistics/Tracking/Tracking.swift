import Analyses
import Files
import LinearAlgebra
import Runs

/// Whether classes that change more lose more accuracy: what `changes.csv` and `link.csv` are made from.
struct Tracking: Sendable {
  let analysis: StatisticsAnalysis
  let context: RunContext
  /// Zero-shot accuracy; nil where the run has none, and with it nothing that could be tracked.
  let levels: ClassifiedLevels?

  /// The tracking of a run; nil without clean images or without noise.
  init?(_ analysis: StatisticsAnalysis, _ context: RunContext, _ levels: ClassifiedLevels?) {
    guard context.conditions.contains(.clean), context.conditions.count > 1 else { return nil }
    self.analysis = analysis
    self.context = context
    self.levels = levels
  }

  /// How the classes changed, told once.
  func changes() throws -> ClassChanges {
    try context.shared("class changes") {
      try ClassChanges(context, scores: levels?.scores())
    }
  }

  // MARK: Units

  /// What the changes are told from, of analyses that do not list it themselves, and the correlations.
  func units() throws -> [any UnitOfWork] {
    let changes = try context.analyses.all.flatMap { analysis -> [any UnitOfWork] in
      let listed =
        context.chosen.contains(type(of: analysis).name)
          && type(of: analysis).name != StatisticsAnalysis.name
        ? Set(try analysis.units(context).map(\.key.digest)) : []
      return try analysis.changeUnits(context).filter { !listed.contains($0.key.digest) }
    }
    return changes + [try correlations()].compactMap(\.self)
  }

  /// The correlations of all measures under every kind of noise; nil without accuracy.
  ///
  /// The key is known before the changes are: it reads the keys of what they are told from. Inside, the
  /// correlations under each kind of noise are kept by the numbers themselves, so that those whose numbers stay are
  /// not computed again.
  private func correlations() throws -> CachedUnit<[[TrackedCorrelation]]>? {
    guard levels != nil else { return nil }
    let reads = try context.analyses.all.flatMap { try $0.changeUnits(context).map(\.key.digest) }
    let key = analysis.key(
      "tracking", settings: ["permutations", "seed", "primary", "groups"],
      more: [("conditions", context.conditions.map(\.name).joined(separator: ","))],
      reads: try context.digests(context.conditions) + reads)
    return CachedUnit(key, work: work) { [self] in
      let noises = try noises()
      return try Self.correlations(noises) { noise in
        try Interruption.check()
        return try context.store.value(noise.unit(analysis))
      }
    }
  }

  /// The correlations under every kind of noise, with the p-values over all kinds.
  ///
  /// - Parameters:
  ///   - noises: The kinds.
  ///   - each: Those under one kind.
  /// - Returns: The correlations, a kind after the other.
  /// - Throws: What `each` throws; `RunError.interrupted`.
  static func correlations(
    _ noises: [NoiseTracking], _ each: (NoiseTracking) throws -> [TrackedCorrelation]
  ) throws -> [[TrackedCorrelation]] {
    let found = try noises.map(each)
    // Of one kind, the family of all kinds is its own.
    let joint = noises.count > 1 ? try NoiseTracking.joint(noises) : nil
    return zip(noises, found).map { noise, correlations in
      correlations.map { correlation in
        guard correlation.family == .primary, correlation.scope == .within, correlation.group == 0
        else { return correlation }
        var correlation = correlation
        correlation.joint =
          joint.map { $0[noise.noise]?[correlation.statistic]?[correlation.measure] }
          ?? correlation.adjusted
        return correlation
      }
    }
  }

  /// All measures under each kind of noise.
  func noises() throws -> [NoiseTracking] {
    try changes().tracking(analysis.settings)
  }

  // MARK: Table

  /// The table of all correlations that are defined.
  func table() throws -> TrackingTable {
    let noises = try noises()
    let found = try correlations().map { try context.store.value($0) } ?? []
    return TrackingTable(
      zip(noises, found).map { (noise: $0.noise, correlations: $1) },
      groups: analysis.settings.groups.map(\.name))
  }
}

extension ClassChanges {
  /// All measures under each kind of noise.
  func tracking(_ settings: StatisticsSettings) -> [NoiseTracking] {
    let groups = settings.groups.map { group in
      classes.indices.filter { group.classes.contains(classes[$0]) }
    }
    let measures = conditions.compactMap(\.noise).uniqued.map { noise in
      (noise, tracked.map { TrackedMeasure($0, noise, self) })
    }
    let tests = measures.map { NoiseTracking.testCount($0.1, primary: settings.primary) }.max()
    return measures.map { noise, measures in
      NoiseTracking(
        noise: noise, measures: measures, classCounts: classCounts,
        groups: [Array(classes.indices)] + groups, settings: settings, tests: max(tests ?? 1, 1))
    }
  }
}
