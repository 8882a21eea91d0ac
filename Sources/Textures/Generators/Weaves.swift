// Strands that pass over and under each other. What tells them apart: woven fills the plane with two sets
// of straight threads; braided is ropes of three strands side by side; interlaced is outlined ribbons or
// rings before a visible ground; knitted is columns of V-shaped stitches.
extension Texture {
  package static let woven = Texture("woven", noun: "woven threads") { $0.woven() }
  package static let braided = Texture("braided", noun: "braids") { $0.braided() }
  package static let interlaced = Texture("interlaced", noun: "interlaced ribbons") {
    $0.interlaced()
  }
  package static let knitted = Texture("knitted", noun: "knitted stitches") { $0.knitted() }
}

extension TextureContext {
  mutating func woven() -> Painting {
    let pattern = random.whole(0...3)  // plain twice, twill, basket
    let base = random.color(.any, .earth, .wood)
    let other = random.chance(0.5) ? base : random.color(.any, .pale)
    let gap = random.number(0.04...0.1)
    let bulge = random.number(0.12...0.22)
    let fibers = random.number(0.06...0.16)
    let (noise, cells) = (noise(), cells())
    let period = random.scale(0.06...0.16)
    let plane = plane(turn: random.chance(0.5) ? -0.03...0.03 : 0...0.25, period: period)
    // Whether the upright thread of a column lies on top in a row.
    func isOver(_ column: Int, _ row: Int) -> Bool {
      switch pattern {
      case 2: (column - row) & 3 < 2
      case 3: (column >> 1 + row >> 1) & 1 == 0
      default: (column + row) & 1 == 0
      }
    }
    // The height of the thread on top, and how far it lies from its axis.
    func top(_ x: Float, _ y: Float) -> (height: Float, isUpright: Bool, across: Float) {
      let cell = squareCell(x, y)
      let isUpright = isOver(cell.column, cell.row)
      let (across, along) = isUpright ? (cell.x, cell.y) : (cell.y, cell.x)
      let step = along > 0 ? 1 : -1
      let goesOn =
        isUpright
        ? isOver(cell.column, cell.row + step) : !isOver(cell.column + step, cell.row)
      let arch = goesOn ? 1 : 1 - 3 * along * along
      let radius = 0.5 - gap
      let round = abs(across) < radius ? roundProfile(across / radius) : 0
      return (round > 0 ? round * 0.25 + bulge * arch : -0.2, isUpright, across)
    }
    let height = plane.field { x, y in period * top(x, y).height }
    let light = light(elevation: 0.1...0.16)
    var painting = plane.painting { x, y in
      let top = top(x, y)
      let cell = squareCell(x, y)
      let (along, across) = top.isUpright ? (y, x) : (x, y)
      let thread = top.isUpright ? cell.column : cell.row + 17
      let tint = 0.9 + 0.2 * cells.label(column: thread, row: top.isUpright ? 1 : 2)
      let fiber = 1 + fibers * noise.fractal(along * 1.5, across * 14, octaves: 2)
      let covered = coverage(0.5 - gap - abs(top.across), pixel: plane.pixel)
      let color = (top.isUpright ? base : other) * (tint * fiber)
      return (color * 0.25).mixed(with: color, covered)
    }
    painting.shade(by: light.shading(of: height))
    return painting
  }

  mutating func braided() -> Painting {
    let colors =
      random.chance(0.6)
      ? Array(repeating: random.color(.any, .wood, .earth, .pale), count: 3)
      : random.series(count: 3)
    let ground = random.color(.dark, .any) * 0.6
    let columns = random.scale(0.17...0.55)
    let pitch = random.number(1.1...1.7)
    let radius = random.number(0.17...0.21)
    let swing = random.number(0.24...0.28)
    let noise = noise()
    let twist = random.number(0.25...0.5)
    let fibers = random.number(0.15...0.3)
    let plane = plane(
      turn: random.chance(0.5) ? -0.04...0.04 : 0...1, period: columns, tilt: 0.4)
    // The strands of a plait swing across it at a third of a period from one another, and up and down
    // twice as often: that is what makes each pass over one neighbour and under the other.
    func top(_ x: Float, _ y: Float) -> (height: Float, strand: Int, across: Float, along: Float) {
      let column = wholePart(x + 0.5)
      let u = x - Float(column)
      let along = y / pitch + 0.37 * Float(column)
      var best = (height: Float(-0.4), strand: -1, across: Float(0), along: along)
      for strand in 0..<3 {
        let t = along + Float(strand) / 3
        let center = swing * sine(t)
        // The strand's slope shortens the distance measured along a row.
        let slope = swing * 2 * Float.pi * cosine(t) / pitch
        let across = (u - center) / (1 + slope * slope).squareRoot()
        guard abs(across) < radius else { continue }
        let height = 0.16 * sine(2 * t) + radius * roundProfile(across / radius)
        if height > best.height { best = (height, strand, across / radius, t) }
      }
      return best
    }
    let height = plane.field { x, y in columns * top(x, y).height }
    let light = light(elevation: 0.09...0.14)
    var painting = plane.painting { x, y in
      let top = top(x, y)
      guard top.strand >= 0 else { return ground }
      let edge = 1 - 0.55 * top.across * top.across * top.across * top.across
      let fiber = noise.fractal(
        top.along * 6 + 5 * Float(top.strand), (top.across + twist * top.along * 8) * 4, octaves: 2)
      return colors[top.strand] * (edge * (1 + fibers * fiber))
    }
    painting.shade(by: light.shading(of: height))
    return painting
  }

  mutating func interlaced() -> Painting {
    let kind = random.whole(0...2)
    let (ground, ribbon) = random.pair(contrast: 0.3)
    let second = random.chance(0.4) ? random.color(.any) : ribbon
    let outline = random.color(.dark)
    let width = random.number(0.14...0.2)
    let period = random.scale(0.16...0.34)
    let turn: ClosedRange<Float> = kind == 1 ? 0.105...0.145 : (random.chance(0.5) ? 0...0 : 0...1)
    let plane = plane(turn: turn, period: period, tilt: 0.3)
    let amplitude = random.number(0.62...0.8)
    let radius = random.number(0.56...0.66)
    let hasGroove = random.chance(0.5)
    // The strand on top: its height, how far across it the place is (−1…1), and which it is.
    typealias Top = (height: Float, across: Float, strand: Int)
    func wave(_ x: Float, _ y: Float) -> Top {
      var best: Top = (-9, 2, 0)
      let nearest = wholePart(x + 0.5)
      for strand in nearest - 1...nearest + 1 {
        let phase = y * 0.5 + 0.5 * Float(strand & 1)
        let slope = amplitude * Float.pi * cosine(phase)
        let center = Float(strand) + amplitude * sine(phase)
        let across = (x - center) / (1 + slope * slope).squareRoot() / width
        let height = cosine(phase)
        if abs(across) < 1.25, height > best.height { best = (height, across, strand) }
      }
      return best
    }
    func plait(_ x: Float, _ y: Float) -> Top {
      let cell = squareCell(x, y)
      let isFirst = (cell.column + cell.row) & 1 == 0
      let (a, b) = (cell.x / width / 1.3, cell.y / width / 1.3)
      if isFirst ? abs(a) < 1.25 : abs(b) >= 1.25 { return (1, a, 0) }
      return (0, b, 1)
    }
    func rings(_ x: Float, _ y: Float) -> Top {
      let cell = squareCell(x, y)
      var best: Top = (-9, 2, 0)
      for down in -1...1 {
        for right in -1...1 {
          let (dx, dy) = (cell.x - Float(right), cell.y - Float(down))
          let across = (length(dx, dy) - radius) / width * 1.5
          guard abs(across) < 1.25 else { continue }
          // Over at one crossing with a neighbour, under at the other.
          let height = sine(2 * direction(dx, dy) + 0.06)
          if height > best.height {
            best = (height, across, (cell.column + right + cell.row + down) & 1)
          }
        }
      }
      return best
    }
    return plane.painting { x, y in
      let top =
        switch kind {
        case 0: wave(x, y)
        case 1: plait(x, y)
        default: rings(x, y)
        }
      let pixel = plane.pixel / width
      let distance = abs(top.across)
      var color = top.strand & 1 == 0 ? ribbon : second
      color *= 1.08 - 0.3 * distance * distance
      if hasGroove { color *= 1 - 0.25 * coverage(0.2 - distance, pixel: pixel) }
      return
        ground
        .mixed(with: outline, coverage(1.22 - distance, pixel: pixel))
        .mixed(with: color, coverage(0.92 - distance, pixel: pixel))
    }
  }

  mutating func knitted() -> Painting {
    let yarn = random.color(.any, .vivid, .pale)
    let other = random.color(.any, .vivid, .pale)
    let design = random.whole(0...3)  // plain twice, rows, spots
    let (noise, cells) = (noise(), cells())
    let slant = random.number(0.9...1.5)
    let stretch = random.number(0.75...1)
    let fuzz = random.number(0.12...0.25)
    let period = random.scale(0.075...0.17)
    let plane = plane(turn: random.chance(0.6) ? -0.04...0.04 : 0...1, period: period, tilt: 0.4)
      .warped(by: noise, frequency: 0.3, amount: random.number(0...0.25))
    let rowEvery = random.whole(2...4)
    func stitch(_ x: Float, _ y: Float) -> (height: Float, column: Int, row: Int) {
      let column = wholePart(x + 0.5)
      let beside = abs(x - Float(column))  // 0 in the V's point, ½ at the column's edge
      let position = y / stretch + slant * beside
      let row = wholePart(position)
      let q = 2 * (position - Float(row)) - 1
      let p = 4 * beside - 1
      let body = max(0, 1 - q * q) * max(0, 1 - 0.85 * p * p)
      return (body.squareRoot(), column, row)
    }
    let height = plane.field { x, y in 0.35 * period * stitch(x, y).height }
    let light = light(elevation: 0.1...0.15)
    var painting = plane.painting { x, y in
      let stitch = stitch(x, y)
      let isOther =
        switch design {
        case 2: (stitch.row / rowEvery) & 1 == 0
        case 3: cells.label(column: stitch.column, row: stitch.row) < 0.25
        default: false
        }
      let side: Float = x - Float(stitch.column) < 0 ? 1 : -1
      let fiber = noise.fractal((x - side * y) * 9, (y + side * x) * 2, octaves: 2)
      let depth = 0.3 + 0.75 * stitch.height
      return (isOther ? other : yarn) * (depth * (1 + fuzz * fiber))
    }
    painting.shade(by: light.shading(of: height))
    return painting
  }
}
