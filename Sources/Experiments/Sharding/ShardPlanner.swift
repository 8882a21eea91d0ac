import CLIP
import Embedding
import Files
import Foundation
import Runs

/// Sharing an experiment out to several machines.
extension Sweep {
  /// Lists an experiment's images, cells and units, shares them out, and writes the plan into the run directory.
  ///
  /// Every image is looked at once, here. Cells of the same images lie side by side in a shard, which decodes an image
  /// once for all conditions; units are shared out by how much each computes.
  ///
  /// - Parameters:
  ///   - source: What the experiment was read from.
  ///   - shards: How many shards; nil for as many as hold `pack` cells each.
  ///   - pack: Cells a shard.
  ///   - isTrial: Whether nothing is written.
  /// - Returns: What to print.
  /// - Throws: What a sweep would refuse; `FileError` for another plan that is there, unless the sweep overwrites;
  ///   `RunError.failure` for a number of shards that cannot be.
  package func planShards(
    _ source: ExperimentSource, shards: Int?, pack: Int?, isTrial: Bool = false
  ) throws -> String {
    try requireOutput()
    try requireBaseline()
    return try RunLock.hold(run.path) {
      let (plan, tables, written) = try makePlan(source, shards: shards, pack: pack)
      if let standing = overwrites ? nil : try ShardPlan.read(run) {
        guard standing.identifier == plan.identifier else {
          throw FileError(
            run.path,
            "has the plan \(standing.shortIdentifier) of \(standing.shards) shards already, and this would be another, "
              + "\(plan.shortIdentifier); --overwrite replaces it (finished cells and units stay), or give another "
              + "--output")
        }
      }
      guard !isTrial else { return try summary(plan, tables) }
      for table in written { try run.write(table) }
      try plan.write(to: run)
      // What was finished under another plan is told by cells, not by its records.
      try ShardRecord.removeOthers(than: plan, in: run)
      return try summary(plan, tables)
    }
  }

  private func makePlan(
    _ source: ExperimentSource, shards: Int?, pack: Int?
  ) throws -> (ShardPlan, PlannedTables, written: [Table]) {
    var parts: [PreparedPart] = []
    for part in try self.parts() {
      // The control's images are the run's.
      parts.append(
        try PreparedPart(part, known: parts.first.flatMap { $0.cells.isEmpty ? nil : $0.images }))
    }
    let replaced = try parts.compactMap { try $0.replacedRun() }
    parts[0].report()
    let cells = parts.flatMap { part in part.cells.map { (part: part.name, cell: $0) } }
    let units = try parts.flatMap { part in
      try part.units(part.context(isExact: false)).map { (part: part.name, unit: $0) }
    }
    // Rounded up, without a sum that a large number would make overflow.
    let count = shards ?? (max(1, cells.count) - 1) / (pack ?? 1) + 1
    guard ShardPlan.numbers.contains(count) else {
      throw RunError.failure(
        "\(count) shards; expected \(ShardPlan.numbers.lowerBound) to \(ShardPlan.numbers.upperBound)"
      )
    }
    let cellShards = ShardPartition.neighbors(
      weights: cells.map { $0.cell.chunk.rows.count }, shards: count)
    let sortedUnits = units.sorted {
      ($0.part.rawValue, $0.unit.key.name) < ($1.part.rawValue, $1.unit.key.name)
    }
    let unitShards = ShardPartition.balanced(
      weights: sortedUnits.map { $0.unit.work.seconds(.reference) }, shards: count)
    let tables = PlannedTables(
      images: parts[0].images,
      cells: zip(cells, cellShards).map { item, shard in
        .init(
          shard: shard, part: item.part, condition: item.cell.condition.name,
          images: item.cell.chunk.rows.count, key: "\(item.cell.key)")
      },
      units: zip(sortedUnits, unitShards).map { item, shard in
        .init(shard: shard, part: item.part, unit: item.unit.key.name)
      })
    let written = tables.written()
    let plan = try ShardPlan(
      name: experiment.name, shards: count, experiment: fixed(source),
      configuration: Dictionary(
        uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) }),
      embeddingKernels: experiment.precision.arithmetic.kernels, model: parts[0].model,
      leftOut: parts[0].images.leftOut,
      counts: .init(
        images: parts[0].images.images.count, cells: cells.count, units: units.count),
      tables: Dictionary(
        uniqueKeysWithValues: written.map { ($0.file, "\(Digest(of: $0.csv))") }),
      replaced: replaced)
    return (plan, tables, written)
  }

  /// The source with the backend, which otherwise each machine would choose for itself.
  private func fixed(_ source: ExperimentSource) -> ExperimentSource {
    // Where the run lies decides nothing.
    let source = source.removing(["output"])
    guard experiment.embeddings == nil else { return source }
    return source.assigning(
      Assignment(
        "backend", experiment.precision.arithmetic.backend.rawValue, place: "the plan"))
  }

  private func summary(_ plan: ShardPlan, _ tables: PlannedTables) throws -> String {
    let perShard = Dictionary(grouping: tables.cells, by: \.shard).values.map(\.count)
    let counts = plan.counts
    var text =
      "\(run.path): plan \(plan.shortIdentifier), \(plan.shards == 1 ? "1 shard" : "\(plan.shards) shards"): "
      + "\(counts.images) images in \(counts.cells) cells, \(counts.units) units of analysis\n"
    if let most = perShard.max(), perShard.count < plan.shards {
      let empty = plan.shards - perShard.count
      text +=
        "\(empty == 1 ? "1 shard has" : "\(empty) shards have") no cell, the others up to \(most)\n"
    }
    let path = try ShellWord.quoted(run.path)
    return text + """
      a shard:    topoclip shard \(path) --index 0
      all:        topoclip submit \(path) --engine slurm (or local, print)
      the tables: topoclip merge \(path)

      """
  }
}
