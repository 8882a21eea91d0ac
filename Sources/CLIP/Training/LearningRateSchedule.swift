import Foundation

/// The learning rate of every step.
public struct LearningRateSchedule: Sendable, Equatable, Codable {
  /// What follows the warm-up.
  public enum Course: Sendable, Equatable, Codable {
    /// The same rate to the end.
    case constant
    /// Half a cosine down to the least rate at `steps` steps after the warm-up, and the least after.
    case cosine(steps: Int)
    /// Halves of cosines from the rate down to the least one, each `factor` times as long as the one
    /// before.
    ///
    /// Source: Loshchilov and Hutter 2017, arXiv:1608.03983.
    case cosineWarmRestarts(firstSteps: Int, factor: Int)
  }

  /// The rate after the warm-up.
  public var rate: Double
  /// Steps over which the rate rises evenly from nothing: the first has 1 / steps of it.
  public var warmUpSteps: Int
  /// What follows.
  public var course: Course
  /// The least rate of a cosine.
  public var leastRate: Double

  /// A schedule of that rate.
  public init(
    rate: Double, warmUpSteps: Int = 0,
    course: Course = .cosineWarmRestarts(firstSteps: 10, factor: 2), leastRate: Double = 0
  ) {
    precondition(rate > 0 && warmUpSteps >= 0 && leastRate >= 0)
    self.rate = rate
    self.warmUpSteps = warmUpSteps
    self.course = course
    self.leastRate = leastRate
  }

  /// The learning rate of step `step`, counted from 0.
  public func rate(atStep step: Int) -> Double {
    if step < warmUpSteps { return rate * Double(step + 1) / Double(warmUpSteps) }
    let position = step - warmUpSteps
    switch course {
    case .constant: return rate
    case .cosine(let steps): return cosine(min(position, steps), of: steps)
    case .cosineWarmRestarts(let firstSteps, let factor):
      var start = 0
      var length = max(1, firstSteps)
      while position - start >= length {
        start += length
        let (longer, isBeyond) = length.multipliedReportingOverflow(by: max(1, factor))
        length = isBeyond ? .max : longer
      }
      return cosine(position - start, of: length)
    }
  }

  private func cosine(_ position: Int, of length: Int) -> Double {
    let share = length > 0 ? Double(position) / Double(length) : 1
    return leastRate + (rate - leastRate) * (1 + cos(.pi * share)) / 2
  }
}
