import Foundation
import Testing

@testable import Images

struct GaussianBlurTests {
  @Test func `what is even stays, and a point becomes the weights`() {
    let even = GaussianBlur(sigma: 6)(
      [Float](repeating: 0.4, count: 9 * 9 * 3), width: 9, height: 9)
    #expect(even.allSatisfy { abs($0 - 0.4) < 1e-6 })
    var values = [Float](repeating: 0, count: 21 * 21 * 3)
    values[3 * (21 * 10 + 10) + 1] = 1
    let point = GaussianBlur(sigma: 1)(values, width: 21, height: 21)
    // Up to four standard deviations.
    let weights = (-4...4).map { exp(-Double($0 * $0) / 2) }
    let sum = weights.reduce(0, +)
    for y in 0..<21 {
      for x in 0..<21 {
        func weight(_ place: Int) -> Double {
          (6...14).contains(place) ? weights[place - 6] / sum : 0
        }
        let index = 3 * (21 * y + x)
        #expect(abs(Double(point[index + 1]) - weight(x) * weight(y)) < 1e-7)
        #expect(point[index] == 0 && point[index + 2] == 0)
      }
    }
  }

  @Test func `a narrow filter reaches one pixel, and at the edge the outermost goes on`() {
    // σ = 1/4: radius 1, the outer weights e^−8 each.
    let values: [Float] = [1, 0, 0, 0, 0, 0]
    let blurred = GaussianBlur(sigma: 0.25)(values, width: 2, height: 1)
    let outer = exp(-8.0) / (1 + 2 * exp(-8.0))
    #expect(abs(Double(blurred[0]) - (1 - outer)) < 1e-7)
    #expect(abs(Double(blurred[3]) - outer) < 1e-9)
    // Below σ = 1/8 nothing is left of it.
    #expect(GaussianBlur(sigma: 0.1)(values, width: 2, height: 1) == values)
  }
}
