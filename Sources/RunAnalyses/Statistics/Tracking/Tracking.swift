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

  /// The correlations of a measure under a kind of noise.
  struct Tracked: Codable, Sendable {
    let noise: String
    /// The measure's name.
    let measure: String
    let correlations: [TrackedMeasure.Correlation]
  }

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

  /// The correlations of all measures; nil without accuracy.
  ///
  /// The key is known before the changes are: it reads the keys of what they are told from. Inside, the
  /// correlations of each measure are kept by the numbers themselves, so that those whose numbers stay are not
  /// computed again.
  private func correlations() throws -> CachedUnit<[Tracked]>? {
    guard levels != nil else { return nil }
    let reads = try context.analyses.all.flatMap { try $0.changeUnits(context).map(\.key.digest) }
    let key = analysis.key(
      "tracking", settings: ["replicates", "permutations", "seed", "groups"],
      more: [("conditions", context.conditions.map(\.name).joined(separator: ","))],
      reads: try context.digests(context.conditions) + reads)
    return CachedUnit(key, work: work) { [self] in
      let measures = try measures()
      return try Parallel.tryMap(count: measures.count) { index in
        try Interruption.check()
        let measure = measures[index]
        return Tracked(
          noise: measure.noise, measure: measure.measure.name,
          correlations: try context.store.value(measure.unit(analysis)))
      }
    }
  }

  /// Every measure under every kind of noise.
  func measures() throws -> [TrackedMeasure] {
    let changes = try changes()
    return changes.conditions.compactMap(\.noise).uniqued.flatMap { noise in
      changes.tracked.map {
        TrackedMeasure($0, noise, changes, groups: analysis.settings.groups)
      }
    }
  }

  // MARK: Table

  /// The table of all correlations that are defined.
  func table() throws -> TrackingTable {
    let changes = try changes()
    let measures = Dictionary(
      uniqueKeysWithValues: changes.tracked.map { ($0.measure.name, $0.measure) })
    let found = try correlations().map { try context.store.value($0) } ?? []
    let groups = analysis.settings.groups
    return TrackingTable(
      found.compactMap { found in
        measures[found.measure].map {
          (noise: found.noise, measure: $0, correlations: found.correlations)
        }
      }, groups: groups.map(\.name),
      classCounts: [changes.classes.count]
        + groups.map { group in changes.classes.count { group.classes.contains($0) } })
  }
}
