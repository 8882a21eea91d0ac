import Testing

@testable import LinearAlgebra

/// Directions of points as unit vectors.
struct DirectionTests {
  /// As far as the least coordinate.
  private static let least = Metric.Origin(fault: "flat") { $0.min() ?? 0 }

  private func vector(
    _ point: [Double], from origin: Metric.Origin = .zero, spacing: Double = .ulpOfOne
  ) -> [Double]? {
    Metric.Direction(of: point, from: origin, spacing: spacing).map { direction in
      point.map { ($0 * direction.power - direction.offset) / direction.length }
    }
  }

  @Test func `by hand, from 0 and from a point of its own`() {
    #expect(vector([3, 4]) == [0.6, 0.8])
    #expect(vector([0, -0.25]) == [0, -1])
    #expect(vector([5, 8, 9], from: Self.least) == [0, 0.6, 0.8])
    #expect(Metric.Origin.zero.isZero && !Self.least.isZero)
  }

  @Test(arguments: [1e300, 1e-300, 0x1p-1070])
  func `the size of the numbers does not matter`(scale: Double) {
    #expect(vector([16 * scale, 0]) == [1, 0])
    #expect(vector([-scale, scale, -scale], from: Self.least) == [0, 1, 0])
  }

  @Test func `zeros have none, and without coordinates there is none`() {
    #expect(vector([0, -0.0]) == nil)
    #expect(vector([]) == nil)
    #expect(vector([.leastNonzeroMagnitude, 0]) == [1, 0])
  }

  @Test func `what rounding leaves of the origin is no direction`() {
    for value in [1.0, -3, 1e300, 1e-300] {
      #expect(vector([value, value, value], from: Self.least) == nil)
      // The next number is as far as rounding goes, a hundred numbers further are not.
      #expect(vector([value, value, value.nextUp], from: Self.least) == nil)
      #expect(vector([value, value, value + 100 * value.ulp], from: Self.least) == [0, 0, 1])
    }
    // Numbers that were float32 are rounded by more.
    let (one, next) = (Double(Float(1)), Double(Float(1).nextUp))
    #expect(vector([one, next], from: Self.least) == [0, 1])
    #expect(vector([one, next], from: Self.least, spacing: Double(Float.ulpOfOne)) == nil)
    // From 0 nothing is subtracted, whatever the spacing.
    #expect(vector([0x1p-149, 0], spacing: 0.1) == [1, 0])
  }
}
