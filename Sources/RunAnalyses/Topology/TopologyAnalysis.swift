import Files
package import Runs
import Topology

/// Persistence diagrams, and their distances from the clean level's.
///
/// A cloud is the embeddings of all samples, or of a class, under one condition; points of clean and noisy clouds
/// are matched by row.
package struct TopologyAnalysis: RunAnalysis {
  package static let name = "topology"
  package static let summary = "persistence diagrams and their distances"
  package static let version = 2
  package static let withoutClean: String? =
    "the distances from the clean diagrams, diagram_tests.csv, witnesses.csv"
  package static let files = [
    DiagramColumns.file, DistanceColumns.file, LandmarkColumns.file, LandmarkColumns.rowsFile,
    BandColumns.file, DiagramTestColumns.file, WitnessColumns.file,
  ]
  package static let measures = TopologyMeasures.all

  package let settings: TopologySettings

  package init(_ settings: TopologySettings) { self.settings = settings }

  /// Checks that the largest cloud's matrices fit into memory.
  ///
  /// - Throws: `TopologyError.tooLarge` with the estimate and what to do.
  package func require(_ samples: SampleTable) throws {
    let count = min(samples.labels.count, settings.landmarks ?? .max)
    try MemoryEstimate.require(
      2 * SquareDistances.bytes(count: count), what: "the topology of \(count) samples",
      advice: "use landmarks (--set topology.landmarks=2000) or fewer "
        + "images, or leave topology out of --analyses")
  }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    try TopologyUnits(self, context).all()
  }

  /// Writes `diagrams/`, `distances.csv`, `landmarks.csv` and `landmark_rows.csv` where landmarks stand for
  /// larger clouds, and of `bands.csv`, `diagram_tests.csv` and `witnesses.csv` those that have a row.
  package func write(_ context: RunContext) throws -> String {
    let units = TopologyUnits(self, context)
    var landmarks = Table(LandmarkColumns.file)
    var landmarkRows = Table(LandmarkColumns.rowsFile)
    var bands = Table(BandColumns.file)
    for condition in context.conditions {
      let clouds = try units.value(units.clouds(condition))
      let cloudBands = try units.hasBands ? units.value(units.bands(condition)) : []
      for (place, (scope, cloud)) in zip(units.scopes, clouds).enumerated() {
        let diagram = cloud.diagram.diagram
        try context.run.write(DiagramTable.table(diagram), at: scope.diagramFile(condition))
        if let sample = cloud.sample {
          landmarks.append(sample.row(scope, condition))
          // The same under every condition.
          if condition == context.conditions.first {
            for row in sample.imageRows(scope, context.samples) { landmarkRows.append(row) }
          }
        }
        if units.hasBands, let band = cloudBands[place] {
          bands.append(
            band.row(scope, condition, diagram, maximumDimension: settings.maximumDimension))
        }
      }
    }
    try context.run.write(distances(units))
    var tables = [landmarks, landmarkRows, bands]
    if units.hasTests {
      tables.append(
        DiagramTest.table(
          units.compared, units.testedKinds, try units.tests()))
    }
    if units.hasWitnesses { tables.append(try witnesses(units)) }
    for table in tables where !table.isEmpty { try context.run.write(table) }
    return ""
  }

  private func distances(_ units: TopologyUnits) throws -> Table {
    try DistanceTable(
      scopes: units.scopes, conditions: units.compared,
      clouds: units.compared.map { try units.value(units.clouds($0)) },
      distances: units.compared.map { try units.value(units.distances($0)) },
      betweenHalves: units.compared.isEmpty ? [] : units.value(units.betweenHalves()),
      settings: settings
    ).table()
  }

  private func witnesses(_ units: TopologyUnits) throws -> Table {
    var table = Table(WitnessColumns.file)
    for witness in try units.value(units.witnesses()) {
      for row in witness.rows(units.scopes, units.compared, units.context.samples) {
        table.append(row)
      }
    }
    return table
  }
}
