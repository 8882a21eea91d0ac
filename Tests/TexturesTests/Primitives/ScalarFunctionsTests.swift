import Foundation
import Testing

@testable import Textures

struct ScalarFunctionsTests {
  @Test func `sine and direction agree with libm`() {
    for step in -300...300 {
      let turns = Float(step) / 97
      #expect(abs(sine(turns) - Float(sin(2 * Double.pi * Double(turns)))) < 4e-6)
      #expect(abs(cosine(turns) - Float(cos(2 * Double.pi * Double(turns)))) < 4e-6)
      let (x, y) = (Float(cos(Double(step))), Float(sin(Double(step))) * 3)
      let angle = atan2(Double(y), Double(x)) / (2 * Double.pi)
      #expect(abs(direction(x, y) - Float(angle)) < 3e-6)
    }
  }

  @Test func `directions of the axes, by hand`() {
    #expect(direction(2, 0) == 0 && direction(0, 0) == 0)
    #expect(direction(0, 3) == 0.25 && direction(0, -3) == -0.25)
    #expect(direction(-1, 0) == 0.5)
    #expect(abs(direction(1, 1) - 0.125) < 3e-6)
  }

  @Test(
    arguments: [(-1.5, -2), (-1, -1), (-0.25, -1), (0, 0), (0.75, 0), (7, 7)] as [(Float, Int)])
  func `the whole part is the floor`(value: Float, whole: Int) {
    #expect(wholePart(value) == whole)
    #expect(fraction(value) == value - Float(whole))
  }

  @Test func `steps and coverage, by hand`() {
    #expect(smoothStep(1, 3, 0) == 0 && smoothStep(1, 3, 2) == 0.5 && smoothStep(1, 3, 5) == 1)
    #expect(coverage(0, pixel: 0.1) == 0.5)
    #expect(coverage(0.05, pixel: 0.1) == 1 && coverage(-0.05, pixel: 0.1) == 0)
    #expect(mix(2, 6, 0.25) == 3 && saturated(-1) == 0 && saturated(2) == 1)
  }
}
