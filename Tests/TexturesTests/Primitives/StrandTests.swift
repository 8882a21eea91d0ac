import Testing

@testable import Textures

struct StrandTests {
  @Test func `a level thread covers whole rows of pixels, by hand`() {
    // Eight rows; a thread of half-width 1/8 about the middle covers rows 3 and 4.
    var field = Field(size: 8, repeating: 0)
    field.draw(
      Strand(points: [SIMD2(-1, 0), SIMD2(1, 0)], startRadius: 0.125, endRadius: 0.125))
    for row in 0..<8 {
      let covered: Float = row == 3 || row == 4 ? 1 : 0
      #expect(field.values[row * 8..<row * 8 + 8].allSatisfy { abs($0 - covered) < 1e-5 }, "\(row)")
    }
  }

  @Test func `a bent thread visits every pixel beside it once, and says how far along it is`() {
    let strand = Strand(
      points: [SIMD2(-0.3, 0), SIMD2(0, 0), SIMD2(0, 0.3)], startRadius: 0.05, endRadius: 0.05)
    var visits = Array(repeating: 0, count: 200 * 200)
    strand.forEachPixel(size: 200, margin: 0) { index, across, radius, along in
      visits[index] += 1
      #expect(abs(across) <= radius && (0...1).contains(along))
    }
    let area = Float(visits.count { $0 > 0 }) / (200 * 200)
    // Two legs of 0.3 by 0.1 that share a quarter square, with round ends.
    #expect(abs(area - (0.06 + 0.00785 - 0.0025 + 0.00196)) < 0.0005)
    #expect(visits.count { $0 > 1 } <= 121)  // inside the bend only
  }

  @Test func `a spline passes through its knots and keeps a straight line straight`() {
    let knots = [SIMD2<Float>(0, 0), SIMD2(1, 1), SIMD2(2, 2), SIMD2(3, 3)]
    let strand = Strand.spline(through: knots, pieces: 4, radius: 1)
    #expect(strand.points.count == 13)
    for (index, knot) in knots.enumerated() { #expect(strand.points[4 * index] == knot) }
    #expect(strand.points.allSatisfy { abs($0.x - $0.y) < 1e-6 })
  }

  @Test func `a walk has its steps`() {
    var random = textureNumbers()
    let walk = Strand.walk(
      from: SIMD2(0, 0), angle: 0, steps: 5, stepLength: 0.1, bend: 0, radius: 0.01, &random)
    #expect(walk.points.count == 6)
    #expect(abs(walk.points[5].x - 0.5) < 1e-5 && abs(walk.points[5].y) < 1e-5)
  }
}
