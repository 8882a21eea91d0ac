import Embedding
import Files
import Foundation
import LinearAlgebra
import Runs
import Version

@testable import Experiments

extension FuzzTarget {
  /// A plan with its tables, damaged before its identifier and their digests are made: rows are those of its shards, and
  /// what it is read as is written again.
  static let plan = FuzzTarget(
    "plan", shortRuns: 200,
    seeds: {
      let whole = [
        planText, "version,path,class,sha256\n,a.png,a,\(digest)\n,b.png,b,\(digest)\n",
        "shard,part,condition,images,key\n0,run,clean,2,\(digest)\n1,control,clean,2,\(digest)\n",
        "shard,part,unit\n1,run,geometry 1 clean\n",
      ].joined(separator: separator)
      return [
        whole,
        whole.replacing("\n,a.png", with: "\nfog,a.png").replacing("\n,b.png", with: "\nfog,b.png"),
      ].map { Data($0.utf8) }
    },
    run: { data in
      let parts = try text(of: data).split(separator: separator, omittingEmptySubsequences: false)
      try ScratchFolder.lend("plan") { folder in
        let run = RunDirectory(folder.path)
        let files = [PlannedImageColumns.file, PlannedCellColumns.file, PlannedUnitColumns.file]
        try FileManager.default.createDirectory(
          atPath: run.file(PlanFiles.tables), withIntermediateDirectories: true)
        for (place, file) in files.enumerated() {
          let part = place + 1 < parts.count ? String(parts[place + 1]) : ""
          _ = try folder.write(Data(part.utf8), file.pattern.text)
        }
        _ = try folder.write(Data((parts.first ?? "").utf8), PlanFiles.plan.pattern.text)
        let raw = try? ShardPlan.read(run)
        promise(raw == nil, "a plan is taken whose plan_id is not its own")

        let damaged: ShardPlan
        do {
          damaged = try JSONDecoder.ofRecords.decode(
            ShardPlan.self, from: Data((parts.first ?? "").utf8))
        } catch { throw FileError("plan.json", "is none") }
        let plan = try ShardPlan(
          name: damaged.name, shards: damaged.shards, experiment: damaged.experiment,
          configuration: damaged.configuration, embeddingKernels: damaged.embeddingKernels,
          model: damaged.model, leftOut: damaged.leftOut, counts: damaged.counts,
          tables: Dictionary(
            uniqueKeysWithValues: try files.map { file in
              let path = file.pattern.text
              return (path, "\(try Digest(ofFile: run.file(path)))")
            }))
        try plan.write(to: run)
        let read = try ShardPlan(of: run)
        promise(read.identifier == plan.identifier, "it is another plan when read again")
        let tables = try PlannedTables(run, of: read)
        promise(
          (tables.cells.map(\.shard) + tables.units.map(\.shard)).allSatisfy {
            (0..<read.shards).contains($0)
          }, "a row of a shard that is not there")
        promise(tables.images.images.count == read.counts.images, "an image a row")
        promise(
          tables.images.images.allSatisfy {
            $0.digests.count == max(tables.images.versions.count, 1)
          }, "a digest a version")
        for table in tables.written() { _ = try table.checked() }
        let experiment = try Experiment(read.experiment)
        promise(experiment.conditions.allSatisfy { $0.level.isFinite }, "a level")
      }
    })

  /// The record of a shard: what is taken is this shard's, and of this plan.
  static let shardRecord = FuzzTarget(
    "shard-record", shortRuns: 200,
    seeds: {
      [
        """
        {"plan_id": "\(digest)", "stage": "embeddings", "shard": 1, "kernels": "panels",
        "program": {"version": "0.1.0", "commit": "unknown"}, "host": {"name": "a", "system": "b",
        "processor": "c", "threads": 2, "memory_bytes": 8589934592, "blas_core": "d",
        "blas_configuration": "e"}, "started_at": "2026-11-30T00:00:00Z",
        "finished_at": "2026-11-30T00:00:01Z", "objects": {"cells/a.npy": "\(digest)"}}
        """
      ].map { Data($0.utf8) }
    },
    run: { data in
      let plan = try recordedPlan()
      // The seed's plan is this one by name alone, as its identifier depends on the machine.
      let ours = Data(try text(of: data).replacing(digest, with: plan.identifier).utf8)
      try ScratchFolder.lend("shard-record") { folder in
        let run = RunDirectory(folder.path)
        try FileManager.default.createDirectory(
          atPath: run.file("shards/1"), withIntermediateDirectories: true)
        let path = try folder.write(ours, "shards/1/embeddings.json")
        guard let record = try ShardRecord.read(1, .embeddings, of: plan, in: run) else {
          throw FileError(path, "is none")
        }
        promise(record.plan == plan.identifier && record.shard == 1, "another's record is taken")
        try record.write(to: run)
        promise(
          try ShardRecord.finished(.embeddings, of: plan, in: run) == [1],
          "written again it is not taken")
      }
    })

  private static let separator = "\n--\n"
  private static let digest = "\(Digest(of: "x"))"

  private static let planText = """
    {"plan_id": "", "format": 1, "name": "a", "shards": 2, "experiment": {"file": "e.yaml",
    "text": "name: a\\nmodel: builtin\\ndataset: {path: textures, classes: banded}\\n", "assignments": [
    {"keys": ["noise", "levels"], "text": "0,1", "place": "--levels"}], "orBuiltIn": false},
    "configuration": {"model": "builtin"}, "embedding_kernels": "panels", "analysis_kernels": "x",
    "model": "\(digest)", "left_out": [{"path": "c.png", "problem": "is empty"}],
    "counts": {"images": 2, "cells": 2, "units": 1}, "tables": {}}
    """

  private static func recordedPlan() throws -> ShardPlan {
    try ShardPlan(
      name: "a", shards: 2, experiment: ExperimentSource(file: nil, assignments: []),
      configuration: [:], embeddingKernels: "panels", model: nil, leftOut: [],
      counts: .init(images: 0, cells: 0, units: 0), tables: [:])
  }
}
