import Images
import Testing

@testable import Textures

struct PaintingTests {
  @Test func `colours are rounded to bytes and clipped`() {
    var painting = Painting(size: 1, color: Color(0.5, 2, -1))
    #expect(painting.image().pixels == [128, 255, 0])
    painting.shade(by: Field(size: 1, repeating: 0.5))
    #expect(painting.image().pixels == [64, 255, 0])
    painting.brighten(by: Field(size: 1, repeating: 0.5))
    #expect(painting.image().pixels == [191, 255, 0])
  }

  @Test func `a cover mixes by its mask`() {
    var painting = Painting(size: 2, color: Color())
    painting.cover(
      with: Color(1, 1, 1), where: Field(size: 2, values: [0, 0.2, 1, 7]))
    #expect(painting.image().pixels == [0, 0, 0, 51, 51, 51, 255, 255, 255, 255, 255, 255])
  }

  @Test func `a plane's points are the pixels' middles`() {
    let plane = Plane(size: 2)
    #expect(plane.x == [-0.25, 0.25, -0.25, 0.25] && plane.y == [-0.25, -0.25, 0.25, 0.25])
    #expect(plane.pixel == 0.5)
    let turned = plane.turned(by: 0.25)
    for (a, b) in zip(turned.x, plane.y) { #expect(abs(a - b) < 1e-5) }
    let divided = plane.divided(by: 0.5).shifted(by: 1, 0)
    #expect(divided.x == [0.5, 1.5, 0.5, 1.5] && divided.pixel == 1)
  }

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
}
