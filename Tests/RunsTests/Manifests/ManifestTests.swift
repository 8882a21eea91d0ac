import Files
import Fixtures
import Foundation
import Testing
import Version

@testable import Runs

@Suite struct ManifestTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var manifest: Manifest {
    Manifest(
      program: .current, arguments: ["topoclip", "sweep"],
      startedAt: Date(timeIntervalSince1970: 1_700_000_000),
      finishedAt: Date(timeIntervalSince1970: 1_700_000_060),
      configuration: ["name": "a/b", "seed": "0"], configurationDigest: "c", noiseSeeds: [0, .max],
      model: .init(name: "m", digest: "d", path: nil, files: ["f": "e"], dimension: 4),
      data: .init(source: "s", images: 2, classes: 1, digest: "g", leftOut: []),
      zeroShot: .init(logitScale: 99.9, prompts: ["a {}"], truncatedPrompts: 0),
      cells: .init(total: 3, cached: 1), host: .current(), stages: [], outputs: ["x.csv": "h"])
  }

  @Test func `what is written is read back, and written again to the same bytes`() throws {
    let run = RunDirectory(folder.path)
    #expect(try Manifest.read(run)?.arguments == nil)
    try manifest.write(to: run)
    let first = try FileContents.read(run.file("manifest.json"))
    let read = try #require(try Manifest.read(run))
    #expect(read.noiseSeeds == [0, .max] && read.finishedAt == manifest.finishedAt)
    try read.write(to: run)
    #expect(try FileContents.read(run.file("manifest.json")) == first)
    let text = String(decoding: first, as: UTF8.self)
    for part in [
      "\"finished_at\" : \"2023-11-14T22:14:20Z\"", "\"name\" : \"a/b\"", "\"left_out\"",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    // What is not there is no key.
    #expect(!text.contains("\"precision\"") && !text.contains("null"))
  }

  @Test func `what a manifest made by hand lacks is empty`() throws {
    let path = try folder.write(
      "{\"configuration\": {\"name\": \"x\"}, \"data\": {}}", "manifest.json")
    let read = try #require(try Manifest.read(path))
    #expect(read.configuration == ["name": "x"] && read.data?.digest == "")
    #expect(read.program == nil && read.host == nil && read.model == nil && read.outputs.isEmpty)
  }

  @Test(arguments: ["[]", "{\"outputs\": 3}", "{\"started_at\": \"yesterday\"}", "{"])
  func `what is no manifest is told with its file`(text: String) throws {
    let path = try folder.write(text, "manifest.json")
    let message = problem { _ = try Manifest.read(path) }
    #expect(message.hasPrefix("\(path): is not a manifest that this version wrote: "), "\(message)")
  }

  @Test(arguments: ["1e300", "-1e308", "0", "-3"])
  func `a scale that no logit can have is told with its key`(scale: String) throws {
    let path = try folder.write(
      "{\"zero_shot\": {\"logit_scale\": \(scale), \"prompts\": [], \"truncated_prompts\": 0}}",
      "manifest.json")
    let message = problem { _ = try Manifest.read(path) }
    #expect(message.contains("zero_shot.logit_scale: is "), "\(message)")
    #expect(message.contains("expected a number from 1e-09 to 1000000000"), "\(message)")
  }

  @Test func `what makes embeddings others is told, and what is not said is none`() throws {
    var earlier = manifest
    earlier.configuration["dataset.limit"] = "10"
    earlier.configuration["noise.specification"] = "unit"
    earlier.configuration["noise.shot"] = "1"
    earlier.precision = PrecisionRecord(precision: "float32", kernels: "panels")
    earlier.model?.preprocessing = "scale 1"
    #expect(earlier.differences(from: earlier, of: ["gaussian", "shot"]).isEmpty)
    #expect(manifest.differences(from: earlier, of: ["gaussian"]).isEmpty)
    var other = earlier
    other.model = .init(
      name: "n", digest: "e", path: nil, files: [:], dimension: 4, preprocessing: "scale 2")
    other.data?.digest = "h"
    other.configuration["dataset.limit"] = "20"
    other.configuration["noise.specification"] = "normalized"
    other.configuration["noise.shot"] = "2"
    other.precision?.kernels = "onednn"
    #expect(
      other.differences(from: earlier, of: ["gaussian"]) == [
        "the model: m (SHA-256 d…) there, n (SHA-256 e…) asked for",
        "the preprocessing: scale 1 there, scale 2 asked for",
        "dataset.limit: 10 there, 20 asked for",
        "noise.specification: unit there, normalized asked for",
        "the arithmetic: float32 by panels there, float32 by onednn asked for",
      ])
    other.model = nil
    #expect(
      other.differences(from: earlier, of: []).first
        == "the model: m (SHA-256 d…) there, embeddings made elsewhere asked for")
  }

  @Test func `a run that is not finished says so`() throws {
    #expect(manifest.isFinished && manifest.unfinished("run") == nil && manifest.isOwn)
    var unfinished = manifest
    unfinished.finishedAt = nil
    unfinished.analyses = ["angles": .init(conditions: [], settings: ["angles.rank": "2"])]
    let run = RunDirectory(folder.path)
    try unfinished.write(to: run)
    let read = try #require(try Manifest.read(run))
    #expect(!read.isFinished && read.analyses == unfinished.analyses)
    #expect(
      read.unfinished("run")?.hasPrefix(
        "run holds a run that is not finished (begun 2023-11-14T22:13:20Z)") == true)
    _ = try folder.write("{\"name\": \"a web application\"}", "manifest.json")
    #expect(try Manifest.read(run)?.isOwn == false)
  }
}
