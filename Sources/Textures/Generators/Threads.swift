// Thin threads and openwork. What tells them apart: fibrous is threads side by side in one direction;
// matted a tangle in all directions; gauzy a pale see-through cloth in soft folds; lacelike white
// openwork with flowers and scallops; cobwebbed a radial net of a few bright threads on a dark distance;
// frilly rows of ruffled hems.
extension Texture {
  package static let fibrous = Texture("fibrous", noun: "fibers") { $0.fibrous() }
  package static let matted = Texture("matted", noun: "matted hair") { $0.matted() }
  package static let gauzy = Texture("gauzy", noun: "gauze") { $0.gauzy() }
  package static let lacelike = Texture("lacelike", noun: "lace") { $0.lacelike() }
  package static let cobwebbed = Texture("cobwebbed", noun: "cobwebs") { $0.cobwebbed() }
  package static let frilly = Texture("frilly", noun: "frills") { $0.frilly() }
}

extension TextureContext {
  mutating func fibrous() -> Painting {
    let base = random.color(.any, .wood, .earth, .pale)
    let noise = noise()
    let angle = random.angle()
    let (wander, bend) = (random.number(0.01...0.03), random.number(0.006...0.02))
    let count = random.whole(220...380)
    let radius = random.scale(0.0025...0.006)
    spacing = radius * 6
    let flow = random.number(0...0.07)
    let (s, c) = (sine(angle), cosine(angle))
    var painting = Painting(
      frame().field { x, y in
        let (along, across) = (c * x + s * y, c * y - s * x)
        return 0.5 + 0.6 * noise.fractal(along * 2, across * 45, octaves: 3)
      }, low: base * 0.45, high: base)
    for strand in 0..<count {
      let start = point(margin: 0.35)
      let local = angle + flow * noise.gradient(start.x * 2, start.y * 2)
      let tone = mix(0.55, 1.3, Float(strand) / Float(count)) * random.number(0.85...1.15)
      let walk = Strand.walk(
        from: start, angle: local + random.number(-wander...wander), steps: 8,
        stepLength: random.number(0.05...0.1), bend: bend,
        radius: radius * random.number(0.5...1.3), endRadius: radius * 0.3, &random)
      painting.draw(walk, color: base * tone, roundness: 0.5)
    }
    return painting
  }

  mutating func matted() -> Painting {
    let base = random.color(.any, .wood, .earth, .stone, .pale)
    let count = random.whole(520...800)
    let bend = random.number(0.03...0.1)
    let radius = random.scale(0.0035...0.008)
    spacing = radius * 6
    let hueful = random.chance(0.25)
    let other = random.color(.any)
    var painting = Painting(size: size, color: base * 0.4)
    for strand in 0..<count {
      let depth = Float(strand) / Float(count)
      let tone = mix(0.5, 1.15, depth) * random.number(0.7...1.2)
      let color = hueful && random.chance(0.4) ? other : base
      let walk = Strand.walk(
        from: point(margin: 0.1), angle: random.angle(), steps: random.whole(8...14),
        stepLength: 0.03, bend: bend, radius: radius * random.number(0.6...1.3),
        endRadius: radius * 0.5, &random)
      painting.draw(walk, color: color * tone, roundness: 0.55)
    }
    return painting
  }

  mutating func gauzy() -> Painting {
    let cloth = random.color(
      .pale, .pale, Palette(lightness: 0.75...0.9, chroma: 0.03...0.08, hue: 0...1))
    let deep = Palette(lightness: 0.2...0.55, chroma: 0.02...0.15, hue: 0...1)
    let behind = cloth.mixed(with: random.color(deep, .dark), random.number(0.5...0.8))
    let noise = noise()
    let fold = random.angle()
    let (folds, depth) = (random.number(1.2...3), random.number(0.25...0.5))
    let strength = random.number(0.5...0.85)
    let width = random.number(0.3...0.5)
    let plane = plane(turn: 0...0.25, period: random.scale(0.026...0.042), tilt: 0.3)
      .warped(by: noise, frequency: 0.06, amount: random.number(0.4...1.4), octaves: 2)
    let (s, c) = (sine(fold), cosine(fold))
    // Soft folds: bright where the cloth lies double, clear where it is single.
    let drape = frame().field { x, y in
      let across = folds * (c * y - s * x)
      let bent = across + 0.5 * noise.gradient(x * 1.2, y * 1.2)
      return noise.fractal(0.25 * (c * x + s * y) + 3, bent, octaves: 3)
    }
    let weave = plane.field { x, y in
      // Threads are of uneven strength, and some are missing.
      let (a, b) = (
        0.8 + 0.5 * noise.value(Float(wholePart(x + 0.5)), 0),
        0.8 + 0.5 * noise.value(0, Float(wholePart(y + 0.5)))
      )
      let across = a * stripe(x, width: width, pixel: plane.pixel + 0.15)
      let down = b * stripe(y, width: width, pixel: plane.pixel + 0.15)
      return max(across, down)
    }
    let opacity = weave.combined(with: drape) { weave, drape in
      0.15 + strength * weave + depth * 1.6 * drape
    }
    var painting = Painting(opacity, low: behind, high: cloth)
    painting.shade(by: drape.map { 0.95 + 0.16 * $0 })
    return painting
  }

  mutating func lacelike() -> Painting {
    let ground = random.color(.dark, .any, .vivid) * 0.65
    let light = Palette(lightness: 0.8...0.93, chroma: 0.03...0.12, hue: 0...1)
    let thread = random.color(.pale, .pale, light)
    let petals = Float(random.whole(5...9))
    let isStaggered = random.chance(0.5)
    let net = random.number(7...11)
    let (amplitude, width) = (random.number(0.05...0.09), random.number(0.014...0.024))
    let inner = random.number(0.1...0.16)
    let period = random.scale(0.26...0.5)
    let plane = plane(turn: random.chance(0.5) ? -0.02...0.02 : 0...1, period: period, tilt: 0.3)
    let picots = Float(random.whole(14...22))
    let eye = random.number(0.025...0.045)
    let mask = plane.field { x, y in
      let cell = isStaggered ? hexagonalCell(x, y) : squareCell(x, y)
      let r = cell.radius
      let angle = direction(cell.x, cell.y)
      let pixel = plane.pixel
      func ring(_ radius: Float, _ half: Float) -> Float {
        coverage(half - abs(r - radius), pixel: pixel)
      }
      // The fine net between the flowers.
      let mesh = hexagonalCell(x * net, y * net).hexagonBorder / net
      var cover = 0.75 * coverage(width * 0.45 - mesh, pixel: pixel)
      let lobe = abs(cosine(angle * petals / 2))
      let petal = 0.27 + amplitude * lobe
      if r < petal + 0.06 {
        // A cloth-filled flower with an eyelet in every petal, edged with a scalloped cord.
        let spoke = fraction(angle * petals + 0.5) - 0.5
        let arc = spoke / petals * 2 * Float.pi * 0.22
        let eyelet = length(r - 0.225, arc)
        cover = r > petal ? cover * 0.3 : 0.85 * coverage(eyelet - eye, pixel: pixel)
        if r < inner + 0.03 {
          cover = 0.3 * coverage(0.25 - abs(fraction(angle * picots) - 0.5), pixel: 0.2)
        }
        cover = max(cover, ring(inner, width), ring(petal, width), ring(0.03, width))
      }
      let edge = 0.43 + 0.02 * abs(cosine(angle * picots / 2))
      cover = max(cover, ring(edge, width * 0.9))
      let bead = fraction(angle * picots) - 0.5
      cover = max(
        cover, coverage(0.014 - length(r - 0.4, bead / picots * 2 * Float.pi * 0.4), pixel: pixel))
      return cover
    }
    var painting = Painting(size: size, color: ground)
    painting.shade(by: grain(amount: 0.05, frequency: 4, octaves: 3))
    painting.cover(with: thread, where: mask)
    painting.shade(by: grain(amount: 0.06, frequency: 50, octaves: 1))
    return painting
  }

  mutating func cobwebbed() -> Painting {
    let isDay = random.chance(0.15)
    let (near, far) =
      isDay
      ? (random.color(.pale), random.color(.pale, .stone))
      : (random.color(.dark), random.color(.dark, .leaf, .any) * 0.6)
    let silk = random.color(isDay ? .dark : .pale)
    let noise = noise()
    let hub = point(margin: -0.2)
    let count = random.whole(13...24)
    let radius = random.number(0.0022...0.0045)
    let gap = random.scale(0.035...0.075)
    spacing = gap
    let growth = random.number(1...1.06)
    let sag = random.number(0.08...0.25)
    let missing = random.number(0...0.12)
    var angles: [Float] = []
    for index in 0..<count {
      angles.append((Float(index) + random.number(-0.3...0.3)) / Float(count))
    }
    func ray(_ index: Int) -> SIMD2<Float> {
      let angle = angles[index % count]
      return SIMD2(cosine(angle), sine(angle))
    }
    var mask = Field(size: size, repeating: 0)
    for index in 0..<count {
      mask.draw(
        Strand(points: [hub, hub + 1.5 * ray(index)], startRadius: radius, endRadius: radius * 1.3))
    }
    for index in 0..<count {
      // The capture thread: chords between neighbouring rays, hanging towards the hub.
      var (reach, step) = (gap * (0.8 + Float(index) / Float(count)), gap)
      while reach < 1.1 {
        let inner = reach + random.number(-0.12...0.12) * step
        let outer = reach + step / Float(count) + random.number(-0.12...0.12) * step
        let isThere = !random.chance(missing)
        let (from, end) = (hub + inner * ray(index), hub + outer * ray(index + 1))
        let middle = (from + end) / 2
        let hang = middle + (hub - middle) * (sag * min(1, 6 / Float(count)))
        if isThere {
          mask.draw(
            .spline(through: [from, hang, end], pieces: 4, radius: radius * 0.75), strength: 0.85)
        }
        reach += step
        step *= growth
      }
    }
    for _ in 0..<random.whole(0...8) {
      // Stray threads that hold the web.
      let (from, angle) = (point(), random.angle())
      let axis = SIMD2(cosine(angle), sine(angle))
      mask.draw(
        Strand(
          points: [from - axis, from + axis], startRadius: radius * 0.7, endRadius: radius * 0.7),
        strength: 0.6)
    }
    var painting = Painting(
      frame().field { x, y in 0.45 + 0.8 * noise.fractal(x * 2.2, y * 2.2, octaves: 2) }, low: near,
      high: far)
    let glow = frame().field { x, y in 0.9 + 0.3 * noise.gradient(x * 2 + 8, y * 2) }
    painting.cover(with: silk, where: mask * glow)
    return painting
  }

  mutating func frilly() -> Painting {
    let colors =
      random.chance(0.6)
      ? [random.color(.any, .vivid, .pale)]
      : [random.color(.any, .vivid), random.color(.pale, .any)]
    let noise = noise()
    let rows = random.scale(0.16...0.3)
    let waves = random.number(0.7...1.3)
    let (swing, fold) = (random.number(0.12...0.22), random.number(0.3...0.55))
    let isRound = random.chance(0.3)
    let center = point(margin: 0.1)
    var plane = plane(turn: random.chance(0.6) ? -0.04...0.04 : 0...1, period: rows, tilt: 0.3)
    if isRound {
      plane = frame().divided(by: rows).moved { x, y in
        let (dx, dy) = (x - center.x / rows, y - center.y / rows)
        let r = length(dx, dy)
        return (direction(dx, dy) * 12 + 6, r)
      }
    }
    // The hem of a row hangs in waves; every row lies over the one below it.
    func phase(_ x: Float, _ row: Int) -> Float {
      waves * x + 0.5 * noise.gradient(x * 0.7, Float(row) * 3.3 + 0.5) + Float(row) * 0.37
    }
    var painting = plane.painting { x, y in
      var row = wholePart(y) - 1
      var hem: Float = 0
      while true {
        hem =
          Float(row) + 1 + swing * sine(phase(x, row))
          + 0.18 * swing * sine(2 * phase(x, row) + 0.3)
        if hem > y || Float(row) > y + 2 { break }
        row += 1
      }
      // 0 at the seam where the ruffle is gathered, 1 at its hem.
      let down = saturated((y - Float(row) + 0.2) / (hem - Float(row) + 0.2))
      let t = phase(x, row)
      let ripple = cosine(t + 0.08) * down + 0.5 * cosine(3 * t + 0.2) * (1 - 0.5 * down)
      let gathers = noise.fractal(t * 5, down * 0.6, octaves: 2) * (1 - 0.6 * down)
      let shade = 0.62 + 0.28 * down + fold * 0.45 * ripple + 0.3 * gathers
      let edge = coverage(0.035 - (hem - y), pixel: plane.pixel * 1.5)
      let color = colors[row & 1 == 0 ? 0 : colors.count - 1]
      // The row above throws a shadow on the top of this one.
      let above =
        Float(row) + swing * sine(phase(x, row - 1)) + 0.18 * swing
        * sine(2 * phase(x, row - 1) + 0.3)
      let shadow = 1 - 0.6 * (1 - smoothStep(0, 0.35, y - above))
      return color * (shade * shadow) + Color(repeating: 0.18 * edge)
    }
    painting.shade(by: grain(amount: 0.03))
    return painting
  }
}
