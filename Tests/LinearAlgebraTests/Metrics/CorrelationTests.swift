import LinearAlgebra
import Testing

/// Directions from the mean of a point's own coordinates.
struct CorrelationTests {
  private func direction(
    _ point: [Double], spacing: Double = .ulpOfOne
  ) throws -> Metric.Direction? {
    let origin = try #require(Metric.correlation.origin)
    return Metric.Direction(of: point, from: origin, spacing: spacing)
  }

  @Test func `the mean is subtracted, by hand`() throws {
    let found = try #require(try direction([1, 5, 3, 7]))
    #expect(found.offset == 4 * found.power && found.length == 20.0.squareRoot() * found.power)
    // The first coordinate is far from all others, and the sum beyond float64.
    let wide = try #require(try direction([-1.5e308, 1.5e308, 1.5e308]))
    #expect(abs(wide.offset / wide.power - 0.5e308) <= 0.5e308 * .ulpOfOne)
  }

  @Test func `constant coordinates have no direction, whatever the rounding of their mean`() throws
  {
    for value in [0.1, -0.3, 1.0 / 3, 1e300, 1e-300, 0] {
      for count in [1, 3, 7, 512, 1000] {
        #expect(try direction([Double](repeating: value, count: count)) == nil)
      }
    }
    #expect(0.1 + 0.2 != 0.3)
    #expect(try direction([0.1 + 0.2, 0.3, 0.3]) == nil)
    #expect(try direction([0.3, 0.3001, 0.3]) != nil)
    let float = Double(Float.ulpOfOne)
    #expect(try direction([0.7, 0.7, Double(Float(0.7))], spacing: float) == nil)
    #expect(try direction([0.7, 0.7, 0.70001], spacing: float) != nil)
  }

  @Test func `it is half a squared chord, as the cosine`() {
    #expect(!Metric.correlation.isMetric && Metric.correlation.isOneLessProduct)
    for moved in [0, 0.001, 0.5, 2] {
      #expect(
        Metric.correlation.displacementBound?(moved) == Metric.cosine.displacementBound?(moved))
    }
  }
}
