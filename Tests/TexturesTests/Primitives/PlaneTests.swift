import Testing

@testable import Textures

struct PlaneTests {
  @Test func `a plane's points are the pixels' middles`() {
    let plane = Plane(size: 2)
    #expect(plane.x == [-0.25, 0.25, -0.25, 0.25] && plane.y == [-0.25, -0.25, 0.25, 0.25])
    #expect(plane.pixel == 0.5)
    let turned = plane.turned(by: 0.25)
    for (a, b) in zip(turned.x, plane.y) { #expect(abs(a - b) < 1e-5) }
    let divided = plane.divided(by: 0.5).shifted(by: 1, 0)
    #expect(divided.x == [0.5, 1.5, 0.5, 1.5] && divided.pixel == 1)
  }

  @Test func `a field has the numbers of a function of the points`() {
    let plane = Plane(size: 2)
    #expect(plane.field { 4 * $0 + $1 }.values == [-1.25, 0.75, -0.75, 1.25])
    let moved = plane.moved(growth: 3) { ($1, -$0) }
    #expect(moved.x == plane.y && moved.y == plane.x.map { -$0 } && moved.pixel == 1.5)
    #expect(plane.painting { Color($0, $1, 0) }.colors[1] == Color(0.25, -0.25, 0))
  }

  @Test func `a warp moves no point further than its amount`() {
    var random = textureNumbers()
    let plane = Plane(size: 16)
    let noise = LatticeNoise(&random)
    let warped = plane.warped(by: noise, frequency: 4, amount: 0.1, octaves: 1)
    for index in plane.x.indices {
      let (x, y) = (plane.x[index], plane.y[index])
      #expect(warped.x[index] == x + 0.1 * noise.gradient(4 * x, 4 * y))
      #expect(abs(warped.y[index] - y) < 0.1001)
    }
    #expect(warped.x != plane.x && warped.y != plane.y)
  }
}
