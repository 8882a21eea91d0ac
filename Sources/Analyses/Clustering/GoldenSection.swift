/// Golden-section search for the largest value of a function of one number.
public struct GoldenSection: Sendable, Equatable {
  /// An argument that was tried.
  public struct Trial: Sendable, Equatable {
    /// The argument.
    public let argument: Double
    /// The function's value there.
    public let value: Double
  }

  /// Everything that was tried, in order.
  public let trials: [Trial]

  /// The trial of the largest value; of several the first.
  public var best: Trial {
    trials.dropFirst().reduce(trials[0]) { $1.value > $0.value ? $1 : $0 }
  }

  /// Searches an interval.
  ///
  /// Every step leaves out the part of the interval beyond the worse of two inner points and needs one
  /// more value (Kiefer 1953, doi:10.1090/S0002-9939-1953-0055639-3); the ends are tried last. It finds
  /// the maximum of a function with one peak; of others, such as one that moves in steps, a good value
  /// that is never below those of the ends.
  ///
  /// - Parameters:
  ///   - interval: Where to search.
  ///   - tolerance: How long the interval may be at the end, above 0.
  ///   - function: Asked for about 1.44 · log₂(length / tolerance) + 4 values, none of them NaN.
  public init(
    over interval: ClosedRange<Double>, tolerance: Double,
    _ function: (Double) throws -> Double
  ) rethrows {
    precondition(tolerance > 0)
    var trials: [Trial] = []
    func value(at argument: Double) throws -> Double {
      let value = try function(argument)
      precondition(!value.isNaN)
      trials.append(Trial(argument: argument, value: value))
      return value
    }
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (interval.lowerBound, interval.upperBound)
    var left = high - ratio * (high - low)
    var right = low + ratio * (high - low)
    var leftValue = try value(at: left)
    var rightValue = try value(at: right)
    while high - low > tolerance {
      if leftValue >= rightValue {
        (high, right, rightValue) = (right, left, leftValue)
        left = high - ratio * (high - low)
        leftValue = try value(at: left)
      } else {
        (low, left, leftValue) = (left, right, rightValue)
        right = low + ratio * (high - low)
        rightValue = try value(at: right)
      }
    }
    _ = try value(at: interval.lowerBound)
    _ = try value(at: interval.upperBound)
    self.trials = trials
  }
}
