import Experiments
import Files
import Fixtures
import Foundation
import Runs
import Training

extension FuzzTarget {
  /// YAML before it has types: aliases do not let it grow without bound.
  static let yaml = FuzzTarget(
    "yaml",
    seeds: {
      [
        "a: &x [1, 2.5, 'q']\nb: {c: *x, d: ~}\n<<: {e: f}\n# end\n", "- a\n- b: c\n",
        "k: |\n  text\n  more\n",
        "? [a]\n: b\n", "!!str a: \"\\u00e9\"\n---\n...\n", "",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let tree = try ConfigurationTree(yaml: text(of: data), file: "e.yaml")
      promise(count(of: tree) <= 1 << 19, "\(data.count) bytes became \(count(of: tree)) values")
      _ = try tree.setting(["a", "b"][...], to: "c", place: "--set")
    })

  private static func count(of tree: ConfigurationTree) -> Int {
    switch tree {
    case .scalar: 1
    case .list(let values, _): values.reduce(1) { $0 + count(of: $1) }
    case .mapping(let fields, _, _): fields.values.reduce(1) { $0 + count(of: $1) }
    }
  }

  /// An experiment: what it asks for can be planned.
  static let experiment = FuzzTarget(
    "experiment",
    seeds: {
      [
        Examples.experiment, Experiment.builtIn,
        "embeddings: folder\nanalyses: [zeroshot, geometry]\nlayout: {methods: [pca]}\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "e.yaml") { path in
        try requireExperiment(Experiment(file: path, assignments: []))
      }
    })

  /// Options over an experiment, a line each as `--set` has them.
  static let assignment = FuzzTarget(
    "assignment",
    seeds: {
      [
        "topology.threshold=0.5\nnoise.levels=0,0.5,1\nmodel=builtin", "dataset.classes=\"a, b\",c",
        "a.b.c=",
        "seed=18446744073709551615\noutput=x=y",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let lines = try text(of: data).split(separator: "\n")
      let assignments = try lines.map { try Assignment(argument: String($0)) }
      try requireExperiment(Experiment(file: nil, assignments: assignments, orBuiltIn: true))
    })

  private static func requireExperiment(_ experiment: Experiment) throws {
    promise(!experiment.name.contains("/"), "the name \(experiment.name) is a path")
    promise(experiment.conditions.allSatisfy { $0.level.isFinite && $0.level >= 0 }, "a level")
    promise(Set(experiment.conditions).count == experiment.conditions.count, "a condition twice")
    for condition in experiment.conditions {
      promise(
        Condition(tableFields: condition.tableFields) == condition,
        "\(condition.name) is another in tables")
    }
  }

  /// A plan of training.
  static let trainingPlan = FuzzTarget(
    "training-plan",
    seeds: {
      [
        """
        shape: {image-size: 16, patch-size: 8, image-width: 16, image-heads: 2, dimension: 8}
        data: {train: absent.csv, validation-share: 0.25}
        batches: {size: 8, piece-size: 4}
        optimizer: {learning-rate: 1e-3, course: cosine, warm-up-steps: 2}
        epochs: 2
        """,
        "model: builtin\ndata: {textures: \"banded,dotted\", per-class: 16}\nseed: 3\naugmentation: {flips: true}\n",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.file(data, "p.yaml") { path in _ = try TrainingPlan(file: path) }
    })

  /// Names in one line: written and read again they are the same.
  static let listText = FuzzTarget(
    "list",
    seeds: {
      ["banded,dotted", "\"tench, Tinca tinca\", banded", "a\"b,\"\"\"c\"", "", ","].map {
        Data($0.utf8)
      }
    },
    run: { data in
      let names = ListText.names(String(decoding: data, as: UTF8.self))
      promise(!names.isEmpty, "no name")
      let again = ListText.names(ListText.text(names))
      promise(
        again.map { Array($0.utf8) } == names.map { Array($0.utf8) }, "\(names) are then \(again)")
    })

  static func text(of data: Data) throws -> String {
    try FileContents.decodeText(data, file: "x")
  }
}
