import CLIP
import Fixtures
import Images
import Runs
import Testing

@testable import Training

struct TrainingPlanTests {
  private func plan(_ yaml: String, _ assignments: String...) throws -> TrainingPlan {
    try TrainingPlan(
      ConfigurationTree(yaml: yaml, file: "plan.yaml"),
      assignments: assignments.map { try .init(argument: $0) }, fallbackName: "plan")
  }

  private let textures = "{shape: {}, data: {textures: all}}"

  @Test func `defaults`() throws {
    let plan = try plan("{model: m, data: {train: pairs.csv}}")
    #expect(plan.start == .model("m"))
    #expect(plan.towers == [.vision, .text])
    guard case .imageText = plan.objective, case .records(let records) = plan.data.source else {
      Issue.record("\(plan)")
      return
    }
    #expect(records.file == "pairs.csv" && records.validation == .none)
    #expect(records.imageColumn == "image_path" && records.textColumn == nil)
    #expect(plan.batches.perLabel == nil && plan.validation.metric == .loss)
    #expect(plan.optimization.course == .restarts && plan.optimization.firstRestart == 10)
    #expect(plan.output == "results/plan")
  }

  @Test func `a loss of labels takes three of each, and is judged by clusters`() throws {
    let plan = try plan(
      "{model: m, data: {train: p.csv}, objective: {loss: supervised, image-weight: 1}}")
    #expect(plan.batches.perLabel == 3)
    #expect(plan.validation.metric == .adjustedRandIndex)
    #expect(plan.towers == [.vision])
  }

  @Test func `a new model's shape`() throws {
    let plan = try plan(textures, "shape.image-width=96", "shape.image-heads=2")
    guard case .new(let shape) = plan.start else {
      Issue.record("\(plan.start)")
      return
    }
    #expect(shape.vision.transformer.width == 96 && shape.vision.transformer.mlpWidth == 384)
    #expect(shape.configuration(vocabularySize: 600).text?.endOfTextID == 599)
    #expect(plan.validation.metric == .accuracy)
  }

  @Test func `the cosine ends with the training`() throws {
    let settings = try plan(
      textures, "optimizer.course=cosine", "optimizer.warm-up-steps=10",
      "optimizer.learning-rate=0.5"
    ).optimization
    let schedule = settings.schedule(steps: 110)
    #expect(schedule.rate(atStep: 9) == 0.5)
    #expect(abs(schedule.rate(atStep: 60) - 0.25) < 1e-12)
    #expect(schedule.rate(atStep: 110) == 0)
  }

  @Test(arguments: [
    ("{data: {train: p.csv}}", "name the model to train"),
    ("{model: m, shape: {}, data: {train: p.csv}}", "leave one of the two out"),
    ("{model: m}", "there is nothing to train on"),
    ("{model: m, data: {train: p.csv, textures: all}}", "leave one of the two out"),
    ("{model: m, data: {train: p.csv, per-class: 3}}", "belongs to data.textures"),
    ("{model: m, data: {textures: all, label-column: x}}", "belongs to data.train"),
    ("{model: m, data: {textures: stripy}}", "did you mean striped"),
    ("{model: m, data: {train: p.csv}, epoch: 3}", "did you mean epochs"),
    ("{model: m, data: {train: p.csv}, epochs: 0}", "plan.yaml, line 1"),
    ("{model: m, data: {train: p.csv}, objective: {temperature: 0.1}}", "loss supervised"),
    (
      "{model: m, data: {train: p.csv}, objective: {loss: supervised, temperature: 0}}",
      "a number from 1e-06 to 1000000"
    ),
    ("{model: m, data: {train: p.csv}, objective: {image-weight: 0.1}}", "image-text has none"),
    (
      "{model: m, data: {train: p.csv}, towers: text, objective: {loss: pairwise, image-weight: 1}}",
      "could not learn"
    ),
    ("{model: m, data: {train: p.csv}, batches: {size: 4, per-label: 5}}", "more than a batch"),
    ("{model: m, data: {train: p.csv}, batches: {hard-negatives: 2}}", "batches.per-label"),
    (
      "{model: m, data: {train: p.csv}, optimizer: {course: cosine, first-restart: 3}}",
      "belongs to the course"
    ),
    (
      "{model: m, data: {train: p.csv, validation-share: 0.5}, validation: {metric: accuracy}}",
      "loss and recall"
    ),
    ("{model: m, data: {train: p.csv}, validation: {patience: 2}}", "something to validate on"),
    ("{model: 'random:b32', data: {train: p.csv}}", "give a shape"),
    (
      "{model: m, data: {train: p.csv}, objective: {loss: pairwise}, batches: {size: 5}}",
      "two labels with 3 pairs"
    ),
    ("{model: m, data: {train: p.csv}, optimizer: {beta1: 0.99999999999}}", "below 1"),
    ("{model: m, data: {train: p.csv}, epochs: 9223372036854775807}", "from 1 to 1000000"),
    ("{shape: {image-heads: 5}, data: {textures: all}}", "do not divide"),
    ("{shape: {vocabulary-size: 100}, data: {textures: all}}", "from 514"),
    ("{model: m, data: {train: p.csv}, optimizer: {learning-rate: nan}}", "a number from 1e-12"),
    (
      "{model: m, data: {train: p.csv}, optimizer: {learning-rate: 1e308}}",
      "a number from 1e-12 to 1000000000000"
    ),
    (
      "{model: m, data: {train: p.csv}, optimizer: {weight-decay: 1e39}}",
      "a number from 0 to 1000000000000"
    ),
    ("{model: m, data: {train: p.csv}, optimizer: {gradient-limit: 1e308}}", "or none"),
    (
      "{model: m, data: {train: p.csv}, optimizer: {restart-factor: 9223372036854775807}}",
      "from 1 to 1000"
    ),
    (
      "{model: m, data: {train: p.csv}, batches: {per-label: 2, hard-negatives: 9223372036854775807}}",
      "from 0 to 1000000"
    ),
    ("{model: m, data: {train: p.csv}, log-interval: 9223372036854775807}", "from 1 to 1000000000"),
    ("{model: m, data: {train: p.csv}, augmentation: {crop: 0}}", "above 0, at most 1"),
  ])
  func `what is wrong is told`(yaml: String, part: String) throws {
    let error = #expect(throws: (any Error).self) { try self.plan(yaml) }
    #expect("\(error as Any)".contains(part), "\(error as Any)")
  }

  @Test func `equal plans have equal settings, others do not`() throws {
    func settings(_ assignments: String...) throws -> [String] {
      let tree = try ConfigurationTree(yaml: textures, file: "plan.yaml")
      return try TrainingPlan(
        tree, assignments: assignments.map { try .init(argument: $0) }, fallbackName: "plan"
      ).canonicalSettings.map { "\($0.key)=\($0.value)" }
    }
    #expect(try settings() == settings("output=elsewhere"))
    for change in [
      "seed=1", "epochs=2", "batches.size=8", "augmentation.flip=true", "shape.dimension=64",
      "optimizer.beta1=0.5", "validation.patience=3", "weights=float16", "data.texture-size=64",
    ] {
      let changed = try settings(change)
      #expect(try settings() != changed, "\(change)")
    }
  }

  @Test func `an experiment is told`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("dataset: {path: textures}\nmodel: builtin\n", "e.yaml")
    let message = problem { _ = try TrainingPlan(file: file) }
    #expect(
      message.contains("is an experiment of topoclip sweep, which dataset belongs to"), "\(message)"
    )
    #expect(message.hasSuffix("topoclip sweep \(file) reads it"))
  }
}
