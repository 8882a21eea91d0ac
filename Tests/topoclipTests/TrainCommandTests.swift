import Fixtures
import Foundation
import ModelFixtures
import Testing

/// `train` as a user meets it.
@Suite(.serialized)
struct TrainCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func plan(epochs: Int) throws -> String {
    try folder.write(
      """
      shape: {image-size: 32, patch-size: 8, image-width: 64, image-layers: 2, image-heads: 1,
        text-width: 32, text-layers: 1, text-heads: 1, dimension: 16, vocabulary-size: 540}
      data: {textures: 3, per-class: 20, validation-per-class: 2, texture-size: 32}
      batches: {size: 6, per-label: 1}
      augmentation: {crop: 0.5, flip: true}
      optimizer: {learning-rate: 1e-3, course: cosine}
      validation: {metric: loss}
      epochs: \(epochs)
      """, "plan.yaml")
  }

  private func contents(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
  }

  @Test func `a training that is killed and interrupted, and goes on, equals one that is not`()
    throws
  {
    let plan = try plan(epochs: 12)
    let whole = try ProgramRun(["train", plan, "--output", folder.path + "/whole", "--quiet"])
    #expect(whole.code == 0, "\(whole)")
    #expect(whole.output.contains("/whole/model"))
    let arguments = ["train", plan, "--output", folder.path + "/parts", "--resume"]
    var stops = (killed: 0, interrupted: 0)
    for attempt in 0..<40 {
      let running = try RunningProgram(arguments + ["--threads", "\(1 + attempt % 2)"])
      if attempt < 6 {
        let delay = 0.3 + 0.2 * Double(attempt)
        Thread.sleep(forTimeInterval: delay)
        if attempt.isMultiple(of: 2) {
          kill(running.process.processIdentifier, SIGKILL)
        } else {
          running.interrupt()
        }
      }
      let outcome = running.wait()
      if outcome.code == 0 { break }
      if outcome.code == 75 {
        #expect(outcome.error.contains("--resume goes on from there"))
        stops.interrupted += 1
      } else {
        // Killed, or interrupted before it listens.
        #expect(outcome.code == SIGKILL || outcome.code == SIGINT, "\(outcome)")
        stops.killed += 1
      }
    }
    #expect(stops.killed + stops.interrupted > 0, "the training ended before any stop")
    for name in ["model/model.safetensors", "model/config.json", "log.jsonl"] {
      #expect(try contents("whole/\(name)") == contents("parts/\(name)"), "\(name)")
    }
  }

  @Test func `wrong plans are told with their place`() throws {
    let absent = try ProgramRun(["train", folder.path + "/none.yaml"])
    #expect(absent.code == 1 && absent.error.contains("no such file"))
    let plan = try plan(epochs: 1)
    let misspelt = try ProgramRun(["train", plan, "--set", "optimizer.learning-rat=1"])
    #expect(misspelt.code == 2)
    #expect(misspelt.error.contains("did you mean optimizer.learning-rate?"))
    let both = try ProgramRun(["train", plan, "--set", "model=x"])
    #expect(both.code == 2 && both.error.contains("leave one of the two out"))
    let model = try TinyModel()
    defer { model.remove() }
    let records = try folder.write(
      "model: \(model.folder.path)\ndata: {train: \"\(folder.path)/pairs.csv\"}\n", "records.yaml")
    _ = try folder.write(
      "image_path,caption\nmissing.jpg,a thing\nother.png,a stone\n", "pairs.csv")
    let missing = try ProgramRun(["train", records, "--output", folder.path + "/out"])
    #expect(missing.code == 1)
    #expect(missing.error.contains("line 2, missing.jpg"))
    let column = try ProgramRun(["train", records, "--text-column", "text"])
    #expect(column.code == 1 && column.error.contains("has no column \"text\""))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }
}
