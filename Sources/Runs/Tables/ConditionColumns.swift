import Files

/// The columns that say which condition a row is of.
package enum ConditionColumns {
  /// The kind of noise.
  package static let noise = Column<String>(
    "noise", "The kind of noise; none for the clean images.")
  /// Its level.
  package static let level = Column<Double>(
    "level", in: 0...,
    "The level of the noise: σ in the noise's space, or a severity; 0 for the clean images.")
  /// Its seed.
  package static let seed = Column<UInt64?>(
    "seed", "The seed of the noise; empty for the clean images and for kinds that draw nothing.")

  /// The word in `noise` for the images as they are.
  package static let clean = "none"

  /// The three.
  package static let all: [any ColumnDeclaration] = [noise, level, seed]
}

extension Condition {
  /// The cells of those columns.
  package var cells: [TableCell] {
    [
      ConditionColumns.noise(noise ?? ConditionColumns.clean), ConditionColumns.level(level),
      ConditionColumns.seed(seed),
    ]
  }
}

extension NoiseLevel {
  /// The cells `noise` and `level` of a table that pools the seeds.
  package var cells: [TableCell] {
    [ConditionColumns.noise(noise ?? ConditionColumns.clean), ConditionColumns.level(level)]
  }
}

extension Table {
  /// The condition of every row.
  ///
  /// - Throws: `FileError` naming the line whose noise, level and seed are none.
  package func conditions() throws -> [Condition] {
    let (noises, levels) = (try self[ConditionColumns.noise], try self[ConditionColumns.level])
    return try zip(noises, zip(levels, self[ConditionColumns.seed])).enumerated().map {
      row, cells in
      let fields = [cells.0, cells.1.0.field, cells.1.1.field]
      guard let condition = Condition(tableFields: fields) else {
        throw FileError(file, "line \(line(row)): its noise, level and seed are no condition")
      }
      return condition
    }
  }

  /// The conditions of a list, each once.
  ///
  /// - Throws: As `conditions()`; `FileError` naming the line of one that stands there twice.
  package func distinctConditions() throws -> [Condition] {
    let conditions = try conditions()
    var seen: Set<Condition> = []
    for (row, condition) in conditions.enumerated() where !seen.insert(condition).inserted {
      throw FileError(file, "line \(line(row)): the condition \(condition.name) stands there twice")
    }
    return conditions
  }

  /// The rows of a condition.
  package func rows(of condition: Condition) throws -> Table {
    try rows(
      where: ConditionColumns.noise == condition.noise ?? ConditionColumns.clean,
      ConditionColumns.level == condition.level, ConditionColumns.seed == condition.seed)
  }

  /// The rows of a condition's noise and level, of a table that pools the seeds.
  package func rows(ofLevel condition: Condition) throws -> Table {
    try rows(
      where: ConditionColumns.noise == condition.noise ?? ConditionColumns.clean,
      ConditionColumns.level == condition.level)
  }
}
