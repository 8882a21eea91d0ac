import CLIP
import Files
import Fixtures
import Foundation
import Images
import ModelFixtures
import Runs
import Testing

@testable import Pairs

struct ScoreJobTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func settings(_ pairs: String, images: String? = nil, model: String) -> ScoreSettings {
    var settings = ScoreSettings(
      input: .table(path: pairs, imageColumn: nil, textColumn: nil, imageFolder: images))
    settings.model = model
    settings.output = folder.path + "/out/results.csv"
    return settings
  }

  @discardableResult
  private func run(_ settings: ScoreSettings) throws -> String {
    try ScoreJob(settings, arguments: ["topoclip", "score"], isQuiet: true).run()
  }

  @Test func `numbers and paths are checked before anything is read`() throws {
    var wrong = settings("pairs.csv", model: "builtin")
    wrong.output = "pairs.csv"
    #expect(throws: OptionError.self) { try wrong.check() }
    for change in [
      { (settings: inout ScoreSettings) in settings.batches = -1 },
      { $0.batches = 1001 }, { $0.batchSize = 1 }, { $0.batchSize = 262_145 },
      { $0.statistics = $0.output }, { $0.statistics = "pairs.csv" },
    ] as [(inout ScoreSettings) -> Void] {
      var wrong = settings("pairs.csv", model: "builtin")
      change(&wrong)
      #expect(throws: OptionError.self) { try wrong.check() }
    }
  }

  @Test func `an image that came while a scoring lay unfinished is scored when it goes on`() throws
  {
    let model = try TinyModel()
    defer { model.remove() }
    let image = try TinyDataset.image(classIndex: 0, index: 0).pngData()
    _ = try folder.write(image, "a.png")
    let pairs = try folder.write("image,caption\na.png,x\nb.png,y\n,z\n", "pairs.csv")
    let settings = settings(pairs, model: model.folder.path)
    // All is embedded, and a folder stands where the results go.
    try FileManager.default.createDirectory(
      atPath: settings.output, withIntermediateDirectories: true)
    #expect(throws: FileError.self) { try run(settings) }
    let store = settings.workFolder + "/" + PairCheckpoint.fileName
    #expect(try PairCheckpoint.read(store)?.rows == 3)
    try FileManager.default.removeItem(atPath: settings.output)

    _ = try folder.write(TinyDataset.image(classIndex: 1, index: 1).pngData(), "b.png")
    #expect(try run(settings).contains("3 rows, 2 with a score"))
    let resumed = try FileContents.read(settings.output)
    try FileManager.default.removeItem(atPath: settings.reportFolder)
    try run(settings)
    #expect(try FileContents.read(settings.output) == resumed)
  }

  @Test func `rows without a score that an earlier call has kept end one that passes over none`()
    throws
  {
    let model = try TinyModel()
    defer { model.remove() }
    let image = try TinyDataset.image(classIndex: 0, index: 0).pngData()
    _ = try folder.write(image, "a.png")
    _ = try folder.write("not an image", "bad.png")
    let pairs = try folder.write("image,caption\na.png,x\nbad.png,y\n", "pairs.csv")
    var settings = settings(pairs, model: model.folder.path)
    try FileManager.default.createDirectory(
      atPath: settings.output, withIntermediateDirectories: true)
    #expect(throws: FileError.self) { try run(settings) }
    try FileManager.default.removeItem(atPath: settings.output)
    settings.missing = .fail
    let error = #expect(throws: FileError.self) { try run(settings) }
    #expect(error?.problem.hasPrefix("line 3, bad.png: ") == true)
    #expect(try FileStatus(settings.output) == nil)
    // What is embedded stays for a call that keeps such rows.
    let towers = try PairTowers(CLIPModel(directory: model.folder.path))
    let store = try PairStore(folder: settings.workFolder, dimension: towers.dimension)
    let checkpoint = try #require(try store.checkpoint())
    #expect(try checkpoint.rows == 2 && store.restore(checkpoint))
  }

  @Test func `a scoring whose manifest is deleted, page and all, may be made again`() throws {
    let tables = [ScoreSummaryColumns.file, ScoreRankColumns.file].map(\.pattern.text)
    for name in ["report.html", "report.json", "figures/a.svg"] + tables {
      _ = try folder.write("x", "out/results-report/" + name)
    }
    let report = settings("pairs.csv", model: "builtin").reportFolder
    try OutputFolder.require(report, for: .scoring)
    _ = try folder.write("x", "out/results-report/notes.txt")
    #expect(throws: FileError.self) { try OutputFolder.require(report, for: .scoring) }
  }

  @Test func `a failing row ends the scoring when that is asked for, and nothing is written`()
    throws
  {
    let model = try TinyModel()
    defer { model.remove() }
    let image = try TinyDataset.image(classIndex: 0, index: 0).pngData()
    _ = try folder.write(image, "a.png")
    for (name, bytes) in [("none.png", nil), ("bad.png", "not an image"), ("", nil)] {
      if let bytes { _ = try folder.write(bytes, name) }
      let pairs = try folder.write("image,caption\na.png,x\n\(name),y\n", "pairs.csv")
      var failing = settings(pairs, model: model.folder.path)
      failing.missing = .fail
      let error = #expect(throws: FileError.self) { try run(failing) }
      let place = name.isEmpty ? "line 3: " : "line 3, \(name): "
      #expect(error?.problem.hasPrefix(place) == true)
      #expect(try FolderContents.isEmpty(folder.path + "/out"))
    }
  }

  @Test func `the results hold the input's fields unchanged, and no number that is none`() throws {
    let model = try TinyModel()
    defer { model.remove() }
    for index in 0..<3 {
      _ = try folder.write(
        TinyDataset.image(classIndex: index, index: index).pngData(), "\(index).png")
    }
    let pairs = try folder.write(
      "id;path;caption;note\n1;0.png;\"a;b\";\"x \"\"y\"\"\"\n2;1.png;\"two\nlines\";,\n3;none.png;c;\n4;2.png;;é\n",
      "pairs.csv")
    var chosen = settings(pairs, model: model.folder.path)
    chosen.batches = 3
    let line = try run(chosen)
    #expect(
      line.hasSuffix("4 rows, 3 with a score, of 3 distinct images and 3 distinct captions\n"))
    let table = try CSV(path: chosen.output)
    #expect(table.header == ["id", "path", "caption", "note"] + ScoreColumns.all.map(\.name))
    #expect(
      table.records.map { Array($0.fields[..<4]) } == [
        ["1", "0.png", "a;b", "x \"y\""], ["2", "1.png", "two\nlines", ","],
        ["3", "none.png", "c", ""], ["4", "2.png", "", "é"],
      ])
    for record in table.records {
      let fields = Array(record.fields[4...])
      for (column, field) in zip(ScoreColumns.all, fields) {
        #expect(column.accepts(field), "\(column.name): \(field)")
      }
      if record.fields[0] == "3" {
        #expect(fields == ["", "", "", "", "", "", "3", "0", "no such file"])
      } else {
        let cosine = try #require(Double(fields[0]))
        #expect(abs(try #require(Double(fields[1])) - 100 * cosine) < 1e-4)
        #expect(abs(try #require(Double(fields[2])) - 2.5 * max(cosine, 0)) < 1e-5)
        #expect(Double(fields[3]) != nil && fields[4] == "0" && fields[8].isEmpty)
      }
    }
    // Without draws the columns stay, empty; the work folder is gone.
    #expect(try FileStatus(chosen.workFolder) == nil)
    chosen.batches = 0
    try run(chosen)
    let bare = try CSV(path: chosen.output)
    #expect(bare.records.allSatisfy { $0.fields[7].isEmpty && $0.fields[8].isEmpty })
    let manifest = try #require(
      try ScoreManifest.read(chosen.reportFolder + "/" + ScoreManifest.fileName))
    #expect(manifest.counts.records == 4 && manifest.counts.scored == 3)
    #expect(manifest.inputDigest == "\(try Digest(ofFile: pairs))")
    #expect(manifest.stages.allSatisfy { $0.userSeconds != nil })
    let log = try CSV(path: chosen.statisticsFile)
    #expect(
      log.header == [
        "step", "wall_seconds", "user_seconds", "system_seconds", "peak_memory_bytes",
      ])
  }

  /// The challenge set in order, and the tokens and embeddings of the development model.
  @Test(
    .enabled(
      if: SharedData.has("pairs") && SharedData.has("models/dev-clip"),
      "needs ../shared/data/pairs and models/dev-clip, which are not here"))
  func `every row of the challenge set comes out, in order`() throws {
    let pairs = SharedData.folder.appending(path: "pairs").path
    var chosen = settings(
      pairs + "/challenge_set.csv", images: pairs + "/images",
      model: SharedData.folder.appending(path: "models/dev-clip").path)
    chosen.batches = 2
    try run(chosen)
    let input = try CSV(path: pairs + "/challenge_set.csv")
    let output = try CSV(path: chosen.output)
    #expect(
      output.records.map { Array($0.fields.prefix(input.header.count)) }
        == input.records.map(\.fields))
    let error = try output.column("error")
    let cosine = try output.column("cosine")
    let failed = output.records.filter { !$0.fields[error].isEmpty }
    #expect(failed.count == 2)
    #expect(failed.allSatisfy { $0.fields[cosine].isEmpty })
    let truncated = try output.column("tokens_truncated")
    let tokens = try output.column("tokens")
    for record in output.records {
      let (count, cut) = (Int(record.fields[tokens]) ?? 0, Int(record.fields[truncated]) ?? -1)
      #expect(count >= 2 && cut == max(0, count - 77))
    }
  }
}
