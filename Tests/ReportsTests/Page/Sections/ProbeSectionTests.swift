import RunFixtures
import Testing

@testable import Reports

struct ProbeSectionTests {
  @Test func `the sentences are of clean images and of the highest level`() throws {
    let run = try HandmadeRun()
    #expect(try run.sentences(.probes, nil).isEmpty && run.sentences(.probes).isEmpty)
    try run.table(
      "probes.csv",
      "noise,level,seed,probe,neighbors,c,training,count,chance,accuracy,loss,accuracy_low,accuracy_high",
      "none,0,,knn,5,,3,4,0.5,0.75,,0.5,1", "none,0,,linear,,10,3,4,0.5,1,,,",
      "gaussian,1,0,knn,5,,3,4,0.5,0.5,,,", "gaussian,2,0,knn,5,,3,4,0.5,0.25,,,")
    #expect(
      try run.sentences(.probes, nil) == [
        "Without text, on clean images, classes are told by the 5 nearest in 75.0 % and the linear probe in 100.0 %."
      ])
    #expect(
      try run.sentences(.probes) == [
        "Without text, at σ = 2, classes are told by the 5 nearest in 25.0 %."
      ])
  }
}
