// Small things on a ground. What tells them apart: polka-dotted is equal large discs on a regular lattice;
// dotted small dots, more than eight across, that vary in size, place or colour; sprinkled short coloured
// rods; flecked tiny angular specks on a mottled ground; freckled soft brown spots of all sizes on skin;
// studded metal domes; bubbly transparent circles of all sizes.
extension Texture {
  package static let polkaDotted = Texture("polka-dotted", noun: "polka dots") { $0.polkaDotted() }
  package static let dotted = Texture("dotted", noun: "dots") { $0.dotted() }
  package static let sprinkled = Texture("sprinkled", noun: "sprinkles") { $0.sprinkled() }
  package static let flecked = Texture("flecked", noun: "flecks") { $0.flecked() }
  package static let freckled = Texture("freckled", noun: "freckles") { $0.freckled() }
  package static let studded = Texture("studded", noun: "studs") { $0.studded() }
  package static let bubbly = Texture("bubbly", noun: "bubbles") { $0.bubbly() }
}

extension TextureContext {
  mutating func polkaDotted() -> Painting {
    let (ground, dot) = random.pair(contrast: 0.35)
    let others = random.chance(0.25) ? [dot, random.color(.vivid), random.color(.vivid)] : [dot]
    let isStaggered = random.chance(0.7)
    let radius = random.number(0.24...0.36)
    let cells = cells()
    let plane = plane(
      turn: random.chance(0.6) ? -0.03...0.03 : 0...1, period: random.scale(0.16...0.32),
      tilt: 0.3)
    return plane.painting { x, y in
      let cell = isStaggered ? hexagonalCell(x, y) : squareCell(x, y)
      let label = cells.label(column: cell.column, row: cell.row)
      let color = others[Int(label * Float(others.count))]
      return ground.mixed(with: color, coverage(radius - cell.radius, pixel: plane.pixel))
    }
  }

  mutating func dotted() -> Painting {
    let (ground, ink) = random.pair(contrast: 0.4)
    let contrasting = random.series(count: 5).filter { abs($0.luma - ground.luma) > 0.2 }
    let colors = random.chance(0.35) ? contrasting + [ink] : [ink]
    let kind = random.whole(0...2)  // halftone, scattered, rows
    let (cells, noise) = (cells(jitter: kind == 1 ? 0.75 : 0), noise())
    let radius = random.number(0.16...0.27)
    let spread = kind == 2 ? 0.1 : random.number(0.4...0.8)
    let frequency = random.number(1...2.5)
    let period = random.scale(0.05...0.095)
    let isStaggered = random.chance(0.4)
    let plane = plane(turn: 0...1, period: period, tilt: 0.4)
    func dot(_ x: Float, _ y: Float) -> (distance: Float, label: Float) {
      if kind == 1 {
        let near = cells.nearest(x, y)
        return (near.first, near.label)
      }
      let cell = isStaggered ? hexagonalCell(x, y) : squareCell(x, y)
      return (cell.radius, cells.label(column: cell.column, row: cell.row))
    }
    return plane.painting { x, y in
      let dot = dot(x, y)
      let local = (dot.label * 7.31)
      let size =
        kind == 0
        ? 1 + spread * noise.gradient(x * period * frequency, y * period * frequency) * 1.4
        : 1 + spread * (fraction(local) - 0.5)
      let color = colors[Int(dot.label * Float(colors.count))]
      return ground.mixed(
        with: color, coverage(radius * size - dot.distance, pixel: plane.pixel))
    }
  }

  mutating func sprinkled() -> Painting {
    let ground = random.color(.pale, .any, .vivid, .pale, .dark)
    let colors = (0..<random.whole(3...6)).map { _ in random.color(.vivid, .vivid, .pale) }
    let count = random.whole(80...220)
    let scale = 0.13 / Float(count).squareRoot() * random.number(0.8...1.1)
    spacing = 8 * scale
    let slenderness = random.number(2.2...4)
    let light = light()
    let shadow = light.shadow * scale * 0.7
    var painting = Painting(size: size, color: ground)
    painting.shade(by: grain(amount: random.number(0.02...0.08), frequency: 6, octaves: 3))
    for _ in 0..<count {
      let point = point(margin: 0.05)
      let angle = random.angle()
      let half = SIMD2(cosine(angle), sine(angle)) * scale * slenderness * random.number(0.8...1.2)
      let rod = Strand(points: [point - half, point + half], startRadius: scale, endRadius: scale)
      var below = rod
      below.points = rod.points.map { $0 + shadow }
      painting.draw(below, color: ground * 0.55, roundness: 0)
      painting.draw(rod, color: random.choice(colors), roundness: 0.45)
      let glint = rod.points.map { $0 - shadow * 0.5 }
      painting.draw(
        Strand(points: glint, startRadius: scale * 0.18, endRadius: scale * 0.18),
        color: Color(1, 1, 1), roundness: 0.6)
    }
    return painting
  }

  mutating func flecked() -> Painting {
    let ground = random.color(.stone, .any, .earth, .pale, .dark)
    let kinds = random.whole(2...4)
    let base = random.scale(0.014...0.032)
    spacing = base * 2
    let mottle = random.number(0.08...0.2)
    var painting = Painting(size: size, color: ground)
    painting.shade(by: grain(amount: mottle, frequency: random.number(8...30), octaves: 3))
    for kind in 0..<kinds {
      let cells = cells()
      let noise = noise()
      let contrast = ground.luma > 0.5 ? Palette.dark : Palette.pale
      let color = kind == 0 ? random.color(contrast) : random.color(.any, contrast, .vivid)
      let share = random.number(0.15...0.4)
      let stretch = random.number(0.8...2)
      let plane = plane(period: base * random.number(1.3...2.6), tilt: 0)
      // A speck in some cells, with a ragged outline.
      let mask = plane.field { x, y in
        let near = cells.nearest(x, y)
        guard near.label < share else { return 0 }
        let ragged = 0.16 * noise.gradient(x * 3, y * 3)
        let radius = 0.2 + 0.3 * fraction(near.label * 37) + ragged
        // Angular, and every speck turned its own way.
        let (s, c) = (sine(near.label * 91), cosine(near.label * 91))
        let (u, v) = (c * near.offset.x + s * near.offset.y, c * near.offset.y - s * near.offset.x)
        return coverage(radius - abs(u) - stretch * abs(v), pixel: plane.pixel)
      }
      painting.cover(with: color, where: mask)
    }
    spacing = base * 2
    return painting
  }

  mutating func freckled() -> Painting {
    let isSkin = random.chance(0.8)
    let ground = isSkin ? random.color(.skin) : random.color(.pale, .earth)
    let brown = Palette(lightness: 0.35...0.6, chroma: 0.07...0.12, hue: 0.1...0.18)
    let (spot, deeper) = (random.color(brown), random.color(brown) * 0.75)
    let noise = noise()
    let count = random.whole(300...800)
    let largest = random.number(0.018...0.036)
    spacing = largest * 2
    var painting = Painting(size: size, color: ground)
    let frame = frame()
    painting.shade(
      by: frame.field { x, y in
        1 + 0.12 * noise.gradient(x * 1.3, y * 1.3) + 0.04
          * noise.fractal(x * 25, y * 25, octaves: 2)
      })
    let clustering = random.number(1.5...3.5)
    for _ in 0..<count {
      let point = point(margin: 0.03)
      let density = 0.55 + noise.gradient(point.x * clustering + 9, point.y * clustering)
      let u = random.number(0...1)
      let radius = largest * (0.25 + 0.75 * u * u * u)
      let (opacity, tone, keep) = (
        random.number(0.45...0.95), random.number(0...1), random.number(0...1)
      )
      let (aspect, slant) = (random.number(0.75...1.3), random.number(-0.3...0.3))
      guard keep < density else { continue }
      let color = spot.mixed(with: deeper, tone)
      Field.forEachPixel(
        size: size, near: point.x, point.y, reachX: radius * 1.8, reachY: radius * 1.8
      ) { index, dx, dy in
        let (px, py) = (point.x + dx, point.y + dy)
        let ragged = 0.25 * noise.gradient(px * 60, py * 60)
        let distance = length(dx * aspect, (dy + slant * dx) / aspect) / radius + ragged
        let mask = opacity * (1 - smoothStep(0.6, 1.15, distance))
        painting.colors[index] = painting.colors[index].mixed(with: color, mask)
      }
    }
    return painting
  }

  mutating func studded() -> Painting {
    let ground = random.color(.dark, .any, .dark, .earth) * 0.9
    let metal = random.color(.metal)
    let isStaggered = random.chance(0.5)
    let isPyramid = random.chance(0.3)
    let radius = random.number(0.24...0.4)
    let period = random.scale(0.12...0.24)
    let plane = plane(turn: random.chance(0.5) ? -0.03...0.03 : 0...1, period: period)
    let light = light()
    let fall = light.shadow * random.number(0.08...0.16)
    let noise = noise()
    func cell(_ x: Float, _ y: Float) -> LatticeCell {
      isStaggered ? hexagonalCell(x, y) : squareCell(x, y)
    }
    func inside(_ dx: Float, _ dy: Float) -> Float {
      radius - (isPyramid ? max(abs(dx), abs(dy)) : length(dx, dy))
    }
    let height = plane.field { x, y in
      let cell = cell(x, y)
      let depth = inside(cell.x, cell.y)
      guard depth > 0 else { return 0.012 * period * noise.fractal(x * 5, y * 5, octaves: 3) }
      if isPyramid { return period * 0.75 * depth }
      let r = cell.radius / radius
      return period * radius * 0.85 * max(0, 1 - r * r).squareRoot()
    }
    let stud = plane.field { x, y in
      let cell = cell(x, y)
      return coverage(inside(cell.x, cell.y), pixel: plane.pixel)
    }
    let shadow = plane.field { x, y in
      let cell = cell(x, y)
      return 1 - 0.65 * smoothStep(-0.05, 0.06, inside(cell.x - fall.x, cell.y - fall.y))
    }
    var painting = Painting(size: size, color: ground)
    painting.shade(by: shadow)
    painting.cover(with: metal, where: stud)
    painting.shade(by: light.shading(of: height))
    painting.brighten(by: light.highlights(of: height, sharpness: 5) * stud * 0.8)
    return painting
  }

  mutating func bubbly() -> Painting {
    let hue = random.choice([random.number(0.5...0.72), random.angle()])
    let deep = Color(
      lightness: random.number(0.16...0.6), chroma: random.number(0.02...0.13), hue: hue)
    let bright = Color(
      lightness: random.number(0.65...0.9), chroma: random.number(0.02...0.1), hue: hue + 0.04)
    let isFoam = random.chance(0.4)
    let largest = random.number(0.07...0.15)
    let smallest = largest * random.number(0.12...0.25)
    let tries = isFoam ? 1500 : random.whole(250...700)
    let overlap: Float = isFoam ? 0.95 : 1.02
    let angle = random.angle()
    spacing = largest * 1.5
    var painting = Painting(
      frame().field { x, y in 0.5 + 0.8 * (x * cosine(angle) + y * sine(angle)) }, low: deep,
      high: bright)
    // Largest first, each where it overlaps none before it.
    var placed: [(center: SIMD2<Float>, radius: Float)] = []
    for trial in 0..<tries {
      let progress = Float(trial) / Float(tries)
      let rest = (1 - progress) * (1 - progress)
      let radius = mix(smallest, largest, rest * random.number(0.5...1))
      let center = point(margin: radius)
      let collides = placed.contains {
        let offset = $0.center - center
        let reach = ($0.radius + radius) * overlap
        return (offset * offset).sum() < reach * reach
      }
      if !collides { placed.append((center, radius)) }
    }
    let lamp = SIMD2(cosine(angle), sine(angle))
    let rimWidth = random.number(0.12...0.25)
    let inner = random.number(0.05...0.3)
    for bubble in placed {
      let pixel = 1 / (Float(size) * bubble.radius)
      let reach = bubble.radius * 1.05 + 1 / Float(size)
      Field.forEachPixel(
        size: size, near: bubble.center.x, bubble.center.y, reachX: reach, reachY: reach
      ) { index, dx, dy in
        let (u, v) = (dx / bubble.radius, dy / bubble.radius)
        let r = length(u, v)
        let inside = coverage(1 - r, pixel: pixel)
        guard inside > 0 else { return }
        let facing = u * lamp.x + v * lamp.y
        // A dark outline, a bright crescent opposite the lamp, and the lamp's reflection.
        let edge = smoothStep(1 - rimWidth, 1, r)
        let crescent = smoothStep(0.55, 0.85, r) * max(0, -facing) * (1 - smoothStep(0.88, 1, r))
        let spot = 1 - smoothStep(0.06, 0.2, length(u - lamp.x * 0.5, v - lamp.y * 0.5))
        var color = painting.colors[index].mixed(with: bright, inner + 0.25 * facing)
        color *= 1 - 0.5 * edge
        color = color.mixed(with: Color(1, 1, 1), saturated(0.8 * crescent + 0.9 * spot))
        painting.colors[index] = painting.colors[index].mixed(with: color, inside)
      }
    }
    return painting
  }
}
