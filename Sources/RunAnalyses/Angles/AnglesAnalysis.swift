import Analyses
import Files
import LinearAlgebra
package import Runs
import Topology

/// Principal angles between the subspaces of the classes.
package struct AnglesAnalysis: RunAnalysis {
  package static let name = "angles"
  package static let summary = "angles between the classes' subspaces"
  package static let version = 2
  package static let files = [
    AngleColumns.file, AngleHeatMapColumns.file, AngleHeatMapColumns.json,
  ]
  package static let measures = [angle]

  /// Of a class: the mean principal angle between the subspaces of its clean and its noisy images, in radians.
  package static let angle = ChangeMeasure("angle", "subspace angle", .geometry)

  package let settings: AngleSettings

  package init(_ settings: AngleSettings) { self.settings = settings }

  /// Checks that every class has the images its subspace needs.
  ///
  /// - Throws: `RunError.failure` naming the class with the fewest, and what to do.
  package func require(_ samples: SampleTable) throws {
    let counts = samples.classCounts
    var needed = settings.isCentered ? 2 : 1
    // A centred class of n images spans n − 1 dimensions at most.
    if case .fixed(let rank) = settings.rank { needed = rank + (settings.isCentered ? 1 : 0) }
    guard counts.count > 1 else {
      throw RunError.failure(
        "angles compare classes, and there is only one; choose more, or leave angles out of --analyses"
      )
    }
    if let fewest = counts.indices.min(by: { counts[$0] < counts[$1] }), counts[fewest] < needed {
      throw RunError.failure(
        "class \(samples.classes[fewest]) has \(counts[fewest]) images; the angles need \(needed) of "
          + "each class: take more (--limit, --per-class), a lower --set angles.rank, or "
          + "--analyses zeroshot")
    }
    try requireMemory(counts)
  }

  /// The bytes of an angle of the table: a row's texts, and the numbers that it is made of.
  private static let angleSize = 350.0
  /// The bytes of a pair of classes beside its angles.
  private static let pairSize = 200.0
  /// No space that models embed in has more dimensions.
  private static let mostDimensions = 1024

  /// Refuses classes whose pairs do not fit into memory, of which a condition's table holds all.
  private func requireMemory(_ counts: [Int]) throws {
    var rank = min(counts.max() ?? 0, Self.mostDimensions)
    if case .fixed(let fixed) = settings.rank { rank = min(rank, fixed) }
    let pairs = Double(counts.count) * Double(counts.count - 1) / 2
    let bytes = pairs * (Self.pairSize + Self.angleSize * Double(rank))
    do {
      try MemoryEstimate.require(
        Int(exactly: bytes.rounded()) ?? .max,
        what: "the angles of all pairs of \(counts.count) classes",
        advice: "choose fewer classes (--classes), or leave angles out of --analyses")
    } catch {
      throw RunError.failure("\(error)")
    }
  }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    try context.conditions.map { try pairs($0, context) }
  }

  /// The angles of every two classes under a condition.
  private func pairs(
    _ condition: Condition, _ context: RunContext
  ) throws -> CachedUnit<ClasswiseAngles> {
    let reads = try [context.digest(condition), context.sampleDigest]
    return CachedUnit(
      key("pairs \(condition.name)", reads: reads), work: comparison(context)
    ) {
      let embeddings = try context.embeddings(condition)
      return try analyzing(context.file(condition)) {
        try AngleTables.angles(
          of: embeddings, labels: context.samples.labels,
          classes: context.samples.classes, settings: settings)
      }
    }
  }

  /// Writes `angles/CONDITION.csv`, and `angles/heatmap-CONDITION.csv` and `.json` with a few numbers a pair.
  ///
  /// - Returns: A table of them for a person.
  package func write(_ context: RunContext) throws -> String {
    AngleSummary.markdown(
      try context.conditions.map { condition in
        let angles = try context.store.value(pairs(condition, context))
        let map = AngleHeatMap(angles)
        try context.run.write(
          AngleTables.table(angles), at: AngleColumns.file.pattern.path(condition))
        try context.run.write(map.table, at: AngleHeatMapColumns.file.pattern.path(condition))
        try context.run.write(
          map.json(), AngleHeatMapColumns.json,
          at: AngleHeatMapColumns.json.pattern.path(condition))
        return AngleSummary(condition, angles)
      })
  }
}
