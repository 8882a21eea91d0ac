import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunAnalyses
import RunFixtures
import Runs
import Testing

@testable import Experiments

/// What is computed, what stays, and what is said, by what a manifest says and what is asked for.
@Suite struct RunExtensionTests {
  private let levels = ["clean", "gaussian-1-s0"].compactMap { Condition(name: $0) }

  private func settings(_ assignments: [String] = []) throws -> AnalysisSet {
    try AnalysisSet(ConfigurationSection(assignments: assignments))
  }

  /// A finished run of those levels.
  private func run(
    _ analyses: [String] = AnalysisRegistry.names, _ assignments: [String] = []
  ) throws -> Manifest {
    var manifest = try JSONDecoder().decode(Manifest.self, from: Data("{}".utf8))
    manifest.finishedAt = Date()
    manifest.outputs = ["a": "b"]
    let settings = try settings(assignments)
    for type in AnalysisRegistry.all where analyses.contains(type.name) {
      manifest.analyses[type.name] = .init(
        conditions: levels.map(\.name), settings: settings.settings(deciding: type))
    }
    return manifest
  }

  private func plan(
    _ earlier: Manifest?, _ chosen: [String], _ assignments: [String] = [],
    conditions: [String] = ["clean", "gaussian-1-s0"],
    change: (inout RunExtension.Inputs) -> Void = { _ in }
  ) throws -> RunExtension {
    var inputs = RunExtension.Inputs(
      earlier: earlier, earlierConditions: earlier == nil ? [] : levels,
      conditions: conditions.compactMap { Condition(name: $0) }, chosen: Set(chosen),
      settings: try settings(assignments))
    change(&inputs)
    return try RunExtension(inputs)
  }

  @Test func `the same again computes what is asked for, and says nothing`() throws {
    let plan = try plan(run(), ["angles", "topology"])
    #expect(plan.performed == ["angles", "topology"] && plan.messages.isEmpty)
    #expect(plan.analyses == Set(AnalysisRegistry.names) && !plan.changesTables)
    #expect(try plan.records == run().analyses)
    #expect(plan.recordsMeanwhile["angles"]?.conditions == [])
    #expect(plan.recordsMeanwhile["layouts"] == plan.records["layouts"])
  }

  @Test func `a page is out of date where a table is made anew, whatever the records say`() throws {
    #expect(try plan(run(), ["zeroshot"]) { $0.textChanged = true }.changesTables)
    #expect(try plan(run(), []) { $0.textChanged = true }.changesTables)
    var pending = try run()
    pending.analyses["angles"]?.conditions = []
    #expect(try plan(pending, []).changesTables)
    #expect(try !plan(run(), []).changesTables)
  }

  @Test func `a first run is what is asked for`() throws {
    let plan = try plan(nil, ["angles"])
    #expect(plan.performed == ["angles"] && plan.analyses == ["angles"] && plan.changesTables)
    #expect(plan.messages.isEmpty && plan.recordsMeanwhile.isEmpty)
    #expect(plan.records["angles"]?.conditions == levels.map(\.name))
  }

  @Test func `another setting computes its analysis and what is made of it, as that was set`()
    throws
  {
    let earlier = try run(
      AnalysisRegistry.names, ["statistics.permutations=99", "layouts.sample-classes=3"])
    let plan = try plan(earlier, ["topology"], ["topology.metric=cosine"])
    #expect(plan.performed == ["topology", "statistics"] && plan.changesTables)
    #expect(
      plan.messages == [
        "topology is computed again, and its tables are replaced: topology.metric was euclidean, is cosine",
        "statistics is computed again, and its tables are replaced: it is made of topology",
      ])
    #expect(plan.settings[TopologyAnalysis.self].metric.name == "cosine")
    #expect(plan.settings[StatisticsAnalysis.self].permutations == 99)
    #expect(plan.settings[LayoutsAnalysis.self].sampleClasses == .sample(count: 3, seed: 0))
    #expect(plan.recordsMeanwhile["statistics"]?.conditions == [])
    #expect(plan.records["layouts"] == earlier.analyses["layouts"])
  }

  @Test func `what nobody asks for keeps its settings, and a setting of another is no change`()
    throws
  {
    let plan = try plan(run(), ["angles"], ["topology.metric=cosine"])
    #expect(plan.performed == ["angles"] && plan.messages.isEmpty)
    #expect(plan.settings[TopologyAnalysis.self].metric.name == "euclidean")
  }

  @Test func `settings that accuracy reads of the statistics change both`() throws {
    let plan = try plan(run(), ["zeroshot"], ["statistics.replicates=50"])
    #expect(plan.performed == ["zeroshot", "probe", "geometry", "failures", "statistics"])
    #expect(
      plan.messages.first
        == "zeroshot is computed again, and its tables are replaced: statistics.replicates was 2000, is 50"
    )
    #expect(plan.settings[StatisticsAnalysis.self].replicates == 50)
    #expect(plan.settings[StatisticsAnalysis.self].permutations == nil)
  }

  @Test func `levels join; analyses that are not asked for stay, of the levels that they are of`()
    throws
  {
    let plan = try plan(run(), ["angles"], conditions: ["gaussian-2-s0"])
    #expect(plan.conditions.map(\.name) == ["clean", "gaussian-1-s0", "gaussian-2-s0"])
    #expect(plan.performed == ["angles"] && plan.changesTables)
    #expect(plan.records["angles"]?.conditions.count == 3)
    #expect(plan.records["topology"]?.conditions.count == 2)
    #expect(
      plan.messages == [
        "the run is extended by gaussian-2-s0",
        "what the run has beside stays: clean, gaussian-1-s0; --overwrite begins anew without it",
        "not asked for, and of fewer than the run's 3 conditions: zeroshot, probe, geometry, layouts, "
          + "topology, failures, statistics",
      ])
  }

  @Test func `an analysis that is added changes what is made of it`() throws {
    let plan = try plan(run(["geometry", "angles"]), ["zeroshot"])
    #expect(plan.performed == ["zeroshot", "geometry"])
    #expect(plan.analyses == ["zeroshot", "geometry", "angles"])
  }

  @Test func `an interrupted one goes on, whatever is asked for`() throws {
    var earlier = try run()
    earlier.finishedAt = nil
    earlier.analyses = try plan(run(), ["topology"], ["topology.metric=cosine"]).recordsMeanwhile
    let again = try plan(earlier, ["topology"], ["topology.metric=cosine"])
    #expect(again.performed == ["topology", "statistics"] && again.changesTables)
    let other = try plan(earlier, ["angles"])
    #expect(other.performed == ["angles", "topology", "statistics"])
    #expect(other.settings[TopologyAnalysis.self].metric.name == "cosine")
  }

  @Test func `other names of images, and other texts, change what they are in`() throws {
    let renamed = try plan(run(), ["angles"]) { $0.samplesChanged = true }
    #expect(renamed.performed == Set(AnalysisRegistry.names))
    let text = try plan(run(), ["zeroshot"]) { $0.textChanged = true }
    #expect(text.performed == ["zeroshot", "geometry", "failures", "statistics"])
  }

  @Test func `embeddings alone drop tables that do not hold`() throws {
    let plan = try plan(run(["angles"]), []) {
      $0.computesAnalyses = false
      $0.samplesChanged = true
    }
    #expect(plan.performed.isEmpty && plan.analyses.isEmpty && plan.records.isEmpty)
    #expect(plan.messages.first?.hasPrefix("the tables of angles are removed: ") == true)
  }

  @Test func `a manifest of an earlier version is read by its configuration`() throws {
    var earlier = try run()
    earlier.outputs = ["angles/clean.csv": "x", "distances.csv": "y", "samples.csv": "z"]
    earlier.analyses = [:]
    earlier.configuration = [
      "noise.conditions": "clean,gaussian-1-s0", "topology.metric": "cosine", "angles.rank": "auto",
    ]
    #expect(Set(earlier.analysisRecords.keys) == ["angles", "topology"])
    let plan = try plan(earlier, ["angles", "topology"])
    #expect(
      plan.messages == [
        "topology is computed again, and its tables are replaced: topology.metric was cosine, is euclidean"
      ])
  }

  @Test func `another logit scale computes accuracy and what is made of it again`() throws {
    let plan = try plan(run(), ["angles"]) {
      $0.logitScaleChange = "the logit scale was 100, is 2"
    }
    // Geometry tells which images zero-shot classification loses, too.
    #expect(plan.performed == ["angles", "zeroshot", "geometry", "failures", "statistics"])
    #expect(
      plan.messages.contains { $0.contains("zeroshot is computed again") && $0.contains("is 2") })
  }

  @Test func `templates and a scale that nobody asks for otherwise stay`() throws {
    var earlier = try run()
    earlier.configuration = ["templates": "t.txt", "logit-scale": "5"]
    func kept(_ chosen: [String], _ settings: [String] = []) throws -> [String: String] {
      var experiment = try experiment(settings)
      experiment.keepAccuracy(of: earlier, try plan(earlier, chosen))
      return Dictionary(
        uniqueKeysWithValues: experiment.canonicalSettings.map { ($0.key, $0.value) })
    }
    #expect(try kept(["angles"])["templates"] == "t.txt")
    #expect(try kept([])["templates"] == "t.txt")
    #expect(try kept(["angles", "zeroshot"])["templates"] == "textures")
    #expect(try kept(["angles"], ["embeddings=e"])["logit-scale"] == "5")
    #expect(try kept(["zeroshot"], ["embeddings=e"])["logit-scale"] == "5")
    #expect(try kept(["angles"], ["embeddings=e", "logit-scale=2"])["logit-scale"] == "2")
    #expect(try kept(["angles"])["logit-scale"] == nil)
  }
}
