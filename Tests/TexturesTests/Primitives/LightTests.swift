import Testing

@testable import Textures

struct LightTests {
  @Test func `a level surface has brightness 1, and a slope towards the lamp more`() {
    let light = Light(azimuth: 0, elevation: 0.125)  // from the right, at 45 degrees
    #expect(
      light.shading(of: Field(size: 4, repeating: 3)).values.allSatisfy { abs($0 - 1) < 1e-5 })
    // Falling to the right by its own length: it faces the lamp.
    let slope = Plane(size: 4).field { x, _ in -x }
    let lit = Float(0.35 + 0.65 * 2.0.squareRoot())
    #expect(light.shading(of: slope).values.allSatisfy { abs($0 - lit) < 1e-4 })
    let away = Plane(size: 4).field { x, _ in x }
    #expect(light.shading(of: away).values.allSatisfy { abs($0 - 0.35) < 1e-4 })
    #expect(abs(light.brightness(slopeX: -1, slopeY: 0) - lit) < 1e-4)
    #expect(abs(light.shadow.x + 1) < 1e-5 && abs(light.shadow.y) < 1e-5)
  }

  @Test func `a highlight is where the surface faces halfway between lamp and viewer`() {
    let light = Light(azimuth: 0, elevation: 0.125)
    // The lamp is an eighth of a turn from the viewer: tilted by half of that, by the slope √2 − 1.
    let slope = Plane(size: 4).field { x, _ in -x * (Float(2).squareRoot() - 1) }
    let mirror = light.highlights(of: slope, sharpness: 3).values
    #expect(mirror.allSatisfy { abs($0 - 1) < 1e-4 })
    // A level one is 1/16 of a turn away from it; three squarings are the power 8.
    let level = light.highlights(of: Field(size: 4, repeating: 0), sharpness: 3).values
    let cosine = Float(0.9238795)
    let power = cosine * cosine * cosine * cosine
    #expect(level.allSatisfy { abs($0 - power * power) < 1e-4 })
  }
}
