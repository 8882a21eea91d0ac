import Testing

@testable import Textures

struct ProfilesTests {
  @Test func `a stripe lies about the whole numbers`() {
    // Width 0.5: from −0.25 to 0.25; half a pixel on the edge.
    for (position, covered) in [
      (0, 1), (0.2, 1), (0.25, 0.5), (0.3, 0), (0.5, 0), (0.75, 0.5), (-1, 1),
    ]
      as [(Float, Float)]
    {
      #expect(stripe(position, width: 0.5, pixel: 0.0625) == covered, "\(position)")
    }
    // A quarter of the pixel inside.
    #expect(stripe(0.265625, width: 0.5, pixel: 0.0625) == 0.25)
  }

  @Test func `waves at a quarter, a half and a whole period`() {
    #expect(triangleWave(0) == 0 && triangleWave(0.25) == 0.5 && triangleWave(-0.5) == 1)
    #expect(sawtoothWave(0, fall: 0.5) == 0 && sawtoothWave(0.25, fall: 0.5) == 0.5)
    #expect(sawtoothWave(0.75, fall: 0.5) == 0.5 && sawtoothWave(3.5, fall: 0.5) == 1)
    #expect(squareWave(0.25, pixel: 0.01) == 1 && squareWave(-0.25, pixel: 0.01) == -1)
    #expect(squareWave(0, pixel: 0.01) == 0 && squareWave(0.5, pixel: 0.01) == 0)
    #expect(roundProfile(0) == 1 && roundProfile(1) == 0 && roundProfile(-2) == 0)
    #expect(abs(roundProfile(0.6) - 0.8) < 1e-6)
  }

  @Test func `stripes cover their share of the plane`() {
    let total = (0..<1000).reduce(Float(0)) {
      $0 + stripe(Float($1) / 100 + 0.003, width: 0.3, pixel: 0.05)
    }
    #expect(abs(total / 1000 - 0.3) < 0.002)
  }
}
