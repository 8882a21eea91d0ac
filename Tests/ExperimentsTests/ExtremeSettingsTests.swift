import Fixtures
import RunAnalyses
import Runs
import Testing

@testable import Experiments

/// Every number among the settings has a range.
struct ExtremeSettingsTests {
  /// Those that are texts, and seeds, of which each of the 2⁶⁴ is one.
  private static let texts: Set = [
    "name", "model", "embeddings", "templates", "output", "cache", "dataset.path",
    "dataset.split-file", "statistics.baseline", "seed", "dataset.class-seed", "layouts.class-seed",
    "dataset.texture-seed", "noise.seeds", "layouts.sample-classes", "topology.threshold",
  ]

  private static let sections = [
    "dataset.per-class", "dataset.limit", "dataset.partition",
    "dataset.texture-size", "noise.levels", "noise.severities", "precision-tolerance", "certify",
  ]

  private static var paths: [String] {
    func keys<Analysis: RunAnalysis>(_ analysis: Analysis.Type) -> [String] {
      Analysis.Settings.declared.map { "\(Analysis.name).\($0.key)" }
    }
    return sections
      + AnalysisRegistry.all.flatMap { keys($0) }.filter {
        !texts.contains($0) && !$0.hasSuffix("seed")
      }
  }

  @Test(arguments: paths, ["9223372036854775807", "9223372036854775808", "1e308", "nan", "-1"])
  func `a number beyond all sense is refused`(path: String, value: String) {
    let surroundings = path == "dataset.texture-size" ? ["dataset.path=textures"] : []
    let told = problem { _ = try experiment(surroundings + ["\(path)=\(value)"]) }
    #expect(told.contains(path) || told.contains("expected"), "\(path)=\(value): \(told)")
  }

  @Test(arguments: ["1e308", "inf", "nan", "-1"])
  func `a threshold is a distance`(value: String) {
    #expect(
      problem { _ = try experiment(["topology.threshold=\(value)"]) }
        .hasSuffix("expected a number from 0 to 1e+38"))
  }

  @Test func `the classes of a sample are counted`() {
    #expect(
      problem { _ = try experiment(["dataset.classes=9223372036854775807"]) }
        .hasSuffix("expected all, class names or a whole number from 1 to 1000000"))
  }

  @Test func `levels and seeds together are bounded`() {
    let many = (1...1000).map(String.init).joined(separator: ",")
    #expect(
      problem { _ = try experiment(["noise.levels=\(many)", "noise.seeds=\(many)"]) }
        .hasSuffix(
          "noise.levels: kinds, levels and seeds make up to 1000000 conditions; expected at most 10000"
        ))
    #expect(
      problem {
        _ = try experiment(["noise.seeds=" + String(repeating: "1,", count: 200_000) + "1"])
      }.hasSuffix("noise.seeds is 200001 values; expected at most 100000"))
  }
}
