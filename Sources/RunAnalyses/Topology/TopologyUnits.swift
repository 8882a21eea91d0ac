import Files
import Runs
import Topology

/// The units of work of a run's topology, and what each reads.
///
/// Clouds are measured once a condition; all else is made of them, and of nothing but what its key names, so that
/// a setting of bands, halves, tests or witnesses leaves the diagrams as they are.
struct TopologyUnits: Sendable {
  /// Whose units they are.
  let analysis: TopologyAnalysis
  let context: RunContext
  /// The noisy conditions, where there is a clean one to compare them with.
  let compared: [Condition]
  private let measurements: CloudMeasurements
  private var settings: TopologySettings { analysis.settings }
  private var estimates: TopologyWork { TopologyWork(context, settings, kinds: testedKinds.count) }

  /// The units of a run.
  ///
  /// Nothing is computed before one of them is asked for.
  init(_ analysis: TopologyAnalysis, _ context: RunContext) {
    self.analysis = analysis
    self.context = context
    compared = context.conditions.contains(.clean) ? context.noisy : []
    measurements = CloudMeasurements(context, settings: analysis.settings)
  }

  /// The clouds: all samples, then every class.
  var scopes: [Scope] { measurements.scopes }

  /// All, each behind those that it reads.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged.
  func all() throws -> [any UnitOfWork] {
    var units: [any UnitOfWork] = try context.conditions.map(clouds)
    if !compared.isEmpty { units.append(try betweenHalves()) }
    units += try compared.map(distances)
    if hasBands { units += try context.conditions.map(bands) }
    if hasTests {
      units += try ([.clean] + compared).map(groups) + noises.map(tests)
    }
    if hasWitnesses {
      units += try compared.map(moved)
      units.append(try witnesses())
    }
    return units
  }

  /// Those that changes of classes are told from.
  func ofChanges() throws -> [any UnitOfWork] {
    try context.conditions.map(clouds) + compared.map(distances)
  }

  /// The result of a unit, computed now if it is not there.
  func value<Value>(_ unit: CachedUnit<Value>) throws -> Value { try context.store.value(unit) }

  private func unit<Value>(
    _ name: String, settings keys: [String], reads: [Digest],
    work: @autoclosure @escaping @Sendable () -> Work,
    _ compute: @escaping @Sendable () throws -> Value
  ) -> CachedUnit<Value> {
    CachedUnit(analysis.key(name, settings: keys, reads: reads), work: work(), compute)
  }

  // MARK: Diagrams

  /// The clouds of a condition, one a scope.
  func clouds(_ condition: Condition) throws -> CachedUnit<[MeasuredCloud]> {
    let first = try condition == context.conditions[0] ? nil : clouds(context.conditions[0])
    return unit(
      "clouds \(condition.name)", settings: ["metric", "max-dimension", "threshold", "landmarks"],
      reads: [context.sampleDigest, try context.digest(condition)]
        + (first.map { [$0.key.digest] } ?? []),
      work: estimates.clouds
    ) { [self] in
      // Counted before the first of them is finished.
      let waiting = try context.shared("conditions whose clouds wait") {
        try context.conditions.filter { try !context.store.contains(clouds($0).key) }.count
      }
      return try measurements.clouds(condition, first: first.map(value), of: waiting)
    }
  }

  /// By scope, the distances between the diagrams of halves of the clean cloud, of every kind of distance.
  func betweenHalves() throws -> CachedUnit<[[HalvesReference]]> {
    let clean = try clouds(.clean)
    return unit(
      "halves",
      settings: [
        "metric", "max-dimension", "threshold", "landmarks", "halvings", "halving-seed",
        "exact-wasserstein-limit",
      ], reads: [clean.key.digest], work: estimates.halves
    ) { [self] in
      try measurements.betweenHalves(value(clean))
    }
  }

  /// By scope, a condition's distances of every kind.
  func distances(_ condition: Condition) throws -> CachedUnit<[[DiagramDistances]]> {
    let (clean, own) = (try clouds(.clean), try clouds(condition))
    let others = try compared.filter {
      $0.noise == condition.noise && $0.level == condition.level && $0 != condition
    }.map(clouds)
    return unit(
      "distances \(condition.name)", settings: ["max-dimension", "exact-wasserstein-limit"],
      reads: ([clean, own] + others).map(\.key.digest),
      work: estimates.distances(diagrams: 1 + others.count)
    ) { [self] in
      try DiagramDistances.all(
        of: value(own), from: value(clean), others: others.map(value), settings: settings,
        control: measurements.control)
    }
  }

  // MARK: Bands

  var hasBands: Bool { CloudBand.isDefined(settings) }

  /// The confidence bands of a condition's clouds, one a scope where there is one.
  func bands(_ condition: Condition) throws -> CachedUnit<[CloudBand?]> {
    unit(
      "bands \(condition.name)",
      settings: ["metric", "landmarks", "band-replicates", "resampling-seed"],
      reads: [context.sampleDigest, try context.digest(condition)], work: estimates.bands
    ) { [self] in
      try measurements.bands(condition)
    }
  }

  // MARK: Tests

  var hasTests: Bool {
    settings.testPermutations > 0 && !compared.isEmpty && scopes.count > 2
  }

  /// What is measured between the diagrams that are tested.
  var testedKinds: [DistanceKind] { DiagramGroup.kinds(upTo: settings.maximumDimension) }

  /// By kind of distance, the diagrams of the classes under a condition.
  func groups(_ condition: Condition) throws -> CachedUnit<[DiagramGroup]> {
    let own = try clouds(condition)
    let clean = condition == .clean ? nil : try clouds(.clean)
    return unit(
      "groups \(condition.name)", settings: ["max-dimension", "exact-wasserstein-limit"],
      reads: [own.key.digest] + (clean.map { [$0.key.digest] } ?? []),
      work: estimates.groups(isClean: condition == .clean)
    ) { [self] in
      let diagrams = try value(own).dropFirst().map(\.diagram)
      let cleanDiagrams = try clean.map { try value($0).dropFirst().map(\.diagram) }
      return try testedKinds.map {
        try DiagramGroup(
          $0, of: diagrams, clean: cleanDiagrams, exactLimit: settings.exactWassersteinLimit,
          control: measurements.control)
      }
    }
  }

  /// The kinds of noise, each a family of tests.
  private var noises: [String] { compared.compactMap(\.noise).uniqued }

  /// By condition of a kind of noise and by kind of distance, the tests.
  private func tests(_ noise: String) throws -> CachedUnit<[[DiagramTest]]> {
    let clean = try groups(.clean)
    let own = try compared.filter { $0.noise == noise }.map(groups)
    return unit(
      "tests \(noise)", settings: ["max-dimension", "test-permutations", "resampling-seed"],
      reads: ([clean] + own).map(\.key.digest), work: estimates.tests(conditions: own.count)
    ) { [self] in
      try DiagramTest.all(
        noise, clean: value(clean), noisy: own.map(value), settings: settings)
    }
  }

  /// By condition, a test a kind of distance.
  func tests() throws -> [[DiagramTest]] {
    var ofNoise = try Dictionary(
      uniqueKeysWithValues: noises.map { ($0, try value(tests($0)).makeIterator()) })
    return compared.map { condition in
      condition.noise.flatMap { ofNoise[$0]?.next() } ?? []
    }
  }

  // MARK: Witnesses

  var hasWitnesses: Bool { settings.witnesses > 0 && !compared.isEmpty }

  /// By dimension, the bars that moved most under a condition.
  func moved(_ condition: Condition) throws -> CachedUnit<[[MovedBar]]> {
    let (clean, own) = (try clouds(.clean), try clouds(condition))
    return unit(
      "moved bars \(condition.name)",
      settings: ["max-dimension", "exact-wasserstein-limit", "witnesses", "witness-points"],
      reads: [clean.key.digest, own.key.digest], work: estimates.moved
    ) { [self] in
      let clouds = try value(clean)
      let small = scopes.indices.filter {
        clouds[$0].sample?.rows.count ?? scopes[$0].rows.count <= settings.witnessPoints
      }
      return try MovedBar.most(
        from: clouds, to: value(own), of: small, settings: settings, control: measurements.control)
    }
  }

  /// The images behind them, by condition, dimension and rank.
  func witnesses() throws -> CachedUnit<[Witness]> {
    let (clean, moved) = (try clouds(.clean), try compared.map(moved))
    return unit(
      "witnesses", settings: ["metric", "threshold", "landmarks"],
      reads: ([clean.key.digest] + moved.map(\.key.digest)), work: estimates.witnesses
    ) { [self] in
      let clouds = try value(clean)
      return try Witness.all(
        of: moved.map(value), threshold: settings.threshold, control: measurements.control
      ) { scope in
        let rows = scopes[scope].rows
        return Witness.Cloud(
          rows: clouds[scope].sample.map { $0.rows.map { rows[$0] } } ?? rows,
          distances: try measurements.cleanDistances(scope, clouds[scope], workers: 1))
      }
    }
  }
}
