// Crossing lines and regular cells. What tells them apart: grid is flat straight lines on an opaque ground;
// meshed round wires before a dark distance; waffled deep square wells between raised ridges;
// honeycombed hexagons; perforated a flat sheet with dark holes; crosshatched loose pen strokes.
extension Texture {
  package static let grid = Texture("grid", noun: "grid lines") { $0.grid() }
  package static let meshed = Texture("meshed", noun: "wire mesh") { $0.meshed() }
  package static let waffled = Texture("waffled", noun: "waffle squares") { $0.waffled() }
  package static let honeycombed = Texture("honeycombed", noun: "honeycomb cells") {
    $0.honeycombed()
  }
  package static let perforated = Texture("perforated", noun: "punched holes") { $0.perforated() }
  package static let crosshatched = Texture("crosshatched", noun: "crosshatching") {
    $0.crosshatched()
  }
}

extension TextureContext {
  mutating func grid() -> Painting {
    let (ground, ink) = random.pair(contrast: 0.4)
    let aspect = random.chance(0.6) ? 1 : random.number(0.6...1.6)
    let width = random.number(0.07...0.2)
    let plane = plane(
      turn: random.chance(0.8) ? -0.03...0.03 : 0...0.25, period: random.scale(0.09...0.25))
    let cells = cells()
    let tint = random.chance(0.3) ? random.number(0.05...0.15) : 0
    return plane.painting { x, y in
      let across = stripe(x, width: width, pixel: plane.pixel)
      let down = stripe(y * aspect, width: width * aspect, pixel: plane.pixel * aspect)
      let label = cells.label(column: wholePart(x), row: wholePart(y * aspect))
      return (ground * (1 + tint * (2 * label - 1))).mixed(with: ink, max(across, down))
    }
  }

  mutating func meshed() -> Painting {
    let isHexagonal = random.chance(0.3)
    let radius = isHexagonal ? random.number(0.05...0.09) : random.number(0.07...0.13)
    let wire = random.color(.metal, .pale, .metal, .any)
    let (near, far) = (random.color(.dark), random.color(.dark, .leaf, .earth))
    let noise = noise()
    let stretch = random.number(0.8...1.4)
    let amplitude = random.number(0.06...0.16)
    let turn: ClosedRange<Float> = isHexagonal ? 0...1 : 0.11...0.14
    let period = random.scale(0.09...0.2)
    var plane = plane(turn: turn, period: period)
    if !isHexagonal {
      plane = plane.moved { x, y in (x + y * (stretch - 1) / 2, y + x * (stretch - 1) / 2) }
    }
    // The upper of two round wires that bend over and under each other by turns.
    let height = plane.field { x, y in
      if isHexagonal {
        return radius * roundProfile(hexagonalCell(x, y).hexagonBorder / radius)
      }
      let cell = squareCell(x, y)
      let parity: Float = (cell.column + cell.row) & 1 == 0 ? 1 : -1
      let bendX = amplitude * parity * cosine(cell.y / 2)
      let sway = 0.35 * amplitude
      let dx = cell.x + sway * sine(y)
      let dy = cell.y + sway * sine(x)
      let bendY = -amplitude * parity * cosine(cell.x / 2)
      let first = abs(dx) < radius ? radius * roundProfile(dx / radius) + bendX + 1 : 0
      let second = abs(dy) < radius ? radius * roundProfile(dy / radius) + bendY + 1 : 0
      return max(first, second)
    }
    let mask = plane.field { x, y in
      if isHexagonal {
        return coverage(radius - hexagonalCell(x, y).hexagonBorder, pixel: plane.pixel)
      }
      let cell = squareCell(x, y)
      let sway = 0.35 * amplitude
      let distance = min(abs(cell.x + sway * sine(y)), abs(cell.y + sway * sine(x)))
      return coverage(radius - distance, pixel: plane.pixel)
    }
    let light = light()
    let lit = light.shading(of: height * period)
    let gloss = light.highlights(of: height * period, sharpness: 4)
    var front = Painting(size: size, color: wire)
    front.shade(by: lit)
    front.brighten(by: gloss * random.number(0.2...0.6))
    var painting = Painting(
      frame().field { x, y in 0.5 + 0.7 * noise.fractal(x * 3, y * 3, octaves: 2) },
      low: near, high: far)
    painting.cover(with: front, where: mask)
    return painting
  }

  mutating func waffled() -> Painting {
    let color = random.color(.crust, .crust, .crust, .any)
    let ridge = random.number(0.1...0.17)
    let depth = random.number(0.25...0.5)
    let noise = noise()
    let period = random.scale(0.13...0.26)
    let plane = plane(turn: random.chance(0.6) ? -0.04...0.04 : 0...0.25, period: period)
    let light = light(elevation: 0.09...0.13)
    // 0 on the ridges, 1 on the wells' floor.
    let well = plane.field { x, y in
      let cell = squareCell(x, y)
      return smoothStep(ridge * 0.6, ridge * 0.6 + 0.2, cell.squareBorder)
    }
    let rough = plane.field { x, y in noise.fractal(x * 5, y * 5, octaves: 3) }
    let height = well.combined(with: rough) { period * (0.025 * $1 - depth * $0) }
    var painting = Painting(size: size, color: color)
    painting.shade(by: light.shading(of: height))
    painting.shade(by: well.combined(with: rough) { (1 - 0.4 * $0) * (1 + 0.1 * $1) })
    return painting
  }

  mutating func honeycombed() -> Painting {
    let honey = Palette(lightness: 0.6...0.82, chroma: 0.1...0.17, hue: 0.17...0.24)
    let wall = random.color(honey, honey, .any)
    let wallWidth = random.number(0.05...0.12)
    let depth = random.number(0.45...0.85)
    let (cells, noise) = (cells(), noise())
    let fill = random.color(honey, .any, .dark)
    let share = random.chance(0.4) ? random.number(0.2...0.9) : 0
    let wobble = random.number(0...0.12)
    let period = random.scale(0.09...0.24)
    let plane = plane(period: period).warped(by: noise, frequency: 0.6, amount: wobble)
    let light = light()
    let slope = light.shadow
    return plane.painting { x, y in
      let cell = hexagonalCell(x, y)
      let border = cell.hexagonBorder
      let label = cells.label(column: cell.column, row: cell.row)
      // The hollow: darker with depth, brighter on the side that faces the lamp.
      let facing = 1 + 0.9 * (cell.x * slope.x + cell.y * slope.y)
      let hollow = mix(1, 1 - depth, smoothStep(wallWidth, 0.42, border)) * facing * 0.8
      let content = label < share ? fill : wall
      let ridge = wall * (1.12 - 0.25 * border / wallWidth)
      return (content * hollow).mixed(
        with: ridge, coverage(wallWidth - border, pixel: plane.pixel))
    }
  }

  mutating func perforated() -> Painting {
    let sheet = random.color(.metal, .pale, .any, .stone)
    let behind = random.color(.dark)
    let isStaggered = random.chance(0.5)
    let isSquare = random.chance(0.2)
    let radius = random.number(0.24...0.36)
    let period = random.scale(0.07...0.16)
    let plane = plane(turn: random.chance(0.6) ? -0.02...0.02 : 0...1, period: period)
    let light = light()
    let thickness = random.number(0.08...0.16)
    let fall = light.shadow * thickness
    func inside(_ cell: LatticeCell, _ x: Float, _ y: Float) -> Float {
      radius - (isSquare ? max(abs(cell.x + x), abs(cell.y + y)) : length(cell.x + x, cell.y + y))
    }
    var painting = plane.painting { x, y in
      let cell = isStaggered ? hexagonalCell(x, y) : squareCell(x, y)
      let hole = coverage(inside(cell, 0, 0), pixel: plane.pixel)
      // Through the hole: the far wall of the sheet where it is lit, else the dark behind.
      let through = coverage(inside(cell, fall.x, fall.y), pixel: plane.pixel)
      let wall = (sheet * 0.55).mixed(with: behind, through)
      let rim = coverage(inside(cell, 0, 0) + 0.04, pixel: plane.pixel) - hole
      let facing = (cell.x * fall.x + cell.y * fall.y) / (radius * thickness)
      return (sheet * (1 + 0.25 * rim * facing)).mixed(with: wall, hole)
    }
    let noise = noise()
    let (brushX, brushY) = random.chance(0.5) ? (Float(3), Float(90)) : (25, 25)
    painting.shade(
      by: frame().field { x, y in
        1 + 0.05 * noise.fractal(x * brushX, y * brushY, octaves: 2) + 0.12 * noise.gradient(x, y)
      })
    return painting
  }

  mutating func crosshatched() -> Painting {
    let pen = Palette(lightness: 0.25...0.55, chroma: 0.05...0.18, hue: 0...1)
    var (paper, ink) =
      random.chance(0.6)
      ? (random.color(.pale), random.color(.dark, pen)) : random.pair(contrast: 0.5)
    if random.chance(0.8), paper.luma < ink.luma { (paper, ink) = (ink, paper) }
    let step = random.scale(0.035...0.085)
    spacing = step
    let (radius, strength) = (step * random.number(0.08...0.15), random.number(0.7...1))
    let sets = random.whole(2...3)
    let first = random.angle()
    let crossing = random.number(0.12...0.25)
    var mask = Field(size: size, repeating: 0)
    for set in 0..<sets {
      let angle = first + crossing * Float(set)
      let along = SIMD2(cosine(angle), sine(angle))
      let across = SIMD2(-along.y, along.x)
      var offset: Float = -0.75
      while offset < 0.75 {
        var start: Float = -0.8 + random.number(0...0.3)
        while start < 0.8 {
          let stroke = random.number(0.25...0.7)
          let from = across * (offset + random.number(-0.2...0.2) * step) + along * start
          let end = across * (offset + random.number(-0.3...0.3) * step) + along * (start + stroke)
          let middle = (from + end) / 2 + across * random.number(-0.12...0.12) * step
          let pressure = strength * random.number(0.6...1)
          mask.draw(
            .spline(
              through: [from, middle, end], pieces: 4, radius: radius, endRadius: radius * 0.6),
            strength: pressure)
          start += stroke * random.number(0.85...1.1)
        }
        offset += step * random.number(0.75...1.25)
      }
    }
    var painting = Painting(size: size, color: paper)
    painting.shade(by: grain(amount: 0.03))
    painting.cover(with: ink, where: mask)
    return painting
  }
}
