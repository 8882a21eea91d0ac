import Foundation
import ModelFixtures
import Runs
import Testing

@testable import Experiments

extension SweepWorkplace {
  /// The settings of a small experiment of two seeds, with its topology, and a control.
  static let planned = [
    "noise.levels=0,0.5,1,2", "noise.seeds=0,1",
    "analyses=zeroshot,angles,geometry,topology,statistics",
    "topology.halvings=3", "topology.test-permutations=19", "control=true", "backend=panels",
  ]

  /// What an experiment of this workplace is read from.
  func source(_ name: String, _ settings: [String]) throws -> ExperimentSource {
    let base = [
      "name=tiny", "model=\(model.folder.path)", "dataset.path=\(dataset.folder.path)",
      "angles.rank=2", "angles.null-draws=5", "output=\(output(name))",
    ]
    return try ExperimentSource(
      file: nil, assignments: (base + settings).map { try Assignment(argument: $0) })
  }

  /// Plans an experiment into `output(name)`.
  @discardableResult
  func plan(
    _ name: String, _ settings: [String] = planned, shards: Int? = 1, pack: Int? = nil,
    overwrites: Bool = false
  ) throws -> String {
    let source = try source(name, settings)
    return try Sweep(
      Experiment(source), arguments: ["test"], isQuiet: true, overwrites: overwrites
    ).planShards(source, shards: shards, pack: pack)
  }

  /// The planned run in `output(name)`, as another process opens it.
  func planned(_ name: String, identifier: String? = nil) throws -> PlannedRun {
    try PlannedRun(output(name), identifier: identifier, arguments: ["test"], isQuiet: true)
  }

  /// Does a shard of `output(name)`.
  @discardableResult
  func shard(_ name: String, _ index: Int, _ stage: ShardStage = .embeddings) throws -> String {
    try Shard(planned(name), index, stage, isQuiet: true).execute()
  }

  /// The digests of everything that a finished run has recorded, its control's too.
  func outputs(_ name: String) throws -> [String: String] {
    let run = RunDirectory(output(name))
    let control = RunDirectory(run.file(RunDirectory.controlFolder))
    let own = try #require(try Manifest.read(run)).outputs
    let others = try Manifest.read(control)?.outputs ?? [:]
    return own.merging(
      Dictionary(uniqueKeysWithValues: others.map { ("control/\($0)", $1) })
    ) { first, _ in first }
  }
}
