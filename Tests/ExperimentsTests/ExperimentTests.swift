import Analyses
import Datasets
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import RunAnalyses
import Runs
import Testing

@testable import Experiments

struct ExperimentTests {
  private func read(_ yaml: String, _ assignments: [String] = []) throws -> Experiment {
    let file = FileManager.default.temporaryDirectory.appending(path: "experiment-\(UUID()).yaml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Experiment(
      file: file.path, assignments: assignments.map { try .init(argument: $0) })
  }

  private func message(_ yaml: String, _ assignments: [String] = []) -> String {
    problem { _ = try read(yaml, assignments) }
  }

  @Test func `defaults`() throws {
    let experiment = try Experiment(file: nil, assignments: [])
    #expect(experiment.name == "sweep")
    #expect(experiment.output == "results/sweep")
    #expect(
      experiment.conditions.map(\.name)
        == ["clean", "gaussian-0.5-s0", "gaussian-1-s0", "gaussian-2-s0"])
    #expect(experiment.noise == (try NoiseSpecification(space: .normalized, stage: .preprocessed)))
    #expect(experiment.analysisSettings[AnglesAnalysis.self] == AngleSettings())
    #expect(experiment.selection == Dataset.Selection())
    #expect(experiment.analyses == nil)
  }

  @Test func `a file with everything`() throws {
    let experiment = try read(
      """
      # a comment
      name: everything
      model: models/clip
      seed: 3
      templates: templates.txt
      analyses: [zeroshot]
      precision: float32
      output: out
      cache: ~
      dataset:
        path: dtd
        split: test
        partition: 2
        classes: [dotted, grid]
        per-class: 10
        limit: 15
        skip-broken: true
      noise:
        kind: gaussian
        levels: [0, 0.25]
        seeds: 0,1
        space: unit
        stage: native
        clip: unit
      angles:
        rank: 12
        center: false
        null-draws: 50
        null-seed: 9
      """)
    #expect(experiment.name == "everything")
    #expect(experiment.cache == nil)
    #expect(experiment.output == "out")
    #expect(experiment.selection.split == .test)
    #expect(experiment.selection.partition == 2)
    #expect(experiment.selection.classes == .named(["dotted", "grid"]))
    #expect(experiment.selection.perClass == 10)
    #expect(experiment.selection.limit == 15)
    #expect(experiment.skipsBroken)
    #expect(
      experiment.conditions.map(\.name) == ["clean", "gaussian-0.25-s0", "gaussian-0.25-s1"])
    #expect(experiment.noise.space == .unit && experiment.noise.stage == .native)
    let angles = experiment.analysisSettings[AnglesAnalysis.self]
    #expect(angles.rank == .fixed(12) && !angles.isCentered)
    #expect(experiment.analyses == ["zeroshot"])
  }

  @Test func `textures are a data set of a word`() throws {
    let plain = try read("dataset:\n  path: textures")
    #expect(plain.dataset == .textures(size: 96, seed: 0))
    #expect(plain.selection.split == .test && plain.selection.perClass == 20)
    let chosen = try read(
      "dataset:\n  path: textures\n  split: all\n  per-class: 3\n  texture-size: 64",
      ["dataset.texture-seed=5"])
    #expect(chosen.dataset == .textures(size: 64, seed: 5))
    #expect(chosen.selection.split == .all && chosen.selection.perClass == 3)
    #expect(chosen.digest != (try read("dataset:\n  path: textures")).digest)
    let folder = try read("dataset:\n  path: ./textures")
    #expect(folder.dataset == .files("./textures"))
    #expect(folder.selection.split == .all && folder.selection.perClass == nil)
  }

  @Test func `assignments lie over the file, the last wins`() throws {
    let yaml = "noise:\n  levels: [0, 1]\n  seeds: [5]\n"
    let experiment = try read(
      yaml, ["noise.levels=2", "noise.levels=0,3", "dataset.classes=4", "dataset.class-seed=8"])
    #expect(experiment.conditions.map(\.name) == ["clean", "gaussian-3-s5"])
    #expect(experiment.selection.classes == .sample(count: 4, seed: 8))
  }

  @Test func `each kind of noise has its line among the settings`() throws {
    func lines(_ assignments: [String]) throws -> [String] {
      try read("model: a", assignments).canonicalSettings.filter { $0.key.hasPrefix("noise.") }
        .map { "\($0.key) \($0.value)" }
    }
    let gaussian =
      "noise.specification space=normalized stage=preprocessed clip=none "
      + "generator=philox4x32-10/box-muller-1"
    #expect(
      try lines([]) == [
        "noise.conditions clean,gaussian-0.5-s0,gaussian-1-s0,gaussian-2-s0", gaussian,
      ])
    #expect(try lines(["noise.levels=0"]) == ["noise.conditions clean", gaussian])
    #expect(
      try lines(["noise.kind=jpeg,blur", "noise.severities=1"]) == [
        "noise.conditions blur-1,jpeg-1", "noise.blur stage=preprocessed method=gaussian-filter-1",
        "noise.jpeg stage=preprocessed method=libjpeg-1",
      ])
    #expect(
      try lines(["noise.kind=shot,gaussian", "noise.levels=0,1", "noise.severities=5"]) == [
        "noise.conditions clean,gaussian-1-s0,shot-5-s0", gaussian,
        "noise.shot stage=preprocessed method=philox4x32-10/poisson-1",
      ])
  }

  @Test
  func `an option may name other kinds of noise than the file, whose levels then do not matter`()
    throws
  {
    let yaml = "noise:\n  levels: [0, 1]\n  seeds: [3]\n  space: unit\n"
    #expect(
      try read(yaml, ["noise.kind=blur", "noise.severities=0,4"]).conditions.map(\.name)
        == ["clean", "blur-4"])
    #expect(
      try read(yaml, ["noise.kind=shot", "noise.severities=2"]).conditions.map(\.name)
        == ["shot-2-s3"])
    #expect(
      message(yaml, ["noise.kind=blur", "noise.levels=2"]).contains("belongs to gaussian noise"))
    #expect(message(yaml, ["noise.severities=2"]).contains("gaussian noise has levels"))
  }

  @Test func `seeds are seeds and not a count, and ranges of them`() throws {
    func seeds(_ text: String) throws -> [UInt64] {
      try experiment(["noise.levels=1", "noise.seeds=\(text)"]).conditions.compactMap(\.seed)
    }
    #expect(try seeds("3") == [3])
    #expect(try seeds("0..2") == [0, 1, 2])
    #expect(try seeds("0..2,7") == [0, 1, 2, 7])
    #expect(try seeds("5..5, 4..6,0") == [0, 4, 5, 6])
    #expect(try seeds("18446744073709551614..18446744073709551615") == [.max - 1, .max])
    #expect(try read("noise:\n  seeds: [0..1, 3]").conditions.compactMap(\.seed).count == 9)
    // However they are written, they are the same experiment.
    #expect(try experiment(["noise.seeds=0..2"]).digest == experiment(["noise.seeds=2,1,0"]).digest)
  }

  @Test func `the digest follows what decides results and nothing else`() throws {
    let base = try read("model: a")
    #expect(
      try read("model: a\noutput: elsewhere\ncache: c", ["name=\(base.name)"]).digest == base.digest
    )
    // What is compared with float32 decides no result in float32.
    #expect(try read("model: a\ncertify: all", ["name=\(base.name)"]).digest == base.digest)
    for change in [
      "model=b", "seed=1", "noise.levels=0,1", "noise.seeds=1", "noise.space=unit",
      "dataset.split=test", "dataset.classes=3", "angles.rank=full", "analyses=angles",
      "templates=t.txt", "noise.kind=blur", "noise.kind=gaussian,shot", "precision=bfloat16",
      "geometry.overlap-neighbors=1", "layouts.methods=pca", "topology.max-dimension=0",
      "statistics.seed=7",
    ] {
      let changed = try read("model: a", [change, "name=\(base.name)"])
      #expect(changed.digest != base.digest, "\(change)")
    }
  }

  @Test(arguments: [
    ("modle: x", "there is no setting modle; did you mean model?"),
    ("noise:\n  level: [1]", "line 2: there is no setting noise.level; did you mean noise.levels?"),
    ("dataset:\n  skip_broken: true", "did you mean dataset.skip-broken?"),
    ("noise: 3", "noise holds a value; expected keys below it"),
    ("noise:\n  levels: [0, high]", "line 2: noise.levels is \"high\"; expected numbers"),
    ("noise:\n  levels: [-1]", "noise.levels is \"-1\""),
    ("noise:\n  levels: [.nan]", "noise.levels is \".nan\""),
    ("noise:\n  levels: nan", "noise.levels is \"nan\""),
    ("noise:\n  levels: []", "noise.levels is an empty list"), ("name: ..", "name is \"..\""),
    ("embeddings: e\nmodel: m", "embeddings stand in place of it"),
    ("noise:\n  levels: {a: 1}", "noise.levels is keys"),
    ("noise:\n  levels: [[1]]", "noise.levels is a list or keys"),
    ("noise:\n  seeds: [-1]", "noise.seeds is \"-1\""),
    ("noise:\n  seeds: 2..0", "noise.seeds is \"2..0\"; expected seeds"),
    ("noise:\n  seeds: 0..", "noise.seeds is \"0..\""),
    ("noise:\n  seeds: ..2", "noise.seeds is \"..2\""),
    ("noise:\n  seeds: 0...2", "noise.seeds is \"0...2\""),
    ("noise:\n  seeds: 0..1000", "ranges such as 0..2, 1000 seeds at most"),
    ("noise:\n  seeds: 0..18446744073709551615", "noise.seeds is"),
    ("noise:\n  seeds: [0..999, 2000]", "1001 seeds; expected 1000 at most"),
    ("noise:\n  space: lab", "noise.space is \"lab\"; expected one of normalized, unit, byte"),
    ("noise:\n  kind: fog", "noise.kind is \"fog\"; expected some of gaussian, shot, impulse"),
    ("noise:\n  severities: [6]", "noise.severities is \"6\"; expected whole numbers from 0 to 5"),
    ("noise:\n  severities: 3", "line 2: noise.severities: gaussian noise has levels"),
    ("noise:\n  kind: shot\n  levels: 1", "line 3: noise.levels: belongs to gaussian noise, and"),
    ("noise:\n  kind: [shot, jpeg]\n  space: byte", "noise.kind names shot, jpeg alone"),
    ("noise:\n  kind: blur,jpeg\n  seeds: 1", "noise.seeds: belongs to random noise"),
    ("noise:\n  stage: native\n  clip: none", "rounded to 8 bits"),
    ("dataset:\n  split: dev", "expected one of all, train, val, test"),
    ("dataset:\n  partition: 11", "expected a whole number from 1 to 10"),
    ("dataset:\n  per-class: 0", "dataset.per-class is \"0\""),
    ("dataset:\n  path: dtd\n  texture-size: 64", "line 3: dataset.texture-size: belongs to"),
    ("dataset:\n  texture-seed: 1", "dataset.texture-seed: belongs to generated textures"),
    ("dataset:\n  path: textures\n  texture-size: 8", "a whole number from 16 to 2048"),
    ("dataset:\n  path: textures\n  texture-seed: -1", "dataset.texture-seed is \"-1\""),
    ("dataset:\n  path: textures\n  partition: 2", "generated textures have no lists"),
    ("dataset:\n  path: textures\n  split-file: s.json", "generated textures have no lists"),
    ("dataset:\n  limit: many", "dataset.limit is \"many\""),
    ("dataset:\n  skip-broken: perhaps", "expected true or false"),
    ("angles:\n  rank: -3", "expected auto, full or a whole number from 1 to 1000000"),
    ("angles:\n  null-draws: 0", "angles.null-draws is \"0\""),
    ("analyses: [zeroshot, magic]", "analyses is \"magic\""),
    ("precision: float8", "expected one of float32"),
    ("model: random:b32\ncontrol: true", "control: random weights stand beside a model"),
    ("seed: -1", "seed is \"-1\""), ("seed: [1]", "seed is a list or keys"),
    ("name: a/b", "name is \"a/b\""),
    ("- 1\n- 2", "is not a YAML mapping"), ("just text", "is not a YAML mapping"),
    ("model: [", "is not valid YAML"), ("model: \"unclosed", "is not valid YAML"),
    ("a: &x 1\nb: *y", "is not valid YAML"), ("model: a\nmodel: b", "is not valid YAML"),
    ("\tmodel: a", "is not valid YAML"), ("? [a]\n: b", "a key is not a word"),
    ("model: a\n  seed: 1", "is not valid YAML"),
  ])
  func `damage is an error that names the place`(yaml: String, part: String) {
    let message = message(yaml)
    #expect(message.contains("experiment-"), "\(message)")
    #expect(message.contains(part), "\(message)")
  }

  @Test(arguments: [
    ("noise.levles=1", "did you mean noise.levels?"), ("levels", "expected key.path=value"),
    ("=3", "expected key.path=value"), ("model.deep=1", "below a value that has no keys"),
    ("noise.levels=x", "noise.levels is \"x\""),
  ])
  func `damaged assignments name themselves`(assignment: String, part: String) {
    let message = message("model: m", [assignment])
    #expect(message.contains("--set \(assignment)"))
    #expect(message.contains(part), "\(message)")
  }

  @Test func `aliases of aliases do not explode`() {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let item = "*a\(level - 1)"
      yaml +=
        "a\(level): &a\(level) [\(Array(repeating: item, count: 10).joined(separator: ", "))]\n"
    }
    #expect(message(yaml).contains("has 90 aliases (*name); expected at most 32"))
  }

  @Test func `bytes that are no text are an error`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "experiment-\(UUID()).yaml")
    try Data([0x6D, 0xFF, 0xFE, 0x00]).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      _ = try Experiment(file: file.path, assignments: [])
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains("UTF-8"))
    }
  }

  @Test func `random bytes in a file never crash`() throws {
    let yaml = Array("name: n\nnoise:\n  levels: [0, 1]\n  seeds: [0]\ndataset:\n  path: p\n".utf8)
    var stream = RandomStream(domain: "test/yaml", seed: 0)
    for _ in 0..<100 {
      var bytes = yaml
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &stream)] =
          UInt8.random(in: 0...255, using: &stream)
      }
      let file = FileManager.default.temporaryDirectory.appending(path: "experiment-\(UUID()).yaml")
      try Data(bytes).write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      do {
        _ = try Experiment(file: file.path, assignments: [])
      } catch {
        #expect("\(error)".contains("experiment-"))
      }
    }
  }

  @Test func `merge keys and names for values make an experiment`() throws {
    let experiment = try read(
      "base: &b\n  path: img/base\n  split: test\ndataset:\n  <<: *b\n  split: val\nmodel: builtin\n"
    )
    #expect(experiment.dataset?.name == "img/base" && experiment.selection.split == .val)
    #expect(
      message("base: &b\n  path: a\n  pathes: b\ndataset:\n  <<: *b\nmodel: builtin\n").contains(
        "line 3: there is no setting dataset.pathes"))
  }

  @Test func `a plan of a training is told`() {
    #expect(
      message("model: m\ndata: {train: p.csv}\n").contains(
        "is a plan of topoclip train, which data belongs to; expected an experiment of topoclip sweep"
      ))
  }
}
