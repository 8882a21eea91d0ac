import Analyses
import Files
import Foundation
import Runs
import Topology

/// How the diagrams in a run's tables changed.
extension TopologyAnalysis {
  public func changes(_ context: RunContext) throws -> [MeasuredChange] {
    try distances(context, context.noisy) + summaries(context, context.noisy).measures
  }

  /// The total persistence of H0 of every class's clean diagram.
  func cleanSizes(_ context: RunContext) throws -> [Double?] {
    try summaries(context, []).sizes
  }

  /// The distances of diagrams in `distances.csv`.
  private func distances(_ context: RunContext, _ noisy: [Condition]) throws -> [MeasuredChange] {
    let file = context.run.file("distances.csv")
    guard FileManager.default.fileExists(atPath: file) else { return [] }
    let table = try CSV(path: file)
    let names = ["scope", "dimension", "metric", "order", "scale", "distance"]
    let columns = try names.map { try table.column($0) }
    let conditionColumns = try Condition.tableColumns.map { try table.column($0) }
    let classIndex = Dictionary(
      uniqueKeysWithValues: context.samples.classes.enumerated().map { ("class-\($1)", $0) })
    let conditionIndex = Dictionary(
      uniqueKeysWithValues: noisy.enumerated().map { ($1.tableFields, $0) })
    var measures: [MeasuredChange] = []
    var places: [String: Int] = [:]
    for record in table.records {
      let fields = columns.map { record.fields[$0] }
      guard let label = classIndex[fields[0]],
        let condition = conditionIndex[conditionColumns.map { record.fields[$0] }]
      else { continue }
      let name =
        fields[2] + (fields[3] == "inf" ? "" : fields[3]) + "_h\(fields[1])"
        + (fields[4] == DiagramScale.none.rawValue ? "" : "_scaled")
      let place = places[name] ?? measures.count
      if place == measures.count {
        places[name] = place
        measures.append(empty(name, context, noisy))
      }
      if fields[5].isEmpty { continue }  // a cloud that has no scale
      guard let distance = Double(fields[5]), distance >= 0 else {
        throw FileError(
          file, "line \(record.line): distance is \"\(fields[5])\"; expected a number from 0")
      }
      measures[place].values[label][condition] = distance
    }
    return measures
  }

  /// |noisy − clean| of the total persistence and of the persistent entropy, finite bars alone.
  private func summaries(
    _ context: RunContext, _ noisy: [Condition]
  ) throws -> (measures: [MeasuredChange], sizes: [Double?]) {
    var sizes = [Double?](repeating: nil, count: context.samples.classes.count)
    let scopes = Scope.all(of: context.samples)
    guard
      scopes.allSatisfy({ scope in
        FileManager.default.fileExists(atPath: context.run.file(scope.diagramFile(.clean)))
      })
    else { return ([], sizes) }
    let classScopes = scopes.dropFirst().map { $0 }
    func diagram(_ scope: Scope, _ condition: Condition) throws -> PersistenceDiagram {
      try PersistenceDiagram(DiagramTable.read(context.run.file(scope.diagramFile(condition))))
    }
    let clean = try classScopes.map { try diagram($0, .clean) }
    for (scope, before) in zip(classScopes, clean) {
      sizes[context.samples.labels[scope.rows[0]]] =
        try before.totalPersistence(dimension: 0).value
    }
    let dimensions = 0...settings.maximumDimension
    var totals = dimensions.map { empty("total_persistence_h\($0)", context, noisy) }
    var entropies = dimensions.map { empty("entropy_h\($0)", context, noisy) }
    for (column, condition) in noisy.enumerated() {
      for (scope, before) in zip(classScopes, clean) {
        let label = context.samples.labels[scope.rows[0]]
        let after = try diagram(scope, condition)
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
    return (totals + entropies, sizes)
  }

  private func empty(
    _ name: String, _ context: RunContext, _ noisy: [Condition]
  ) -> MeasuredChange {
    MeasuredChange(
      Self.measures.first { $0.name == name } ?? ChangeMeasure(name, name, .topology),
      values: context.samples.classes.map { _ in [Double?](repeating: nil, count: noisy.count) })
  }
}
