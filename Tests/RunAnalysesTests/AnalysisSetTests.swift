import Fixtures
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

@Suite struct AnalysisSetTests {
  private func texts(_ set: AnalysisSet) -> [String: String] {
    Dictionary(set.canonicalSettings.map { ($0.key, $0.value) }) { first, _ in first }
  }

  @Test(arguments: [
    [],
    [
      "angles.rank=3", "angles.center=false", "layouts.methods=umap,pca", "layouts.perplexity=7.5",
      "layouts.sample-classes=4", "layouts.class-seed=9", "layouts.metric=cosine",
      "layouts.neighbors=12", "probe.neighbors=1,3", "probe.regularizations=0.5,2",
      "statistics.groups.fine.grained=a,b", "statistics.baseline=results/x",
      "statistics.seed=18446744073709551615", "topology.threshold=0.5", "topology.landmarks=40",
    ], ["layouts.sample-classes=a,b", "topology.metric=angular"],
    [
      #"layouts.sample-classes="tench, Tinca tinca",b"#,
      #"statistics.groups.fish="tench, Tinca tinca","#
        + #"" goldfish""#,
    ],
  ])
  func `settings are read back from what a manifest says of them`(assignments: [String]) throws {
    var tree = ConfigurationTree.mapping([:], place: "test")
    for assignment in assignments {
      let (path, text) = try #require(
        assignment.firstIndex(of: "=").map {
          (assignment[..<$0], String(assignment[assignment.index(after: $0)...]))
        })
      let keys = path.split(separator: ".", maxSplits: path.contains("groups") ? 2 : 1)
      tree = try tree.setting(keys.map(String.init)[...], to: text, place: "test")
    }
    let set = try AnalysisSet(ConfigurationSection(tree))
    let again = try AnalysisSet(recorded: texts(set))
    #expect(texts(again) == texts(set))
    #expect(again[LayoutsAnalysis.self] == set[LayoutsAnalysis.self])
    #expect(again[StatisticsAnalysis.self] == set[StatisticsAnalysis.self])
    #expect(again[TopologyAnalysis.self] == set[TopologyAnalysis.self])
  }

  @Test func `what a later version says beside is passed over`() throws {
    let set = try AnalysisSet(recorded: [
      "angles.rank": "2", "angles.colour": "red", "dances.x": "",
    ])
    #expect(texts(set)["angles.rank"] == "2")
    #expect(
      problem { _ = try AnalysisSet(recorded: ["angles.rank": "two"]) }.contains("angles.rank"))
  }

  @Test func `an analysis is decided by its settings and those that it reads`() {
    #expect(
      Set(AnalysisSet().settings(deciding: ZeroShotAnalysis.self).keys)
        == ["statistics.replicates", "statistics.seed", "statistics.folds"])
    // What is read stands before, and the settings that are read are there.
    for (index, type) in AnalysisRegistry.all.enumerated() {
      let earlier = AnalysisRegistry.all[..<index].map { $0.name }
      #expect(Set(type.reads.map { $0.name }).isSubset(of: earlier))
      for (other, keys) in type.readSettings {
        for key in keys {
          #expect(AnalysisSet().settings(deciding: type)["\(other).\(key)"] != nil, "\(key)")
        }
      }
    }
  }
}
