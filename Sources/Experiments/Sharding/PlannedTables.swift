import Embedding
import Files
import Foundation
import Runs

/// The tables of a plan: its images, and the cells and units with their shards.
struct PlannedTables {
  /// A piece of embedding.
  struct PlannedCell {
    let shard: Int
    let part: SweepPart.Name
    let condition: String
    let images: Int
    let key: String
  }

  /// A piece of analysis.
  struct PlannedUnit {
    let shard: Int
    let part: SweepPart.Name
    let unit: String
  }

  let images: InspectedImages
  let cells: [PlannedCell]
  let units: [PlannedUnit]

  /// As they are written.
  ///
  /// - Complexity: O(images + cells + units), with a text a field.
  func written() -> [Table] {
    var images = Table(PlannedImageColumns.file)
    let versions = self.images.versions.isEmpty ? [""] : self.images.versions
    for (place, version) in versions.enumerated() {
      for image in self.images.images {
        images.append([
          PlannedImageColumns.version(version), PlannedImageColumns.path(image.path),
          PlannedImageColumns.className(image.className),
          PlannedImageColumns.digest("\(image.digests[place])"),
        ])
      }
    }
    var cells = Table(PlannedCellColumns.file)
    for cell in self.cells {
      cells.append([
        PlannedCellColumns.shard(cell.shard), PlannedCellColumns.part(cell.part.rawValue),
        PlannedCellColumns.condition(cell.condition), PlannedCellColumns.images(cell.images),
        PlannedCellColumns.key(cell.key),
      ])
    }
    var units = Table(PlannedUnitColumns.file)
    for unit in self.units {
      units.append([
        PlannedUnitColumns.shard(unit.shard), PlannedUnitColumns.part(unit.part.rawValue),
        PlannedUnitColumns.unit(unit.unit),
      ])
    }
    return [images, cells, units]
  }

  init(images: InspectedImages, cells: [PlannedCell], units: [PlannedUnit]) {
    self.images = images
    self.cells = cells
    self.units = units
  }

  /// Reads the tables of a plan.
  ///
  /// - Throws: `FileError` naming a table that is not what the plan was made with.
  init(_ run: RunDirectory, of plan: ShardPlan) throws {
    func table(_ file: RunFile) throws -> Table {
      let path = file.pattern.text
      let text = try FileContents.readText(run.file(path))
      guard "\(Digest(of: text))" == plan.tables[path] else {
        throw FileError(
          run.file(path),
          "is not that of the plan \(plan.shortIdentifier) beside it; topoclip plan --overwrite makes both anew"
        )
      }
      return try Table(CSV(text, file: run.file(path)), as: file).checked()
    }
    images = try Self.images(table(PlannedImageColumns.file), of: plan)
    let cellTable = try table(PlannedCellColumns.file)
    let cellShards = try cellTable[PlannedCellColumns.shard]
    let cellParts = try Self.parts(cellTable[PlannedCellColumns.part], in: cellTable.file)
    let conditions = try cellTable[PlannedCellColumns.condition]
    let counts = try cellTable[PlannedCellColumns.images]
    let keys = try cellTable[PlannedCellColumns.key]
    cells = keys.indices.map {
      PlannedCell(
        shard: cellShards[$0], part: cellParts[$0], condition: conditions[$0], images: counts[$0],
        key: keys[$0])
    }
    let unitTable = try table(PlannedUnitColumns.file)
    let unitShards = try unitTable[PlannedUnitColumns.shard]
    let unitParts = try Self.parts(unitTable[PlannedUnitColumns.part], in: unitTable.file)
    let names = try unitTable[PlannedUnitColumns.unit]
    units = names.indices.map {
      PlannedUnit(shard: unitShards[$0], part: unitParts[$0], unit: names[$0])
    }
    try Self.require(plan.counts.cells, plan, of: cellShards, in: cellTable.file)
    try Self.require(plan.counts.units, plan, of: unitShards, in: unitTable.file)
  }

  /// Refuses rows that no shard of the plan would do, and too few or too many.
  private static func require(
    _ count: Int, _ plan: ShardPlan, of shards: [Int], in file: String
  ) throws {
    guard shards.count == count else {
      throw FileError(file, "has \(shards.count) rows; the plan has \(count)")
    }
    guard let row = shards.firstIndex(where: { !(0..<plan.shards).contains($0) }) else { return }
    throw FileError(
      file, "row \(row + 1) is of the shard \(shards[row]); the plan has \(plan.shards)")
  }

  private static func parts(_ names: [String], in file: String) throws -> [SweepPart.Name] {
    try names.map { name in
      guard let part = SweepPart.Name(rawValue: name) else {
        throw FileError(file, "has a part \"\(name)\"; expected run or control")
      }
      return part
    }
  }

  private static func images(_ table: Table, of plan: ShardPlan) throws -> InspectedImages {
    let versions = try table[PlannedImageColumns.version]
    let names = versions.uniqued.filter { !$0.isEmpty }
    let paths = try table[PlannedImageColumns.path]
    let classes = try table[PlannedImageColumns.className]
    let digests = try table[PlannedImageColumns.digest].map { text -> Digest in
      guard let digest = Digest(hexadecimal: text.utf8) else {
        throw FileError(table.file, "has a sha256 \"\(text)\"; expected 64 hexadecimal digits")
      }
      return digest
    }
    let count = plan.counts.images
    let (rows, isTooMany) = count.multipliedReportingOverflow(by: max(names.count, 1))
    guard !isTooMany, rows == paths.count else {
      throw FileError(
        table.file, "has \(paths.count) rows; the plan has \(count) images")
    }
    return InspectedImages(
      versions: names,
      images: (0..<count).map { row in
        .init(
          path: paths[row], className: classes[row],
          digests: stride(from: row, to: paths.count, by: count).map { digests[$0] })
      }, leftOut: plan.leftOut)
  }
}
