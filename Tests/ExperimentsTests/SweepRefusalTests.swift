import Files
import Fixtures
import Foundation
import ModelFixtures
import RunAnalyses
import Runs
import Testing

@testable import Experiments

/// What a sweep leaves of a finished run when it is refused or stops, and of files that are somebody's.
@Suite(.serialized)
struct SweepRefusalTests {
  private let place: SweepWorkplace

  init() throws { place = try SweepWorkplace() }

  private var run: RunDirectory { RunDirectory(place.output("run")) }

  private func manifest() throws -> Manifest { try #require(try Manifest.read(run)) }

  private func sweep(_ settings: [String], overwrites: Bool = false) throws {
    let few = ["noise.levels=0,1"]
    _ = try place.sweep("run", few + settings, overwrites: overwrites).execute()
  }

  /// Everything in the run, work included.
  private func files() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: run.path) {
      files[name] = FileManager.default.contents(atPath: run.file(name))
    }
    return files
  }

  @Test func `what the control would refuse is refused before the run is touched`() throws {
    try sweep(["analyses=zeroshot", "control=true"])
    let before = try files()
    // Not asked for again: the run has a control all the same.
    let seed = problem { try sweep(["analyses=zeroshot", "seed=1"]) }
    #expect(
      seed.hasPrefix("\(run.path): ") && seed.contains("the control's seed: 0 there, 1 asked for"),
      "\(seed)")
    #expect(try files() == before)

    let control = RunDirectory(run.file("control"))
    var other = try #require(try Manifest.read(control))
    other.data?.digest = "of other images"
    try other.write(to: control)
    let images = problem { try sweep(["analyses=zeroshot"]) }
    #expect(images.hasPrefix("\(control.path): holds a finished run"), "\(images)")
    try FileManager.default.removeItem(atPath: control.file("manifest.json"))
    let tables = problem { try sweep(["analyses=zeroshot"]) }
    #expect(tables.contains("without its manifest"), "\(tables)")
    #expect(try manifest().isFinished)
    #expect(try manifest().outputs == JSONDecoder.manifest(before["manifest.json"]).outputs)
  }

  @Test func `a baseline of other images is refused before the run is touched`() throws {
    try sweep(["analyses=zeroshot,statistics"])
    _ = try place.sweep(
      "other", ["noise.levels=0,1", "dataset.limit=15", "analyses=zeroshot"]
    ).execute()
    let before = try files()
    let message = problem {
      try sweep(["analyses=statistics", "statistics.baseline=\(place.output("other"))"])
    }
    #expect(message.contains("is of other images"), "\(message)")
    #expect(try files() == before)
  }

  @Test(arguments: [false, true])
  func `embeddings and tables that no sweep wrote stay`(overwrites: Bool) throws {
    try sweep(["analyses=angles"])
    let mine = ["embeddings/mynoise-2.npy", "angles/mynoise-2.csv", "notes.md"]
    for name in mine { try AtomicFile.write("mine", to: run.file(name)) }
    try sweep(["analyses=angles"], overwrites: overwrites)
    for name in mine { #expect(try FileContents.readText(run.file(name)) == "mine") }
    #expect(try manifest().outputs.keys.allSatisfy { !mine.contains($0) })
    #expect(try run.conditions().map(\.name) == ["clean", "gaussian-1-s0"])
  }

  /// Puts a folder in the place of a table, so that its analysis fails when all else is written.
  private func interrupt(_ table: String, _ settings: [String]) throws {
    try? FileManager.default.removeItem(atPath: run.file(table))
    try FileManager.default.createDirectory(
      atPath: run.file(table + "/x"), withIntermediateDirectories: true)
    #expect(problem { try sweep(settings) }.contains(table))
    try FileManager.default.removeItem(atPath: run.file(table))
    #expect(try !manifest().isFinished)
  }

  @Test func `other classes are told after an interruption as well`() throws {
    try sweep(["analyses=angles,geometry"])
    let before = try manifest()
    try interrupt("geometry.csv", ["analyses=geometry"])
    for name in ["samples.csv", "classes.csv"] {
      #expect(try manifest().outputs[name] == before.outputs[name])
    }
    let earlier = try #require(try EarlierRun(run))
    let samples = try run.readSamples()
    #expect(!earlier.hasOther(samples))
    #expect(
      earlier.hasOther(
        SampleTable(
          paths: samples.paths, classNames: samples.labels.map { samples.classes[$0] },
          splits: samples.splits.map { _ in "elsewhere" })))
  }

  @Test func `a table that was edited is named, its digest stays, and asked for it is made anew`()
    throws
  {
    try sweep(["analyses=zeroshot,geometry"])
    let before = try files()
    try AtomicFile.write("mine", to: run.file("accuracy.csv"))
    try AtomicFile.write("mine", to: run.file("embeddings/text.npy"))
    try sweep(["analyses=geometry"])
    // The geometry of texts and images reads the text.
    #expect(try files()["geometry.csv"] == before["geometry.csv"])
    #expect(try files()["embeddings/text.npy"] == before["embeddings/text.npy"])
    let verification = try Verification(run: run)
    #expect(verification.differences == [.init("accuracy.csv", .changed)])
    try sweep(["analyses=zeroshot"])
    #expect(try Verification(run: run).isUnchanged)
    #expect(try files()["accuracy.csv"] == before["accuracy.csv"])
  }

  @Test func `a dry run refuses what a sweep does, and writes nothing`() throws {
    try AtomicFile.write("mine", to: place.output("thesis/chapter.tex"))
    #expect(
      problem { _ = try place.sweep("thesis").estimate() }.contains("chapter.tex; give another"))
    let image = try #require(
      try FileManager.default.subpathsOfDirectory(atPath: place.dataset.folder.path)
        .first { $0.hasSuffix(".png") || $0.hasSuffix(".jpg") })
    try sweep(["analyses=geometry"])
    let before = try files()
    let other = problem { _ = try place.sweep("run", ["dataset.limit=15"]).estimate() }
    #expect(other.contains("holds a finished run"), "\(other)")
    try AtomicFile.write("broken", to: place.dataset.folder.appending(path: image).path)
    let message = problem { _ = try place.sweep("dry").estimate() }
    #expect(
      message.hasPrefix("1 images are missing or damaged:") && message.contains("--skip-broken"),
      "\(message)")
    #expect(!FileManager.default.fileExists(atPath: place.output("dry")))
    #expect(try files() == before)
  }
}

extension JSONDecoder {
  /// The manifest in a file's bytes.
  fileprivate static func manifest(_ data: Data?) throws -> Manifest {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(Manifest.self, from: data ?? Data())
  }
}
