// Figures that have a name of their own: the spiral, and the bent drop of paisley cloth.
extension Texture {
  package static let spiralled = Texture("spiralled", noun: "spirals") { $0.spiralled() }
  package static let paisley = Texture("paisley", noun: "paisley drops") { $0.paisley() }
}

extension TextureContext {
  mutating func spiralled() -> Painting {
    let (first, second) = random.pair(contrast: 0.4)
    let isSingle = random.chance(0.5)
    let windings = isSingle ? random.number(5...11) : random.number(2.5...4.5)
    let arms: Float = isSingle ? Float(random.choice([1, 1, 2, 3])) : 1
    let width = random.number(0.35...0.6)
    let isTightening = random.chance(0.4)
    let cells = cells(jitter: 0.25)
    let isRelief = random.chance(0.3)
    let center = point(margin: -0.28)
    let squash = random.number(0.75...1)
    let hand = random.sign()
    let start = random.angle()
    let light = light()
    // Position across the turns of the nearest spiral; whole numbers lie on the line.
    let plane: Plane
    if isSingle {
      plane = frame().moved { x, y in (x - center.x, (y - center.y) / squash) }
      spacing = 0.7 / windings
    } else {
      plane = self.plane(turn: 0...1, period: random.scale(0.3...0.5), tilt: 0.2)
      spacing /= windings
    }
    func position(_ x: Float, _ y: Float) -> Float {
      var (dx, dy, sense, phase) = (x, y, hand, start)
      if !isSingle {
        let near = cells.nearest(x, y)
        (dx, dy) = (near.offset.x, near.offset.y)
        sense = near.label < 0.5 ? 1 : -1
        phase = near.label * 7
      }
      let r = length(dx, dy)
      let along = isTightening ? 1.15 * windings * (r * 0.72).squareRoot() : windings * r * 1.4
      return along - arms * sense * direction(dx, dy) + phase
    }
    let pixel = plane.pixel * windings * 1.4
    var painting = Painting(
      plane.field { x, y in stripe(position(x, y), width: width, pixel: pixel) }, low: first,
      high: second)
    if isRelief {
      let height = plane.field { x, y in
        let position = position(x, y)
        let across = 2 * (position - Float(wholePart(position + 0.5)))
        return 0.6 * spacing * roundProfile(across)
      }
      painting = Painting(size: size, color: first)
      painting.shade(by: light.shading(of: height))
      painting.shade(by: height.map { 0.4 + $0 / spacing })
    }
    return painting
  }

  mutating func paisley() -> Painting {
    let (ground, main) = random.pair(contrast: 0.3)
    let series = random.series(count: 3)
    let colors = [main, series[0], series[2], series[1], main]
    let cells = cells(jitter: 0.15)
    let period = random.scale(0.24...0.46)
    let plane = plane(period: period, tilt: 0.2)
    let curl = random.number(1.2...2.2)
    let scale = random.number(0.56...0.68)
    let isAligned = random.chance(0.4)
    let dots = random.number(8...13)
    // How far inside a drop with a bent tip the place is: 1 in the middle of the round end, 0 on the
    // outline, negative outside. The round end's middle is the origin; the tip points up.
    func depth(_ x: Float, _ y: Float) -> Float {
      let up = -y
      let t = (up + 0.3) / 0.8  // 0 at the round end's bottom, 1 at the tip
      let bend = up > 0 ? curl * up * up : 0
      let side = x - bend
      if up <= 0 { return 1 - length(side, up) / 0.3 }
      guard t < 1 else { return 1 - (length(side, up - 0.5) / 0.3 + 1) }
      let half = 0.3 * (1 - up / 0.5) * (1 + 0.9 * up / 0.5)
      return half > 0.001 ? (half - abs(side)) / 0.3 : -abs(side) / 0.3
    }
    return plane.painting { x, y in
      let near = cells.nearest(x, y)
      let turn = isAligned ? Float(near.label < 0.5 ? 0 : 0.5) : near.label * 3
      let (s, c) = (sine(turn), cosine(turn))
      let mirror: Float = fraction(near.label * 11) < 0.5 ? 1 : -1
      let u = mirror * (c * near.offset.x + s * near.offset.y) / scale * 0.62
      let v = (c * near.offset.y - s * near.offset.x) / scale * 0.62 - 0.06
      let depth = depth(u, v)
      let pixel = plane.pixel * 2.1 / scale
      // Small flowers fill the ground.
      let small = hexagonalCell(x * dots * 0.5, y * dots * 0.5)
      let flower = 0.16 + 0.07 * cosine(direction(small.x, small.y) * 5)
      var color = ground
      if depth < -0.12 {
        let dot = coverage(flower - small.radius, pixel: plane.pixel * dots * 0.5)
        color = color.mixed(with: colors[1], dot * smoothStep(-0.12, -0.3, depth))
      }
      // Scallops round the outline, then bands within, and beads on one of them.
      let angle = direction(u, v)
      let scallop = 0.07 * abs(cosine(angle * 9))
      color = color.mixed(with: colors[0], coverage(depth + 0.06 + scallop, pixel: pixel))
      color = color.mixed(with: colors[3], coverage(depth, pixel: pixel))
      color = color.mixed(with: colors[2], coverage(depth - 0.2, pixel: pixel))
      let bead = fraction(angle * 14) - 0.5
      let beads = coverage(0.06 - length(depth - 0.1, bead * 0.18), pixel: pixel)
      color = color.mixed(with: ground, beads)
      color = color.mixed(with: ground, coverage(depth - 0.42, pixel: pixel))
      return color.mixed(with: colors[0], coverage(depth - 0.6, pixel: pixel))
    }
  }
}
