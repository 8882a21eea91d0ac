import Testing

@testable import CLIP

struct LearningRateScheduleTests {
  @Test func `a warm-up rises evenly to the rate`() {
    let schedule = LearningRateSchedule(rate: 2, warmUpSteps: 4, course: .constant)
    #expect((0..<6).map { schedule.rate(atStep: $0) } == [0.5, 1, 1.5, 2, 2, 2])
  }

  @Test func `a cosine goes down to the least rate and stays`() {
    let schedule = LearningRateSchedule(rate: 1, course: .cosine(steps: 4), leastRate: 0.2)
    let half = 0.5.squareRoot()
    let expected = [1, 0.2 + 0.4 * (1 + half), 0.6, 0.2 + 0.4 * (1 - half), 0.2, 0.2]
    for (step, rate) in expected.enumerated() {
      #expect(abs(schedule.rate(atStep: step) - rate) < 1e-12)
    }
  }

  @Test func `warm restarts come after 10, 20 and 40 steps`() {
    let schedule = LearningRateSchedule(rate: 1)
    for start in [0, 10, 30, 70] { #expect(schedule.rate(atStep: start) == 1) }
    for middle in [5, 20, 50] { #expect(abs(schedule.rate(atStep: middle) - 0.5) < 1e-12) }
    #expect(schedule.rate(atStep: 9) < 0.03)
    #expect(schedule.rate(atStep: 29) < 0.01)
  }

  @Test func `restarts begin when the warm-up ends`() {
    let schedule = LearningRateSchedule(rate: 1, warmUpSteps: 3)
    #expect(schedule.rate(atStep: 3) == 1)
    #expect(abs(schedule.rate(atStep: 8) - 0.5) < 1e-12)
  }
}
