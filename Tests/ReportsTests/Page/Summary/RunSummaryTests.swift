import RunFixtures
import Testing

@testable import Reports

struct RunSummaryTests {
  @Test func `sentences of one seed of several say so`() throws {
    let run = try HandmadeRun(conditions: ["clean", "gaussian-1-s0", "gaussian-1-s1"])
    #expect(
      try run.summary().limits.contains {
        $0.contains("is of noise seed 0, the first of 2; the tables have the others")
      })
  }

  @Test func `the answer comes first, then what topology adds, then accuracy`() throws {
    let run = try HandmadeRun()
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.families("gaussian,within,,entropy_h0,primary,0.1,-0.2,0.4,0.4,1,0.4")
    try run.table(
      "added.csv",
      "noise,classes,conditions,measures,covariates,r2_references,r2,delta_r2,p,permutations,note",
      "gaussian,47,3,8,accuracy_clean; paired_distance,0.41,0.395,-0.016,0.61,999,")
    let answer = try run.summary().answer.map(\.text)
    #expect(answer.count == 4)
    #expect(answer[0] == "There is no evidence here that topology tracks accuracy.")
    #expect(
      answer[2]
        == "Topology is not shown to add anything to plain numbers: of the drop of classes that a model has not seen, "
        + "clean accuracy and distance of the embeddings alone tell R² = 0.41, and with topology beside them "
        + "R² = 0.40 (ΔR² = −0.02, p = 0.610).", "\(answer)")
    #expect(answer[3].hasPrefix("Top-1 accuracy falls"))
  }
}
