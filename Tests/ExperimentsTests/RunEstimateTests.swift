import Runs
import Testing

@testable import Experiments

struct RunEstimateTests {
  /// A machine of a million steps a second on all threads, and half as many on one.
  private let rates = WorkRates(steps: 1e6, serialSteps: 5e5)

  @Test func `a table has a line a stage, and one for all`() {
    var estimate = RunEstimate(rates)
    estimate.append(.init("embed clean", 940, of: 940, "images", seconds: 3))
    estimate.append("report", toDo: "figures", Work(steps: 2e6, serialSteps: 1e6))
    #expect(estimate.seconds == 7)
    #expect(
      estimate.table == """
        stage        to do       finished  estimated
        embed clean  940 images  0         3 s
        report       figures               4 s
        all                                7 s

        """)
  }

  @Test func `a part of a run has its stages in the whole`() {
    var control = RunEstimate(rates)
    control.append("topology", toDo: "3 units", Work(steps: 5e6))
    var estimate = RunEstimate(rates)
    estimate.append(control, within: "control")
    #expect(estimate.stages.map(\.name) == ["control: topology"] && estimate.seconds == 5)
  }

  @Test func `a run of minutes says so, and what takes longest`() throws {
    var estimate = RunEstimate(rates)
    estimate.append(.init("embed clean", toDo: "", finished: "", seconds: 50))
    estimate.append(.init("embed blur-1", toDo: "", finished: "", seconds: 50))
    #expect(estimate.sentence == nil)
    estimate.append(.init("layouts", toDo: "", finished: "", seconds: 400))
    estimate.append(.init("report", toDo: "", finished: "", seconds: 2))
    #expect(
      estimate.sentence
        == "about 8 min 22 s of work: layouts 6 min 40 s, embedding images 1 min 40 s; Ctrl-C keeps what "
        + "is finished, and the same command goes on")
  }

  @Test func `the speed of the machine is measured in a moment`() {
    let start = ContinuousClock.now
    let rates = WorkRates.measured()
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(rates.steps > 1e6 && rates.serialSteps > 1e6)
    // Together threads are no slower than one alone, by more than a busy machine makes them.
    #expect(rates.steps > rates.serialSteps / 4)
  }
}
