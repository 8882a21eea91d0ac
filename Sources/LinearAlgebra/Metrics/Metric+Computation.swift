extension Metric {
  /// How distances are computed.
  public enum Computation: Sendable {
    /// From two points at a time: a distance depends on these alone.
    case kernel(Kernel)
    /// From all points at once: a distance may depend on the points around the two.
    case wholeCloud(WholeCloud)
  }

  /// Computes all distances of a cloud at once.
  ///
  /// It is given the points, [n, coordinates], all finite, and unit vectors when the metric has an
  /// origin; the threads to use, on whose number no bit of the result may depend; and what cancels
  /// and hears of progress. It gives [n, n], exactly symmetric, zero on the diagonal, all finite and
  /// not negative.
  public typealias WholeCloud =
    @Sendable (
      _ points: Matrix<Double>, _ workers: Int, _ control: ComputationControl
    ) throws -> Matrix<Double>

  /// One number from the coordinates of two points, and the distance from that number: both name loops
  /// that are there, so that none is called by a closure.
  public struct Kernel: Sendable {
    /// How the differences of coordinates make up one number.
    public enum Sum: Sendable {
      /// The sum of their squares.
      case squares
      /// The sum of their magnitudes.
      case absolutes
      /// The largest magnitude.
      case largest
    }

    /// How that number becomes a distance.
    public enum Finish: Sendable {
      /// Its square root.
      case root
      /// Half of it.
      case half
      /// The angle between two unit vectors, from the square of their difference.
      case angle
      /// It is the distance.
      case itself
    }

    /// How the differences of coordinates make up one number.
    public let sum: Sum
    /// How that number becomes a distance.
    public let finish: Finish

    /// A kernel of that sum and finish.
    public init(_ sum: Sum, _ finish: Finish) {
      self.sum = sum
      self.finish = finish
    }
  }
}
