// Irregular plates. What tells them apart: cracked has dark thin gaps between level plates; crystalline
// bright flat facets that meet in sharp edges; scaly rows of overlapping rounded plates.
extension Texture {
  package static let cracked = Texture("cracked", noun: "cracks") { $0.cracked() }
  package static let crystalline = Texture("crystalline", noun: "crystals") { $0.crystalline() }
  package static let scaly = Texture("scaly", noun: "scales") { $0.scaly() }
}

extension TextureContext {
  mutating func cracked() -> Painting {
    let color = random.color(.earth, .stone, .pale, .any)
    let gap = color * random.number(0.1...0.3)
    let (cells, finer, noise) = (cells(), cells(), noise())
    let period = random.scale(0.12...0.34)
    let width = random.number(0.025...0.06)
    let second = random.number(0.35...0.55)
    let plane = plane(period: period)
      .warped(by: noise, frequency: 1.6, amount: random.number(0.1...0.2), octaves: 3)
    let light = light()
    let rough = frame().field { x, y in noise.fractal(x * 16, y * 16, octaves: 4, gain: 0.6) }
    // How deep in the nearest crack: 1 on its floor.
    let crack = plane.field { x, y in
      let near = cells.nearest(x, y)
      let wide = width * (1 + 0.8 * noise.gradient(x * 1.3, y * 1.3))
      let main = coverage(wide - near.borderDistance, pixel: plane.pixel + 0.02)
      let far = finer.nearest(x / second, y / second)
      // Finer cracks only here and there.
      let present = smoothStep(-0.1, 0.25, noise.gradient(x * 0.7 + 4, y * 0.7))
      let thin = coverage(
        wide * 0.5 - far.borderDistance * second, pixel: plane.pixel + 0.012)
      return max(main, thin * present)
    }
    let plates = plane.field { x, y in
      let near = cells.nearest(x, y)
      let curl = smoothStep(0, 0.22, near.borderDistance)
      return 0.7 + 0.25 * near.label + 0.12 * curl
    }
    let height = crack.combined(with: rough) { 0.004 * $1 - 0.02 * $0 }
    var painting = Painting(size: size, color: color)
    painting.shade(by: plates)
    painting.shade(by: light.shading(of: height))
    painting.cover(with: gap, where: crack)
    return painting
  }

  mutating func crystalline() -> Painting {
    let hue = random.angle()
    let chroma = random.chance(0.3) ? random.number(0...0.03) : random.number(0.05...0.15)
    let ramp = [
      Color(lightness: random.number(0.2...0.4), chroma: chroma, hue: hue - 0.03),
      Color(lightness: random.number(0.5...0.7), chroma: chroma, hue: hue),
      Color(lightness: 0.97, chroma: 0.02, hue: hue + 0.05),
    ]
    let cells = cells()
    let finer = self.cells()
    let period = random.scale(0.15...0.32)
    let stretch = random.scale(1...2.6)
    let steep = random.number(0.5...1.1)
    let plane = plane(period: period).moved { x, y in (x * stretch, y) }
    let light = light(elevation: 0.09...0.14)
    let facets = Float(random.whole(4...7))
    return Painting(
      plane.field { x, y in
        let near = cells.nearest(x, y)
        // A pyramid a crystal: a facet a sector about its tip, some of them with a smaller step.
        let sector = facets * (direction(near.offset.x, near.offset.y) + near.label)
        let facet = Float(wholePart(sector)) + 0.5
        let angle = facet / facets - near.label
        let tilt = steep * (0.5 + fraction(near.label * 31 + facet * 0.37))
        let small = finer.nearest(x * 2.3, y * 2.3)
        let step = 0.25 * (small.label - 0.5)
        let bright = light.brightness(
          slopeX: -tilt * cosine(angle) + step, slopeY: -tilt * sine(angle) - step)
        let flash: Float = fraction(near.label * 17 + facet * 0.61) < 0.1 ? 0.35 : 0
        // Edges catch the light.
        let beside = fraction(sector)
        let ridge = min(beside, 1 - beside) * near.first * 2 * Float.pi / facets
        let edge = 0.3 * coverage(0.008 - ridge, pixel: plane.pixel + 0.008)
        let border = 0.35 * coverage(0.012 - near.borderDistance, pixel: plane.pixel + 0.01)
        let glow = 0.12 * (1 - near.first)
        return 0.48 * bright + 0.1 * near.label + flash + edge + glow - border
      }, ramp: ramp)
  }

  mutating func scaly() -> Painting {
    let ramp = (0..<3).map { _ in random.color(.any, .leaf, .earth, .metal) }
    let (cells, noise) = (cells(), noise())
    let radius = random.number(0.56...0.68)
    let rows = random.number(0.34...0.48)
    let pointed = random.chance(0.35) ? random.number(0.25...0.6) : 0
    let period = random.scale(0.08...0.18)
    let plane = plane(turn: random.chance(0.6) ? -0.04...0.04 : 0...1, period: period)
      .warped(by: noise, frequency: 0.3, amount: random.number(0...0.2))
    let contrast = random.number(0.45...0.75)
    // The distance from a scale's middle, 1 on its rim.
    func distance(_ dx: Float, _ dy: Float) -> Float {
      let round = length(dx, dy)
      let angular = abs(dx) + abs(dy) * 0.9
      return mix(round, angular, pointed) / radius
    }
    var painting = plane.painting { x, y in
      // A row lies over the one below it: the highest row whose scale reaches here is seen.
      let last = wholePart(y / rows)
      var dx: Float = 0
      var dy: Float = 0
      var column = 0
      var row = last
      for candidate in last - 3...last + 1 {
        let shift: Float = candidate & 1 == 0 ? 0 : 0.5
        column = wholePart(x - shift + 0.5)
        dx = x - shift - Float(column)
        dy = y - Float(candidate) * rows
        row = candidate
        if distance(dx, dy) < 1 { break }
      }
      let r = distance(dx, dy)
      let label = cells.label(column: column, row: row)
      let region = 0.5 + 0.9 * noise.fractal(x * 0.12, y * 0.12, octaves: 2)
      let color = Painting.color(at: region + 0.25 * (label - 0.5), of: ramp)
      // Dark where the scale comes out from under the others, bright towards its free edge.
      let emerge = saturated((dy / radius + 0.35) / 1.2)
      let rim = 1 - smoothStep(0.86, 1, r)
      let rib = 1 + 0.08 * sine(dx * 5) * emerge
      return color * ((1 - contrast + 1.25 * contrast * emerge) * (0.35 + 0.65 * rim) * rib)
    }
    painting.shade(by: grain(amount: 0.05))
    return painting
  }
}
