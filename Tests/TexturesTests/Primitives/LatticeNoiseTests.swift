import LinearAlgebra
import Testing

@testable import Textures

struct LatticeNoiseTests {
  private let noise: LatticeNoise
  private let heights: [Float]

  init() {
    var random = textureNumbers()
    noise = LatticeNoise(&random)
    // The lattice's heights are the stream's numbers, row after row of 64.
    var again = textureNumbers()
    heights = again.numbers(count: 64 * 64).map { 2 * $0 - 1 }
  }

  @Test func `value noise is the random height at whole numbers and their mean halfway`() {
    #expect(noise.value(0, 0) == heights[0])
    #expect(noise.value(5, 3) == heights[3 * 64 + 5])
    #expect(noise.value(-1, 0) == heights[63])
    #expect(abs(noise.value(0.5, 0) - (heights[0] + heights[1]) / 2) < 1e-6)
    #expect(abs(noise.value(0, 0.5) - (heights[0] + heights[64]) / 2) < 1e-6)
    let corners = heights[0] + heights[1] + heights[64] + heights[65]
    #expect(abs(noise.value(0.5, 0.5) - corners / 4) < 1e-6)
  }

  @Test func `gradient noise is zero at whole numbers, with the random slope there`() {
    for (x, y) in [(0, 0), (3, 7), (-2, 5)] as [(Float, Float)] {
      #expect(noise.gradient(x, y) == 0)
    }
    // The slope is a unit vector, scaled by 1.41 as the noise is; its angle is half the height in turns.
    let h: Float = 1e-3
    let right = noise.gradient(h, 0) / h
    let down = noise.gradient(0, h) / h
    #expect(abs(right - 1.41 * cosine(heights[0] / 2)) < 0.01)
    #expect(abs(down - 1.41 * sine(heights[0] / 2)) < 0.01)
  }

  @Test func `noise keeps its range, repeats after 64 cells and has no jumps`() {
    for step in 0..<2000 {
      let (x, y) = (Float(step % 67) * 0.31 - 9, Float(step % 71) * 0.27 - 8)
      let (value, gradient) = (noise.value(x, y), noise.gradient(x, y))
      #expect(abs(value) <= 1 && abs(gradient) <= 1)
      #expect(abs(noise.value(x + 64, y - 64) - value) < 1e-4)
      #expect(abs(noise.value(x + 1e-3, y) - value) < 0.006)
      #expect(abs(noise.gradient(x, y + 1e-3) - gradient) < 0.01)
    }
  }

  @Test func `a fractal sum adds octaves`() {
    let (x, y) = (Float(1.3), Float(2.6))
    #expect(noise.fractal(x, y, octaves: 1) == noise.gradient(x, y))
    let second = 0.25 * noise.gradient(2 * x + 13.37, 2 * y + 7.71)
    #expect(
      noise.fractal(x, y, octaves: 2, gain: 0.25) == noise.gradient(x, y) + second)
    #expect(abs(noise.ridged(x, y, octaves: 1) - (1 - 2.5 * abs(noise.gradient(x, y)))) < 1e-6)
  }
}
