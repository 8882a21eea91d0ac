import CLIP
import Datasets
import Embedding
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures
import Runs
import Testing
import Textures

@testable import Training

/// Whole trainings of small models.
@Suite(.serialized)
struct TrainingRunTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A small new model on three classes of textures.
  private func plan(_ output: String, _ assignments: String...) throws -> TrainingPlan {
    let file = try folder.write(
      """
      shape: {image-size: 16, patch-size: 8, image-width: 16, image-layers: 1, image-heads: 2,
        text-width: 16, text-layers: 1, text-heads: 2, dimension: 8, vocabulary-size: 540}
      data: {textures: "striped", per-class: 4, validation-per-class: 2, texture-size: 16}
      batches: {size: 3, per-label: 1}
      augmentation: {crop: 0.5, flip: true, color: 0.2}
      optimizer: {learning-rate: 3e-3, course: cosine, warm-up-steps: 2}
      validation: {metric: loss}
      epochs: 3
      """, "plan.yaml")
    return try TrainingPlan(
      file: file,
      assignments: (["data.textures=banded,dotted,grid", "output=\(folder.path)/\(output)"]
        + assignments).map { try .init(argument: $0) })
  }

  private func run(_ plan: TrainingPlan, resumes: Bool = false) throws -> String {
    try TrainingRun(plan, arguments: ["topoclip", "train"], isQuiet: true)
      .execute(resumes: resumes)
  }

  private func contents(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
  }

  private func log(_ output: String) throws -> [[String: Any]] {
    try String(decoding: contents("\(output)/log.jsonl"), as: UTF8.self).split(separator: "\n")
      .map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  @Test func `the same plan gives the same bytes on any number of threads`() throws {
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    for (name, count) in [("a", 1), ("b", 3)] {
      Parallel.workers = count
      _ = try run(plan(name))
    }
    for name in ["model/model.safetensors", "model/vocab.json", "log.jsonl"] {
      #expect(try contents("a/\(name)") == contents("b/\(name)"), "\(name)")
    }
  }

  @Test func `the log tells of every step and validation, and the best model is kept`() throws {
    let summary = try run(plan("out"))
    #expect(summary.contains("the best, of epoch"))
    let log = try log("out")
    let steps = log.filter { $0["kind"] as? String == "step" }
    #expect(steps.count == 12)
    #expect(steps.compactMap { $0["step"] as? Int } == Array(0..<12))
    let validations = log.filter { $0["kind"] as? String == "validation" }
    #expect(validations.compactMap { $0["epochs"] as? Int } == [0, 1, 2, 3])
    let scores = validations.compactMap { $0["scores"] as? [String: Double] }
    let losses = try scores.map { try #require($0["loss"]) }
    #expect(scores.allSatisfy { $0["accuracy"] != nil })
    let report = try #require(
      JSONSerialization.jsonObject(with: contents("out/training.json")) as? [String: Any])
    let best = try #require(report["best"] as? [String: Any])
    #expect(best["value"] as? Double == losses.min())
    #expect(best["epochs"] as? Int == losses.firstIndex(of: losses.min() ?? 0))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out/checkpoint.safetensors"))
    let model = try CLIPModel(directory: folder.path + "/out/model")
    _ = try (model.visionTower(), model.textTower(), model.tokenizer())
  }

  @Test func `new classes are learnt by the built-in model`() throws {
    let file = try folder.write(
      """
      model: builtin
      data: {textures: further, per-class: 4, validation-per-class: 2, texture-size: 64}
      batches: {size: 8, per-label: 1}
      optimizer: {learning-rate: 3e-4, course: constant}
      validation: {metric: loss}
      epochs: 5
      """, "new.yaml")
    let plan = try TrainingPlan(
      file: file, assignments: [.init(argument: "output=\(folder.path)/out")])
    _ = try run(plan)
    let losses = try log("out").compactMap { $0["training_loss"] as? Double }
    #expect(losses.count == 5)
    #expect(losses[4] < losses[0] / 2, "\(losses)")
  }

  @Test func `a finished or unfinished training is not overwritten`() throws {
    _ = try run(plan("out"))
    let before = try contents("out/model/model.safetensors")
    let error = #expect(throws: RunError.self) { _ = try run(plan("out")) }
    #expect("\(error as Any)".contains("holds a finished training"))
    #expect(try run(plan("out"), resumes: true).contains("finished already"))
    let weights = folder.path + "/out/model/model.safetensors"
    let whole = try contents("out/model/model.safetensors")
    var changed = whole
    changed[whole.count / 2] ^= 1
    try changed.write(to: URL(filePath: weights))
    let damage = #expect(throws: FileError.self) { _ = try run(plan("out"), resumes: true) }
    #expect(damage?.problem.contains("model/model.safetensors (changed)") == true)
    try whole.write(to: URL(filePath: weights))
    let other = #expect(throws: RunError.self) {
      _ = try run(plan("out", "epochs=4"), resumes: true)
    }
    #expect("\(other as Any)".contains("of another plan"))
    #expect(try contents("out/model/model.safetensors") == before)
  }

  @Test func `an exploding loss stops with the step, and keeps what was there`() throws {
    let error = #expect(throws: RunError.self) {
      _ = try run(
        plan(
          "out", "optimizer.learning-rate=1e12", "optimizer.gradient-limit=none",
          "optimizer.warm-up-steps=0", "optimizer.course=constant"))
    }
    let text = "\(error as Any)"
    #expect(text.contains("training stopped at step"), "\(text)")
    let last = try #require(log("out").last)
    #expect(last["kind"] as? String == "stopped" && last["step"] as? Int != nil)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out/training.json"))
  }

  @Test func `a folder that is not a training's is left alone`() throws {
    _ = try folder.write("mine", "out/model/model.safetensors")
    let error = #expect(throws: RunError.self) { _ = try run(plan("out")) }
    #expect("\(error as Any)".contains("no training has left"))
    #expect(try contents("out/model/model.safetensors") == Data("mine".utf8))
    // With a log that is none of its own, too.
    _ = try folder.write("an experiment of mine\n", "out/log.jsonl")
    let other = #expect(throws: RunError.self) { _ = try run(plan("out")) }
    #expect("\(other as Any)".contains("a log.jsonl of something else"), "\(other as Any)")
    #expect(try contents("out/log.jsonl") == Data("an experiment of mine\n".utf8))
    #expect(try contents("out/model/model.safetensors") == Data("mine".utf8))
    // A finished training whose training.json is gone.
    _ = try run(plan("done"))
    let log = try contents("done/log.jsonl")
    try FileManager.default.removeItem(atPath: folder.path + "/done/training.json")
    for resumes in [false, true] {
      #expect(throws: RunError.self) { _ = try run(plan("done"), resumes: resumes) }
      #expect(try contents("done/log.jsonl") == log)
    }

    _ = try folder.write("{\"configuration\": {\"name\": \"x\"}}", "sweep/manifest.json")
    _ = try folder.write("row,path,class,split\n", "sweep/samples.csv")
    for (name, message) in [
      ("sweep", "is a run directory"), ("notes", "not a training's: notes.md"),
    ] {
      _ = try folder.write("x", "notes/notes.md")
      let found = problem { _ = try run(plan(name)) }
      #expect(found.contains(message), "\(found)")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/\(name)/log.jsonl"))
    }
    // The plan may lie there, and what an end by force left before the first checkpoint is begun anew.
    let own = try plan("own")
    let file = try folder.write(contents("plan.yaml"), "own/plan.yaml")
    _ = try folder.write("{\"epoch\":0,\"kind\":\"step\"}\n{\"epo", "own/log.jsonl")
    _ = try run(
      TrainingPlan(
        file: file,
        assignments: ["data.textures=banded,dotted,grid", "output=\(own.output)"].map {
          try .init(argument: $0)
        }))
    #expect(try self.log("own").count == 16)
  }

  @Test func `a loss far above the first stops the training`() throws {
    let plan = try plan("out")
    let input = try TrainingInput(plan)
    let loop = try TrainingLoop(
      plan, input, TrainingOutput(plan.output), goesOn: false, isQuiet: true)
    loop.engine.settings.lossLimit = 1e-6
    let error = #expect(throws: RunError.self) { try loop.run() }
    #expect("\(error as Any)".contains("training stopped at step 0"), "\(error as Any)")
    #expect("\(error as Any)".contains("exploded"))
  }

  @Test func `without progress the training ends early`() throws {
    _ = try run(
      plan("out", "optimizer.learning-rate=1e-12", "epochs=20", "validation.patience=2"))
    let validations = try log("out").filter { $0["kind"] as? String == "validation" }
    #expect(validations.count < 20)
  }

  @Test func `a training killed after its early end goes on to the same end`() throws {
    func plan(_ output: String) throws -> TrainingPlan {
      try self.plan(
        output, "optimizer.learning-rate=1e-12", "epochs=20", "validation.patience=2")
    }
    _ = try run(plan("whole"))
    // Everything but the last step: the loop ends, and nobody writes the report.
    let killed = try plan("killed")
    let input = try TrainingInput(killed)
    let output = TrainingOutput(killed.output)
    let loop = try TrainingLoop(killed, input, output, goesOn: false, isQuiet: true)
    try loop.run()
    let steps = loop.engine.step
    #expect(loop.progress.validationsSinceBest == 2 && loop.progress.epoch < 20)
    #expect(try output.exists(output.checkpoint))
    #expect(try !output.exists(output.report))
    _ = try run(killed, resumes: true)
    #expect(try contents("killed/log.jsonl") == contents("whole/log.jsonl"))
    let report = try #require(
      JSONSerialization.jsonObject(with: contents("killed/training.json")) as? [String: Any])
    #expect(report["steps"] as? Int == steps)
    #expect(try !output.exists(output.checkpoint))
  }

  @Test func `a model or a log that has changed before the end is not recorded as the result`()
    throws
  {
    let plan = try plan("cut")
    let output = TrainingOutput(plan.output)
    // Everything but the last step: the loop ends, and nobody writes the report.
    let loop = try TrainingLoop(
      plan, TrainingInput(plan), output, goesOn: false, isQuiet: true)
    try loop.run()
    let written = try #require(loop.progress.model)
    #expect(Set(written.keys).isSuperset(of: ["config.json", "model.safetensors"]))
    #expect(try written == output.modelDigests(FolderContents.textNames(of: output.model) ?? []))
    let weights = "cut/model/model.safetensors"
    for name in [weights, "cut/log.jsonl"] {
      let whole = try contents(name)
      var damaged = whole
      damaged[damaged.count / 2] ^= 1
      _ = try folder.write(damaged, name)
      // As at the end of a session in which somebody has replaced it.
      #expect(throws: FileError.self) {
        try output.requireUnchanged(model: written, log: loop.progress.logDigest ?? "")
      }
      #expect {
        _ = try run(plan, resumes: true)
      } throws: {
        "\($0)".contains("is not as")
      }
      #expect(try output.exists(output.checkpoint) && !output.exists(output.report))
      _ = try folder.write(whole, name)
    }
    // What somebody has put beside it is not of the training, and no hindrance.
    _ = try folder.write("mine", "cut/model/onnx/README.md")
    _ = try folder.write("mine", "cut/model/README.md")
    let model = folder.path + "/cut/model"
    try FileManager.default.moveItem(atPath: model, toPath: folder.path + "/kept")
    #expect(throws: FileError.self) { _ = try run(plan, resumes: true) }
    #expect(try output.exists(output.checkpoint))
    try FileManager.default.moveItem(atPath: folder.path + "/kept", toPath: model)
    #expect(try run(plan, resumes: true).contains("/cut/model: "))
    #expect(try !output.exists(output.checkpoint))
  }

  @Test func `records train by caption and by label, with hard negatives and both towers`() throws {
    let textures = TextureDataset(
      classes: [.banded, .dotted, .grid, .cracked], perClass: 6, size: 24, seed: 3)
    try textures.write(to: folder.path + "/set")
    let model = try TinyModel()
    defer { model.remove() }
    let file = try folder.write(
      """
      model: \(model.folder.path)
      data: {train: "\(folder.path)/set/captions.csv", validation-share: 0.5}
      batches: {size: 6}
      optimizer: {learning-rate: 1e-3}
      epochs: 2
      """, "records.yaml")
    func train(_ output: String, _ assignments: String...) throws -> [[String: Any]] {
      let plan = try TrainingPlan(
        file: file,
        assignments: (["output=\(folder.path)/\(output)"] + assignments).map {
          try .init(argument: $0)
        })
      _ = try run(plan)
      return try log(output).filter { $0["kind"] as? String == "validation" }
    }
    let pairs = try train("pairs")
    #expect(pairs.count == 3)
    #expect(
      try pairs.allSatisfy { line in
        let scores = try #require(line["scores"] as? [String: Double])
        return Set(scores.keys) == ["loss", "recall"]
      })
    let labelled = try train(
      "labelled", "objective.loss=supervised", "batches.per-label=2", "batches.hard-negatives=1",
      "batches.size=4", "towers=text")
    #expect(labelled.count == 3)
    #expect(
      try labelled.allSatisfy { line in
        let scores = try #require(line["scores"] as? [String: Double])
        return Set(scores.keys) == ["loss", "adjusted-rand-index"]
      })
    let pairwise = try train(
      "pairwise", "objective.loss=pairwise", "batches.size=6", "batches.piece-size=2",
      "towers=image")
    let losses = pairwise.compactMap { ($0["scores"] as? [String: Double])?["loss"] }
    #expect(losses.count == 3 && losses[2] < losses[0])
  }
}
