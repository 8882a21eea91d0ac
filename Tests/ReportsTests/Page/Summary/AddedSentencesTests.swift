import Fixtures
import RunFixtures
import Testing

@testable import Reports

struct AddedSentencesTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  private func headline(_ rows: String...) throws -> String? {
    let header =
      "noise,classes,conditions,measures,covariates,r2_references,r2,delta_r2,p,permutations,note"
    _ = try run.folder.write(([header] + rows).joined(separator: "\n") + "\n", "added.csv")
    return try AddedSentences(run.opened()).headline?.text
  }

  @Test func `a gain with a small p adds something`() throws {
    #expect(try AddedSentences(run.opened()).headline == nil)
    #expect(
      try headline("gaussian,47,3,8,4,0.2,0.35,0.15,0.002,999,")
        == "Topology adds something to plain numbers: of the drop of classes that a model has not seen, plain numbers alone "
        + "tell R² = 0.20, and with topology beside them R² = 0.35 (ΔR² = 0.15, p = 0.0020).")
    // A loss is no gain, however sure.
    #expect(
      try headline("gaussian,47,3,8,4,0.2,0.1,-0.1,0.002,999,")?.hasPrefix(
        "Topology is not shown to add") == true)
  }

  @Test func `of several kinds of noise all together are told`() throws {
    let both = try headline(
      "blur,47,3,8,4,0.2,0.35,0.15,0.002,999,", "gaussian,47,3,8,4,0.2,0.35,0.15,0.002,999,",
      "all,47,6,8,4,0.5,0.51,0.01,0.4,999,")
    #expect(both?.contains("R² = 0.50") == true)
    let added = try AddedSentences(run.opened())
    #expect(added.short("blur") == "ΔR² = 0.15, p = 0.0020" && added.short("shot") == nil)
    // Of one, it is that of the one.
    #expect(
      try headline("gaussian,47,3,8,4,0.2,0.35,0.15,0.002,999,", "all,47,3,8,4,0.9,0.9,0,1,999,")?
        .contains("R² = 0.20") == true)
  }

  @Test func `a refusal says why`() throws {
    #expect(
      try headline("gaussian,5,3,8,4,,,,,0,5 classes are too few for 4 covariates")
        == "Whether topology adds anything to plain numbers could not be tested: 5 classes are too few for 4 covariates."
    )
  }

  @Test func `partial correlations are told where they are found`() throws {
    try run.table(
      "partial.csv",
      "noise,measure,covariates,estimate,low,high,p,p_adjusted,permutations,classes,conditions,note",
      "gaussian,bottleneck_h1,x,0.41,0.1,0.6,0.001,0.02,999,47,3,",
      "gaussian,entropy_h0,x,0.1,-0.2,0.4,0.5,1,999,47,3,")
    #expect(
      try AddedSentences(run.opened()).partial("gaussian").map(\.text) == [
        "With these plain numbers held fixed, bottleneck distance in H1 (partial ρ = 0.41, corrected p = 0.020) is still "
          + "correlated with the drop."
      ])
    #expect(try AddedSentences(run.opened()).partial("blur").isEmpty)
  }
}
