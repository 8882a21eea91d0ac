import Analyses
import LinearAlgebra
package import Runs

/// How far the subspaces of the classes turned.
extension AnglesAnalysis {
  package func changeUnits(_ context: RunContext) throws -> [any UnitOfWork] {
    try turns(context)
  }

  package func changes(_ context: RunContext) throws -> [MeasuredChange] {
    let turns = try turns(context).map { try context.store.value($0) }
    return turns.isEmpty ? [] : [MeasuredChange(Self.angle, byCondition: turns)]
  }

  /// A unit a noisy condition: the angle of every class; nil where it has no subspace of the rank.
  private func turns(_ context: RunContext) throws -> [CachedUnit<[Double?]>] {
    guard context.conditions.contains(.clean), context.samples.labels.count > 1 else { return [] }
    return try context.noisy.map { condition in
      let reads = try [
        context.digest(.clean), context.digest(condition), context.sampleDigest,
      ]
      return CachedUnit(
        key("classes \(condition.name)", settings: ["rank", "center"], reads: reads),
        work: 2 * context.classDecompositions
      ) {
        let (clean, noisy) = (try context.unitRows(.clean), try context.unitRows(condition))
        let precision = try [Condition.clean, condition].map {
          try context.embeddings($0).narrowestPrecision
        }
        let members = context.samples.rowsOfClasses
        return try analyzing(context.file(condition)) {
          // One thread inside a decomposition: else its last bits depend on which classes meet on the cores.
          try BLAS.withThreads(1) {
            try Parallel.tryMap(count: members.count) { label in
              try turn(
                of: (clean.selectingRows(members[label]), precision[0]),
                (noisy.selectingRows(members[label]), precision[1]))
            }
          }
        }
      }
    }
  }

  /// The mean principal angle of the subspaces of a class's clean and noisy images.
  private func turn(
    of clean: (Matrix<Float>, ElementPrecision), _ noisy: (Matrix<Float>, ElementPrecision)
  ) throws -> Double? {
    func subspace(_ points: (Matrix<Float>, ElementPrecision)) throws -> Subspace? {
      try whereDefined {
        try Subspace(
          spanOfRows: points.0.converted(), rank: settings.rank, centered: settings.isCentered,
          precision: points.1)
      }
    }
    guard let before = try subspace(clean), let after = try subspace(noisy) else { return nil }
    let angles = try principalAngles(before, after)
    return angles.reduce(0, +) / Double(angles.count)
  }
}
