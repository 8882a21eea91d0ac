import RunFixtures
import Testing

@testable import Experiments

struct ControlLineTests {
  @Test func `clean images and the highest levels are told`() throws {
    let run = try HandmadeRun()
    #expect(try ControlLine.text(run.run).isEmpty)
    try run.table(
      "accuracy.csv", "noise,level,seed,count,top1", "none,0,,4,0.0213", "gaussian,1,0,4,0.5",
      "gaussian,2,0,4,0.25", "shot,3,0,4,0.125")
    #expect(
      try ControlLine.text(run.run)
        == "control (random weights): top-1 accuracy 2.1 % on clean images, 25.0 % at σ = 2, "
        + "12.5 % at shot noise of severity 3\n")
  }
}
