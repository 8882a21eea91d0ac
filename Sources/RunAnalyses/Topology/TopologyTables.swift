import Files
import Foundation
import LinearAlgebra
package import Runs
import Topology

/// The persistence diagrams of a run, and their distances from the clean level's.
///
/// A cloud is the embeddings of all samples, or of a class, under one condition. Points of clean and
/// noisy clouds are matched by row, so that |d_ij − d'_ij| bounds the bottleneck distance of their
/// diagrams (Cohen-Steiner, Edelsbrunner & Harer 2007, doi:10.1007/s00454-006-1276-5; Chazal, de Silva
/// & Oudot 2014, doi:10.1007/s10711-013-9937-z).
package struct TopologyTables {
  package let run: RunDirectory
  package let samples: SampleTable
  package let conditions: [Condition]
  package let settings: TopologySettings
  package let isQuiet: Bool

  package init(
    run: RunDirectory, samples: SampleTable, conditions: [Condition], settings: TopologySettings,
    isQuiet: Bool
  ) {
    self.run = run
    self.samples = samples
    self.conditions = conditions
    self.settings = settings
    self.isQuiet = isQuiet
  }

  /// The tables beside the diagrams, those that there may be.
  package static let files = [
    "distances.csv", "landmarks.csv", "bands.csv", "diagram_tests.csv", "witnesses.csv",
  ]

  /// Checks, before anything is embedded, that the largest cloud's matrices fit into memory.
  ///
  /// - Throws: `TopologyError.tooLarge` with the estimate and what to do.
  package static func requireFits(_ samples: SampleTable, settings: TopologySettings) throws {
    let count = min(samples.labels.count, settings.landmarks ?? .max)
    try MemoryEstimate.require(
      2 * SquareDistances.bytes(count: count), what: "the topology of \(count) samples",
      advice: "use landmarks (--set topology.landmarks=2000) or fewer "
        + "images, or leave topology out of --analyses")
  }

  /// Computes every diagram and distance; writes `diagrams/`, `distances.csv`, `landmarks.csv` when
  /// landmarks stand for larger clouds, and of `bands.csv`, `diagram_tests.csv` and `witnesses.csv` those
  /// that have a line.
  package func write() throws {
    let scopes = Scope.all(of: samples)
    let progress = StageProgress(isQuiet: isQuiet)
    let control = ComputationControl(isCancelled: { Interruption.isRequested })
    var clouds = scopes.map { DiagramDistanceTable.Cloud(scope: $0) }
    var sampled = [LandmarkSample?](repeating: nil, count: scopes.count)
    var clean = [MeasuredCloud.CleanDistances?](repeating: nil, count: scopes.count)
    var landmarkLines = ""
    var bandLines = ""
    do {
      for condition in conditions {
        let embeddings = try run.readEmbeddings(condition, rowCount: samples.labels.count)
        // All samples alone on all threads, then the classes side by side.
        let (cleanNow, sampledNow) = (clean, sampled)
        @Sendable func measure(_ index: Int, workers: Int) throws -> MeasuredCloud {
          let cloud = try MeasuredCloud(
            embeddings.selectingRows(scopes[index].rows), scope: scopes[index],
            condition: condition, sample: sampledNow[index], clean: cleanNow[index],
            settings: settings, workers: workers, control: control)
          progress.step("diagrams", total: scopes.count * conditions.count)
          return cloud
        }
        let measured =
          try [measure(0, workers: Parallel.workers)]
          + Parallel.tryMap(count: scopes.count - 1) { try measure($0 + 1, workers: 1) }
        for (index, cloud) in measured.enumerated() {
          clouds[index].diagrams[condition] = cloud.diagram
          clouds[index].bounds[condition] = cloud.bounds
          if condition == .clean { clouds[index].halves = cloud.halves }
          sampled[index] = sampled[index] ?? cloud.sample
          if let distances = cloud.clean { clean[index] = distances }
          if let band = cloud.band { bandLines += band.line(scopes[index], condition) }
          if let sample = cloud.sample {
            landmarkLines += CSV.line(
              [scopes[index].name] + condition.tableFields + [
                "\(sample.rows.count)", "\(scopes[index].rows.count)",
                sample.coveringRadius.shortestText, sample.certifiedError.shortestText,
              ])
          }
          try AtomicFile.write(
            DiagramTable.csv(cloud.diagram.diagram),
            to: run.file(scopes[index].diagramFile(condition)))
        }
      }
      let table = DiagramDistanceTable(
        clouds: clouds, conditions: conditions, settings: settings, control: control)
      try AtomicFile.write(table.csv(), to: run.file("distances.csv"))
      try write(
        DiagramTestTable(
          clouds: clouds.filter { $0.scope.name != Scope.allName }, conditions: conditions,
          settings: settings, control: control
        ).csv(), to: "diagram_tests.csv")
      let small = zip(zip(clouds, clean), sampled).compactMap { pair, sample in
        witnessCloud(pair.0, clean: pair.1, sample: sample)
      }
      try write(
        WitnessTable(
          clouds: small, samples: samples, conditions: conditions, settings: settings,
          control: control
        ).csv(), to: "witnesses.csv")
    } catch TopologyError.cancelled {
      throw RunError.interrupted(finished: 0, of: 0)
    }
    try write(bandLines.isEmpty ? nil : CSV.line(CloudBand.header) + bandLines, to: "bands.csv")
    if !landmarkLines.isEmpty {
      let header = [
        "scope", "noise", "level", "seed", "landmarks", "points", "covering_radius", "error",
      ]
      try AtomicFile.write(CSV.line(header) + landmarkLines, to: run.file("landmarks.csv"))
    }
  }

  private func write(_ table: String?, to name: String) throws {
    if let table { try AtomicFile.write(table, to: run.file(name)) }
  }

  /// What witnesses of a cloud's bars need; nil for one that is too large, or has no clean condition.
  private func witnessCloud(
    _ cloud: DiagramDistanceTable.Cloud, clean: MeasuredCloud.CleanDistances?,
    sample: LandmarkSample?
  ) -> WitnessTable.Cloud? {
    guard settings.witnesses > 0, let distances = clean?.distances,
      distances.count <= settings.witnessPoints
    else { return nil }
    let rows = cloud.scope.rows
    return WitnessTable.Cloud(
      scope: cloud.scope, rows: sample.map { $0.rows.map { rows[$0] } } ?? rows,
      distances: distances, diagrams: cloud.diagrams)
  }
}
