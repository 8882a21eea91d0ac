import CLIP
import Datasets
import Embedding
import Files
import Fixtures
import Foundation
import Images
import Runs
import Testing

@testable import Experiments

struct BuiltInExperimentTests {
  private func builtIn(_ assignments: [String] = []) throws -> Experiment {
    try Experiment(
      file: nil, assignments: assignments.map { try .init(argument: $0) }, orBuiltIn: true)
  }

  @Test func `nothing said, it is the built-in model on generated textures`() throws {
    let experiment = try builtIn()
    #expect(experiment.name == "builtin" && experiment.output == "results/builtin")
    #expect(experiment.model == "builtin")
    #expect(experiment.dataset == .textures(size: 96, seed: 0))
    #expect(experiment.selection.split == .test && experiment.selection.perClass == 20)
    #expect(experiment.conditions.map(\.level) == [0, 0.5, 1, 2])
    #expect(experiment.analyses == nil && experiment.precision.arithmetic.precision == .float32)
  }

  @Test func `the committed file says the same`() throws {
    let file = Checkout.folder.appending(path: "experiments/builtin.yaml")
    #expect(try String(contentsOf: file, encoding: .utf8) == Experiment.builtIn)
    #expect(try Experiment(file: file.path, assignments: []).digest == builtIn().digest)
  }

  @Test func `options stand over it`() throws {
    let experiment = try builtIn(["dataset.classes=5", "noise.levels=0,1", "dataset.limit=10"])
    #expect(experiment.model == "builtin" && experiment.selection.limit == 10)
    #expect(experiment.selection.classes == .sample(count: 5, seed: 0))
    #expect(experiment.conditions.map(\.level) == [0, 1])
  }

  @Test(arguments: ["model=m", "dataset.path=d", "embeddings=e"])
  func `it does not mix with what the user names`(assignment: String) throws {
    let experiment = try builtIn([assignment])
    #expect(experiment.name == "sweep")
    #expect(experiment.model == (assignment == "model=m" ? "m" : nil))
    #expect(experiment.dataset == (assignment == "dataset.path=d" ? .files("d") : nil))
    #expect(experiment.selection.perClass == nil)
  }

  @Test func `a mistake in an option is told as ever`() {
    let error = #expect(throws: RunError.self) { try builtIn(["dataset.limti=3"]) }
    #expect("\(error as Any)".contains("did you mean dataset.limit?"))
  }
}
