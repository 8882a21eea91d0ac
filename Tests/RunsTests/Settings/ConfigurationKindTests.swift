import Fixtures
import Testing

@testable import Runs

struct ConfigurationKindTests {
  private func section(_ yaml: String) throws -> ConfigurationSection {
    try ConfigurationSection(ConfigurationTree(yaml: yaml, file: "k.yaml"))
  }

  @Test func `a file of the other kind is told, with the command for it`() throws {
    let plan = try section("name: x\nmodel: m\ndata: {train: a.csv}\nepochs: 3\n")
    let toSweep = Fixtures.problem {
      try ConfigurationKind.experiment.require(plan, file: "plan.yaml")
    }
    #expect(
      toSweep
        == "plan.yaml: is a plan of topoclip train, which data, epochs belong to; expected an "
        + "experiment of topoclip sweep. topoclip train plan.yaml reads it")
    try ConfigurationKind.trainingPlan.require(plan, file: "plan.yaml")
    let experiment = try section("dataset: {path: dtd}\n")
    let toTrain = Fixtures.problem {
      try ConfigurationKind.trainingPlan.require(experiment, file: "e.yaml")
    }
    #expect(toTrain.contains("is an experiment of topoclip sweep, which dataset belongs to"))
    #expect(toTrain.hasSuffix("topoclip sweep e.yaml reads it"))
    // What both have, or what has keys of both, is left to the reader of the settings.
    for yaml in ["model: m\n", "dataset: {path: dtd}\nepochs: 3\n", "epoch: 3\n"] {
      try ConfigurationKind.experiment.require(section(yaml), file: "e.yaml")
    }
  }
}
