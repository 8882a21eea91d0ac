import Files
import Fixtures
import Foundation
import Testing
import Version

@testable import Runs

struct VerificationTests {
  private let folder: TemporaryFolder
  private let run: RunDirectory

  /// A run of three files, and a control of one.
  init() throws {
    folder = try TemporaryFolder()
    run = RunDirectory(folder.path)
    let outputs = try [
      "levels.csv": "a\n", "embeddings/clean.npy": "b", "samples.csv": "c\n",
    ].map { (name: $0, digest: Digest(of: $1), path: try folder.write($1, $0)) }
    try Self.manifest(outputs.map { ($0.name, "\($0.digest)") }).write(to: run)
    _ = try folder.write("d\n", "control/accuracy.csv")
    try Self.manifest([("accuracy.csv", "\(Digest(of: "d\n"))")])
      .write(to: RunDirectory(run.file("control")))
  }

  private static func manifest(_ outputs: [(String, String)]) -> Manifest {
    Manifest(
      program: .current, arguments: [], startedAt: .now, finishedAt: .now, configuration: [:],
      configurationDigest: "", noiseSeeds: [], host: nil, stages: [],
      outputs: Dictionary(outputs) { first, _ in first })
  }

  @Test func `what was recorded passes`() throws {
    let verification = try Verification(run: run)
    #expect(verification.isUnchanged && verification.count == 4)
    #expect(try verification.remarks(on: "run", verifies: true) == [])
    #expect(try verification.remarks(on: "run", verifies: false) == [])
  }

  @Test func `what was changed or is missing is named, of the control too`() throws {
    _ = try folder.write("A\n", "levels.csv")
    _ = try folder.write("D\n", "control/accuracy.csv")
    try FileManager.default.removeItem(atPath: run.file("samples.csv"))
    let verification = try Verification(run: run)
    #expect(
      verification.differences == [
        .init("levels.csv", .changed), .init("samples.csv", .missing),
        .init("control/accuracy.csv", .changed),
      ])
    let statement =
      "3 of 4 files are not as manifest.json has recorded them: levels.csv (changed), samples.csv (missing), "
      + "control/accuracy.csv (changed)"
    #expect(throws: FileError("run", statement + "; do this")) {
      try verification.remarks(on: "run", verifies: true, remedy: "do this")
    }
    #expect(
      try verification.remarks(on: "run", verifies: false) == [
        "run: \(statement); used as they are (--no-verify)"
      ])
  }

  @Test func `files that are not used are not compared`() throws {
    _ = try folder.write("A\n", "levels.csv")
    let inputs = try Verification(run: run, where: RunDirectory.isInput)
    #expect(inputs.isUnchanged && inputs.count == 2)
    let lists = try Verification(run: run, kinds: [SampleColumns.file])
    #expect(lists.isUnchanged && lists.count == 1)
    _ = try folder.write("B", "embeddings/clean.npy")
    #expect(
      try Verification(run: run, where: RunDirectory.isInput).differences
        == [.init("embeddings/clean.npy", .changed)])
  }

  @Test func `a folder or a pipe in a file's place cannot be read`() throws {
    try FileManager.default.removeItem(atPath: run.file("levels.csv"))
    let made = unsafe mkfifo(run.file("levels.csv"), 0o600)
    try #require(made == 0)
    try FileManager.default.removeItem(atPath: run.file("samples.csv"))
    try FileManager.default.createDirectory(
      atPath: run.file("samples.csv"), withIntermediateDirectories: false)
    #expect(
      try Verification(run: run).differences == [
        .init("levels.csv", .unreadable), .init("samples.csv", .unreadable),
      ])
  }

  @Test func `a run without a manifest has nothing to compare`() throws {
    try FileManager.default.removeItem(atPath: run.file("manifest.json"))
    let verification = try Verification(run: run)
    #expect(verification.manifest == nil && verification.count == 0 && verification.isUnchanged)
  }

  @Test(arguments: ["/etc/hostname", "../other/levels.csv", "a/../../b"])
  func `no file outside of the folder is read`(path: String) throws {
    try Self.manifest([(path, "")]).write(to: run)
    #expect(throws: FileError.self) { try Verification(run: run) }
  }

  @Test func `a training's log and model, a linkage's tables`() throws {
    _ = try folder.write("log", "log.jsonl")
    _ = try folder.write("weights", "model/model.safetensors")
    let json = """
      {"configuration_sha256": "", "log_sha256": "\(Digest(of: "log"))",
      "model": {"model.safetensors": "\(Digest(of: "other"))"}}
      """
    let path = try folder.write(json, TrainingManifest.fileName)
    let training = try #require(try TrainingManifest.read(path))
    let verification = try Verification(folder.path, training)
    #expect(verification.count == 2)
    #expect(verification.differences == [.init("model/model.safetensors", .changed)])
  }

  @Test func `a record that is damaged is the one difference, also of the control`() throws {
    #expect(try Verification.ofRecord(PictureRecord.self, in: folder.path) == nil)
    let place = "control/"
    let control = try #require(
      try Verification.ofRecord(Manifest.self, in: folder.path, at: place))
    #expect(control.isUnchanged && control.manifest == "control/manifest.json")
    #expect(control.agreement == "1 file is as control/manifest.json has recorded")
    _ = try folder.write("D\n", "control/accuracy.csv")
    #expect(
      try Verification.ofRecord(Manifest.self, in: folder.path, at: place)?.differences
        == [.init("control/accuracy.csv", .changed)])
    let path = run.file("control/manifest.json")
    let text = try FileContents.readText(path)
    _ = try folder.write(text.replacing("accuracy", with: "accuracz"), "control/manifest.json")
    let damaged = try #require(
      try Verification.ofRecord(Manifest.self, in: folder.path, at: place))
    #expect(damaged.differences == [.init("control/manifest.json", .changed)])
    #expect(
      damaged.statement
        == "control/manifest.json (changed), and nothing that it has recorded is believed")
    #expect(try Verification.ofRecord(Manifest.self, in: folder.path)?.isUnchanged == true)
  }

  @Test func `finished work is compared with its own checksum and its name`() throws {
    let key = Digest(of: "key")
    let body = "[1,2]"
    let text = "topoclip unit \(key) \(Digest(of: body))\n" + body
    let (name, other) = ("units/\(key).json", "units/\(Digest(of: "other")).json")
    _ = try folder.write(text, name)
    _ = try folder.write("mine", "units/notes.json")
    let kinds: [Verification.Work] = [(RunDirectory.unit, UnitStore.isWhole)]
    let whole = try Verification.ofWork(in: folder.path, kinds)
    #expect(whole.isUnchanged && whole.count == 1)
    #expect(whole.agreement == "1 file is as their checksums have recorded")
    _ = try folder.write(text, other)
    #expect(
      try Verification.ofWork(in: folder.path, kinds).differences == [.init(other, .changed)])
    for bit in 0..<8 * text.utf8.count {
      var bytes = Data(text.utf8)
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!UnitStore.isWhole(bytes, key), "bit \(bit)")
    }
    try FileManager.default.removeItem(atPath: run.file("units"))
    #expect(try Verification.ofWork(in: folder.path, kinds).count == 0)
  }

  @Test func `a long list is cut`() throws {
    try Self.manifest((0..<12).map { ("\($0).csv", "") }).write(to: run)
    let text = try Verification(run: run).statement
    #expect(text.hasPrefix("12 of 13 files are not as") && text.hasSuffix(" and 2 more"), "\(text)")
  }
}
