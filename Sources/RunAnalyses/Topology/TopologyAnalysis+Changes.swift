package import Runs
import Topology

/// What diagrams say of how much the classes changed.
extension TopologyAnalysis {
  /// The units that `changes` and `cleanSizes` are told from.
  package func changeUnits(_ context: RunContext) throws -> [any UnitOfWork] {
    try unitsOfChanges(context)?.ofChanges() ?? []
  }

  /// The units, where the analysis is run or its results are there already.
  private func unitsOfChanges(_ context: RunContext) throws -> TopologyUnits? {
    let units = TopologyUnits(self, context)
    let isKnown =
      try context.isChosen(Self.self)
      || units.ofChanges().allSatisfy { context.store.hasResult($0.key) }
    return isKnown && context.conditions.contains(.clean) ? units : nil
  }

  /// Distances of every class's diagrams from the clean ones, and |noisy − clean| of their total persistence and
  /// persistent entropy, finite bars alone.
  package func changes(_ context: RunContext) throws -> [MeasuredChange] {
    guard let units = try unitsOfChanges(context) else { return [] }
    let labels = Self.labels(units.scopes, context.samples)
    let none = [[Double?]](
      repeating: [Double?](repeating: nil, count: units.compared.count),
      count: context.samples.classes.count)
    let kinds = DistanceKind.all(upTo: settings.maximumDimension)
    let dimensions = 0...settings.maximumDimension
    var distances = kinds.map { MeasuredChange($0.measure, values: none) }
    var totals = dimensions.map {
      MeasuredChange(TopologyMeasures.totalPersistence($0), values: none)
    }
    var entropies = dimensions.map { MeasuredChange(TopologyMeasures.entropy($0), values: none) }
    let clean = try units.value(units.clouds(.clean))
    for (column, condition) in units.compared.enumerated() {
      let clouds = try units.value(units.clouds(condition))
      let measured = try units.value(units.distances(condition))
      for (scope, label) in labels {
        for place in kinds.indices {
          distances[place].values[label][column] = measured[scope][place].fromClean?.distance
        }
        let (before, after) = (clean[scope].diagram.diagram, clouds[scope].diagram.diagram)
        for dimension in dimensions {
          totals[dimension].values[label][column] = abs(
            try after.totalPersistence(dimension: dimension).value
              - before.totalPersistence(dimension: dimension).value)
          entropies[dimension].values[label][column] = abs(
            try after.persistentEntropy(dimension: dimension).value
              - before.persistentEntropy(dimension: dimension).value)
        }
      }
    }
    return distances + totals + entropies
  }

  /// The total persistence of H0 of every class's clean diagram, the size of its cloud; nil where there is no
  /// diagram.
  ///
  /// - Throws: As `write`.
  package func cleanSizes(_ context: RunContext) throws -> [Double?] {
    var sizes = [Double?](repeating: nil, count: context.samples.classes.count)
    guard let units = try unitsOfChanges(context) else { return sizes }
    let clean = try units.value(units.clouds(.clean))
    for (scope, label) in Self.labels(units.scopes, context.samples) {
      sizes[label] = try clean[scope].diagram.diagram.totalPersistence(dimension: 0).value
    }
    return sizes
  }

  /// The scopes that are classes, with their labels.
  private static func labels(
    _ scopes: [Scope], _ samples: SampleTable
  ) -> [(scope: Int, label: Int)] {
    scopes.indices.dropFirst().map { ($0, samples.labels[scopes[$0].rows[0]]) }
  }
}
