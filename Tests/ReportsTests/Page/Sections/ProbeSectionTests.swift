import RunFixtures
import Testing

@testable import Reports

struct ProbeSectionTests {
  @Test func `the sentences are of clean images and of the highest level`() throws {
    let run = try HandmadeRun()
    let sentences = { try PageSection.probes.sentences(ReportedRun(run.path)) }
    #expect(try sentences().isEmpty)
    try run.table(
      "probes.csv",
      "noise,level,seed,probe,neighbors,c,training,count,chance,accuracy,loss,accuracy_low,accuracy_high",
      "none,0,,knn,5,,3,4,0.5,0.75,,0.5,1", "none,0,,linear,,10,3,4,0.5,1,,,",
      "gaussian,1,0,knn,5,,3,4,0.5,0.5,,,", "gaussian,2,0,knn,5,,3,4,0.5,0.25,,,")
    #expect(
      try sentences() == [
        "Accuracy on clean images: 5-NN 75.0 % (95 % interval 50.0–100.0 %) and the linear probe "
          + "100.0 %.",
        "Accuracy at σ = 2: 5-NN 25.0 %.",
      ])
  }
}
