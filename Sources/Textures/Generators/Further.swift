// Patterns with names of their own that are none of DTD's attributes: what a model that knows those has
// never been told of. Argyle is diamonds under thin crossing lines; tartan bands that cross as woven ones
// do; houndstooth checks with hooked corners; herringbone short planks at right angles; bricked courses
// with mortar; rippled rings of waves from a few places; camouflaged a few flat colours in patches; starry
// pointed stars on a ground.
extension Texture {
  package static let argyle = Texture("argyle", noun: "argyle diamonds") { $0.argyle() }
  package static let tartan = Texture("tartan", noun: "tartan bands") { $0.tartan() }
  package static let houndstooth = Texture("houndstooth", noun: "houndstooth checks") {
    $0.houndstooth()
  }
  package static let herringbone = Texture("herringbone", noun: "herringbone planks") {
    $0.herringbone()
  }
  package static let bricked = Texture("bricked", noun: "bricks") { $0.bricked() }
  package static let rippled = Texture("rippled", noun: "ripples") { $0.rippled() }
  package static let camouflaged = Texture("camouflaged", noun: "camouflage") { $0.camouflaged() }
  package static let starry = Texture("starry", noun: "stars") { $0.starry() }
}

extension TextureContext {
  mutating func argyle() -> Painting {
    let colors = random.series(count: 3)
    let line = random.color(.pale, .dark)
    let width = random.number(0.03...0.07)
    let stretch = random.number(0.5...0.75)
    let period = random.scale(0.15...0.4)
    let plane = plane(turn: random.chance(0.8) ? -0.02...0.02 : 0...0.25, period: period)
    return plane.painting { x, y in
      // Diagonals of the rectangles are the diamonds' sides.
      let (u, v) = (x + y * stretch, x - y * stretch)
      let (column, row) = (wholePart(u), wholePart(v))
      let index = (column + row) & 1 == 0 ? 0 : 1 + (column & 1)
      let crossing = max(
        stripe(u + 0.5, width: width, pixel: plane.pixel),
        stripe(v + 0.5, width: width, pixel: plane.pixel))
      return colors[index].mixed(with: line, crossing)
    }
  }

  mutating func tartan() -> Painting {
    let colors = random.series(count: 4)
    let count = random.whole(3...5)
    let marks = (0..<count).map { _ in
      (place: random.number(0...1), width: random.number(0.02...0.22), color: random.whole(1...3))
    }
    let period = random.scale(0.25...0.5)
    let twill = random.number(70...130)
    let plane = plane(turn: random.chance(0.7) ? -0.02...0.02 : 0...0.25, period: period)
    func band(_ position: Float) -> Color {
      var color = colors[0]
      for mark in marks {
        color = color.mixed(
          with: colors[mark.color],
          stripe(position - mark.place, width: mark.width, pixel: plane.pixel))
      }
      return color
    }
    return plane.painting { x, y in
      // Twill: warp and weft come up by turns along diagonals.
      let threads = twill * period
      let over = 0.5 + 0.35 * squareWave((x + y) * threads, pixel: plane.pixel * threads)
      return band(x).mixed(with: band(y), over)
    }
  }

  mutating func houndstooth() -> Painting {
    let (ground, ink) = random.pair(contrast: 0.5)
    let period = random.scale(0.1...0.28)
    let plane = plane(turn: random.chance(0.7) ? -0.02...0.02 : 0...0.25, period: period)
    let pixel = plane.pixel
    return plane.painting { x, y in
      // As four dark and four light threads each way make it in twill, two over and two under.
      let warp = 0.5 + 0.5 * squareWave(x, pixel: pixel)
      let weft = 0.5 + 0.5 * squareWave(y, pixel: pixel)
      let over = 0.5 + 0.5 * squareWave(2 * (x + y), pixel: 2.8 * pixel)
      return ground.mixed(with: ink, mix(weft, warp, over))
    }
  }

  mutating func herringbone() -> Painting {
    let wood = random.color(.wood, .stone, .earth, .any)
    let gap = random.color(.dark)
    let ratio = random.whole(3...5)
    let joint = random.number(0.03...0.09)
    let spread = random.number(0.1...0.35)
    let (cells, noise) = (cells(), noise())
    let period = random.scale(0.05...0.1)
    let plane = plane(turn: 0.11...0.14, period: period)
    return plane.painting { x, y in
      // Columns of unit width: along them, blocks of `ratio` lie across by turns, one step further a row.
      let (column, row) = (wholePart(x), wholePart(y))
      let place = (column - row) % (2 * ratio)
      let step = place < 0 ? place + 2 * ratio : place
      let isFlat = step < ratio
      let (along, across) =
        isFlat
        ? (x - Float(column - step), fraction(y))
        : (y - Float(row - (2 * ratio - 1 - step)), fraction(x))
      let label =
        isFlat
        ? cells.label(column: column - step, row: row)
        : cells.label(column: column, row: row - (2 * ratio - 1 - step) + 7)
      let edge = min(min(along, Float(ratio) - along), min(across, 1 - across))
      let fibre = noise.fractal(isFlat ? x : 6 * x, isFlat ? 6 * y : y, octaves: 2)
      let plank = wood * (1 + spread * (2 * label - 1) + 0.12 * fibre)
      return gap.mixed(with: plank, coverage(edge - joint, pixel: plane.pixel))
    }
  }

  mutating func bricked() -> Painting {
    let clay = Palette(lightness: 0.42...0.66, chroma: 0.06...0.14, hue: 0.05...0.14)
    let brick = random.color(clay, clay, .stone, .any)
    let mortar = random.color(.pale, .stone, .dark)
    let ratio = random.number(0.38...0.55)
    let joint = random.number(0.025...0.06)
    let spread = random.number(0.1...0.35)
    let (cells, noise) = (cells(), noise())
    let period = random.scale(0.12...0.3)
    let plane = plane(turn: -0.02...0.02, period: period)
    let light = light()
    func brickCell(_ x: Float, _ y: Float) -> (edge: Float, label: Float) {
      let row = wholePart(y / ratio)
      let shifted = x + (row & 1 == 0 ? 0 : 0.5)
      let column = wholePart(shifted)
      let (dx, dy) = (shifted - Float(column), y - Float(row) * ratio)
      let edge = min(min(dx, 1 - dx), min(dy, ratio - dy))
      return (edge, cells.label(column: column, row: row))
    }
    let height = plane.field { x, y in
      period * 0.12 * smoothStep(joint * 0.6, joint * 1.6, brickCell(x, y).edge)
        + period * 0.02 * noise.fractal(9 * x, 9 * y, octaves: 3)
    }
    var painting = plane.painting { x, y in
      let cell = brickCell(x, y)
      let tone = 1 + spread * (2 * cell.label - 1) + 0.15 * noise.fractal(4 * x, 4 * y, octaves: 3)
      return mortar.mixed(with: brick * tone, coverage(cell.edge - joint, pixel: plane.pixel))
    }
    painting.shade(by: light.shading(of: height))
    return painting
  }

  mutating func rippled() -> Painting {
    let colors = random.series(count: 2)
    let count = random.whole(1...3)
    let sources = (0..<count).map { _ in point(margin: 0.1) }
    let wavelength = random.scale(0.045...0.13)
    spacing = wavelength
    let (amplitude, reach) = (random.number(0.1...0.22), random.number(0.5...1.4))
    let noise = noise()
    let light = light()
    let waves = frame().field { x, y in
      var sum = 0.04 * noise.fractal(4 * x, 4 * y, octaves: 2)
      for source in sources {
        let radius = length(x - source.x, y - source.y)
        sum += sine(radius / wavelength) * max(0.15, 1 - radius / reach)
      }
      return sum / Float(count)
    }
    let height = waves * (amplitude * wavelength)
    var painting = Painting(
      waves.map { 0.5 + 0.25 * $0 }, low: colors[0], high: colors[1])
    painting.shade(by: light.shading(of: height))
    painting.brighten(by: light.highlights(of: height, sharpness: 5) * random.number(0.2...0.7))
    return painting
  }

  mutating func camouflaged() -> Painting {
    let arid = Palette(lightness: 0.3...0.75, chroma: 0.02...0.09, hue: 0.15...0.36)
    let isNatural = random.chance(0.6)
    let series = random.series(count: 4)
    let colors = (0..<4).map { isNatural ? random.color(arid, .leaf, .dark, .earth) : series[$0] }
    let layers = (0..<3).map { _ in noise() }
    let thresholds = (0..<3).map { _ in random.number(0.02...0.16) }
    let stretch = random.number(0.5...1)
    let isDigital = random.chance(0.3)
    let period = random.scale(0.14...0.34)
    let plane = plane(turn: -0.03...0.03, period: period, tilt: 0)
    let steps = random.number(5...9)
    return plane.painting { x, y in
      let u = isDigital ? Float(wholePart(x * steps)) / steps : x
      let v = isDigital ? Float(wholePart(y * steps)) / steps : y
      var color = colors[0]
      for (index, layer) in layers.enumerated() {
        let value = layer.fractal(u * stretch, v, octaves: 3) - thresholds[index]
        let share: Float =
          isDigital ? (value > 0 ? 1 : 0) : coverage(value, pixel: plane.pixel)
        color = color.mixed(with: colors[index + 1], share)
      }
      return color
    }
  }

  mutating func starry() -> Painting {
    let (ground, ink) = random.pair(contrast: 0.4)
    let points = Float(random.whole(4...8))
    let (outer, inner) = (random.number(0.26...0.42), random.number(0.35...0.55))
    let isRegular = random.chance(0.5)
    let cells = cells()
    let turn = random.angle()
    let plane = plane(period: random.scale(0.12...0.28))
    return plane.painting { x, y in
      let cell = isRegular ? hexagonalCell(x, y) : squareCell(x, y)
      let label = isRegular ? 0 : cells.label(column: cell.column, row: cell.row)
      let size = outer * (1 - 0.5 * label)
      // Between a point and the next notch the rim is nearly straight.
      let angle = direction(cell.x, cell.y) + turn + label
      let position = triangleWave(angle * points)
      let rim = size * inner / (inner * (1 - position) + position)
      return ground.mixed(with: ink, coverage(rim - cell.radius, pixel: plane.pixel))
    }
  }
}
