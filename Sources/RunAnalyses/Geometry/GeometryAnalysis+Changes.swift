import Analyses
import LinearAlgebra
package import Runs

/// How much the images of a class changed under a condition, by their embeddings alone.
struct ClassGeometry: Codable, Sendable {
  /// 1 − CKA (unbiased) of clean and noisy embeddings; nil where too few or equal images have none.
  let alignmentLoss: Double?
  /// 1 − the share of common neighbours among all images.
  let neighborLoss: Double
  /// The mean distance of an embedding from its clean one.
  let pairedDistance: Double

  /// Compares the images of a class.
  ///
  /// - Parameters:
  ///   - clean: Their clean embeddings, unit rows, [members, dimension].
  ///   - noisy: The noisy ones.
  ///   - shares: The shares of common neighbours of each.
  ///   - neighborCount: The number of neighbours that they are shares of.
  /// - Throws: `LinearAlgebraError` of a decomposition that fails.
  fileprivate init(
    _ clean: Matrix<Float>, _ noisy: Matrix<Float>, shares: [Double], neighborCount: Int
  ) throws {
    alignmentLoss = try whereDefined {
      1 - (try CenteredKernelAlignment(Representation(clean), Representation(noisy)).unbiased)
    }
    // Counted, so that equal losses are equal to the last bit.
    let lost = shares.reduce(0) {
      $0 + neighborCount - Int(($1 * Double(neighborCount)).rounded())
    }
    neighborLoss = Double(lost) / Double(neighborCount * clean.rows)
    let distances = (0..<clean.rows).map { row in
      zip(clean.row(row), noisy.row(row)).reduce(0.0) { sum, pair in
        let difference = Double(pair.0) - Double(pair.1)
        return sum + difference * difference
      }.squareRoot()
    }
    pairedDistance = distances.reduce(0, +) / Double(distances.count)
  }
}

extension GeometryAnalysis {
  package func changeUnits(_ context: RunContext) throws -> [any UnitOfWork] {
    try classUnits(context)
  }

  package func changes(_ context: RunContext) throws -> [MeasuredChange] {
    let classes = try classUnits(context).map { try context.store.value($0) }
    if classes.isEmpty { return [] }
    return [
      MeasuredChange(
        Self.alignmentLoss, byCondition: classes.map { $0.map { $0?.alignmentLoss } }),
      MeasuredChange(Self.neighborLoss, byCondition: classes.map { $0.map { $0?.neighborLoss } }),
      MeasuredChange(
        Self.pairedDistance, byCondition: classes.map { $0.map { $0?.pairedDistance } }),
    ]
  }

  /// A unit a noisy condition: how every class changed, nil for one without images.
  private func classUnits(_ context: RunContext) throws -> [CachedUnit<[ClassGeometry?]>] {
    guard context.conditions.contains(.clean), context.samples.labels.count > 1 else { return [] }
    return try context.noisy.map { condition in
      let reads = try [
        context.digest(.clean), context.digest(condition), context.sampleDigest,
      ]
      return CachedUnit(
        key("classes \(condition.name)", settings: ["overlap-neighbors"], reads: reads),
        work: 2 * context.classDecompositions
      ) {
        try classes(condition, context)
      }
    }
  }

  private func classes(_ condition: Condition, _ context: RunContext) throws -> [ClassGeometry?] {
    let count = settings.neighborCounts(context.samples).overlap
    let overlap = try NeighborOverlap(
      context.neighbors(.clean, count: count), context.neighbors(condition, count: count))
    let (clean, noisy) = (try context.unitRows(.clean), try context.unitRows(condition))
    let members = context.samples.rowsOfClasses
    return try analyzing(context.file(condition)) {
      try Parallel.tryMap(count: members.count) { label in
        if members[label].isEmpty { return nil }
        return try ClassGeometry(
          clean.selectingRows(members[label]), noisy.selectingRows(members[label]),
          shares: members[label].map { overlap.shares[$0] }, neighborCount: count)
      }
    }
  }
}
