import Foundation

/// A diagram smoothed into an image: births across, persistences upwards.
///
/// ρ(x, y) = Σ p · g((x − b)/σ) g((y − p)/σ)/σ² over the finite bars, with p = d − b and g the
/// standard normal density; a pixel is the integral of ρ over its rectangle, exact by the error
/// function. The weight p, linear in persistence and 0 on the diagonal, makes the image stable
/// (Adams et al. 2017, Persistence images: a stable vector representation of persistent homology,
/// Journal of Machine Learning Research 18(8), 1–35).
public struct PersistenceImage: Sendable, Hashable {
  /// What part of the plane the pixels cover, and how finely.
  public struct Frame: Sendable, Hashable {
    /// The edges of the columns: one more than there are columns.
    public var births: SampleGrid
    /// The edges of the rows: one more than there are rows.
    public var persistences: SampleGrid
    /// σ, in units of the filtration.
    public var standardDeviation: Double

    /// A frame between the given edges.
    public init(births: SampleGrid, persistences: SampleGrid, standardDeviation: Double) {
      self.births = births
      self.persistences = persistences
      self.standardDeviation = standardDeviation
    }
  }

  /// Where the pixels lie.
  public let frame: Frame
  /// The pixels row by row, lowest persistence first: [rows, columns].
  public let pixels: [Double]
  /// How many bars without a finite end were left out.
  public let excludedCount: Int

  /// The number of columns.
  public var columns: Int { frame.births.count - 1 }
  /// The number of rows.
  public var rows: Int { frame.persistences.count - 1 }
}

extension PersistenceDiagram {
  /// The persistence image of one dimension.
  ///
  /// - Parameters:
  ///   - dimension: which bars count.
  ///   - frame: the pixels and the width of the smoothing.
  ///   - essential: what is done with bars that never die.
  /// - Returns: the image, and how many bars were left out.
  /// - Throws: `TopologyError.invalid` for a bad value to clip at, a standard deviation that is not
  ///   a positive number, or more than 10⁸ pixels.
  /// - Complexity: O(n · rows · columns).
  public func image(
    dimension: Int, frame: PersistenceImage.Frame, essential: EssentialBars = .excluded
  ) throws -> PersistenceImage {
    let (columns, rows) = (frame.births.count - 1, frame.persistences.count - 1)
    let sigma = frame.standardDeviation
    guard sigma > 0, sigma.isFinite else {
      throw TopologyError.invalid(
        "a persistence image of standard deviation \(sigma): expected a number above 0")
    }
    guard rows <= 100_000_000 / columns else {
      throw TopologyError.invalid(
        "a persistence image of \(rows) × \(columns) pixels: expected at most 100000000")
    }
    let (bars, excluded) = try finiteBars(dimension: dimension, essential: essential)
    var pixels = [Double](repeating: 0, count: rows * columns)
    for bar in bars {
      let across = Self.masses(around: bar.birth, sigma, edges: frame.births)
      let upward = Self.masses(around: bar.persistence, sigma, edges: frame.persistences)
      for row in 0..<rows {
        let mass = bar.persistence * upward[row]
        if mass == 0 { continue }
        for column in 0..<columns { pixels[row * columns + column] += mass * across[column] }
      }
    }
    return PersistenceImage(frame: frame, pixels: pixels, excludedCount: excluded)
  }

  /// The mass between neighbouring edges of the normal distribution around `mean`.
  private static func masses(around mean: Double, _ sigma: Double, edges: SampleGrid) -> [Double] {
    (0..<edges.count - 1).map { index in
      let low = (edges[index] - mean) / (sigma * 2.0.squareRoot())
      let high = (edges[index + 1] - mean) / (sigma * 2.0.squareRoot())
      // In the tails erf is all but ±1, and erfc keeps the digits.
      if low > 0 { return (erfc(low) - erfc(high)) / 2 }
      if high < 0 { return (erfc(-high) - erfc(-low)) / 2 }
      return (erf(high) - erf(low)) / 2
    }
  }
}
