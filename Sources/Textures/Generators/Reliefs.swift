// Surfaces known by light and shade. What tells them apart: bumpy is domes that stand out; pitted small
// sparse shallow hollows; porous holes of all sizes over half the surface; potholed a few wide broken
// holes in a road; wrinkled random creases; pleated parallel folds of cloth; grooved level ground with
// narrow parallel channels.
extension Texture {
  package static let bumpy = Texture("bumpy", noun: "bumps") { $0.bumpy() }
  package static let pitted = Texture("pitted", noun: "pits") { $0.pitted() }
  package static let porous = Texture("porous", noun: "pores") { $0.porous() }
  package static let potholed = Texture("potholed", noun: "potholes") { $0.potholed() }
  package static let wrinkled = Texture("wrinkled", noun: "wrinkles") { $0.wrinkled() }
  package static let pleated = Texture("pleated", noun: "pleats") { $0.pleated() }
  package static let grooved = Texture("grooved", noun: "grooves") { $0.grooved() }
}

extension TextureContext {
  mutating func bumpy() -> Painting {
    let color = random.color(.any, .stone, .earth)
    let cells = cells(jitter: random.number(0.3...1))
    let noise = noise()
    let period = random.scale(0.08...0.19)
    let height = random.number(0.25...0.45)
    let radius = random.number(0.6...0.8)
    let plane = plane(period: period).warped(by: noise, frequency: 0.8, amount: 0.15)
    let light = light()
    let isApart = random.chance(0.3)
    let bumps = plane.field { x, y in
      if isApart {
        // Low knobs in rows on a level ground.
        let r = hexagonalCell(x, y).radius / (radius * 0.55)
        return 0.7 * max(0, 1 - r * r)
      }
      let near = cells.nearest(x, y)
      let r = near.first / (radius * (0.75 + 0.25 * near.label))
      let dome = max(0, 1 - r * r)
      return dome * (0.6 + 0.4 * near.label)
    }
    var painting = Painting(size: size, color: color)
    painting.shade(by: light.shading(of: bumps * (period * height * 1.6)))
    painting.shade(by: bumps.map { 0.7 + 0.4 * $0 })
    if random.chance(0.4) {
      let gloss = light.highlights(of: bumps * (period * height), sharpness: 5)
      painting.brighten(by: gloss * random.number(0.2...0.5))
    }
    painting.shade(by: grain(amount: 0.05))
    return painting
  }

  mutating func pitted() -> Painting {
    let color = random.color(.stone, .metal, .any, .earth)
    let noise = noise()
    let layers = [(cells(), random.scale(0.05...0.08)), (cells(), random.scale(0.025...0.045))]
    let share = random.number(0.45...0.8)
    let light = light()
    var height = frame().field { x, y in
      0.003 * noise.fractal(x * 22, y * 22, octaves: 4, gain: 0.6)
    }
    var dark = Field(size: size, repeating: 0)
    for (cells, period) in layers {
      let plane = plane(period: period, tilt: 0.3)
      let pit = plane.field { x, y in
        let near = cells.nearest(x, y)
        guard near.label < share else { return 0 }
        let radius = 0.12 + 0.26 * fraction(near.label * 53)
        let r = (near.first + 0.05 * noise.gradient(x * 3, y * 3)) / radius
        return max(0, 1 - r * r)
      }
      height = height.combined(with: pit) { $0 - 0.4 * period * $1 }
      dark = dark.combined(with: pit) { max($0, $1) }
    }
    spacing = layers[0].1
    var painting = Painting(size: size, color: color)
    painting.shade(by: light.shading(of: height))
    painting.shade(by: dark.map { 1 - 0.6 * $0.squareRoot() })
    painting.shade(by: grain(amount: 0.12, frequency: 3, octaves: 3))
    return painting
  }

  mutating func porous() -> Painting {
    let color = random.color(.crust, .stone, .earth, .any, .pale)
    let noise = noise()
    let largest = random.scale(0.11...0.22)
    let light = light()
    var depth = Field(size: size, repeating: 0)
    for (scale, share, reach) in [(1, 0.75, 0.5), (0.5, 0.7, 0.42), (0.24, 0.6, 0.38)]
      as [(Float, Float, Float)]
    {
      let cells = cells()
      let plane = plane(period: largest * scale, tilt: 0.2)
        .warped(by: noise, frequency: 1, amount: 0.2)
      let hole = plane.field { x, y in
        let near = cells.nearest(x, y)
        guard near.label < share else { return 0 }
        let radius = reach * (0.6 + 0.4 * fraction(near.label * 71))
        // Never across the wall to the next cell.
        return smoothStep(0, 0.16, min(radius - near.first, near.borderDistance - 0.04))
      }
      depth = depth.combined(with: hole) { max($0, $1 * (0.55 + 0.45 * scale)) }
    }
    spacing = largest
    let rough = frame().field { x, y in noise.fractal(x * 30, y * 30, octaves: 3) }
    let height = depth.combined(with: rough) { 0.004 * $1 - 0.035 * $0 }
    var painting = Painting(size: size, color: color)
    painting.shade(by: light.shading(of: height))
    painting.shade(by: depth.combined(with: rough) { (1 - 0.78 * $0) * (1 + 0.08 * $1) })
    return painting
  }

  mutating func potholed() -> Painting {
    let road = random.color(
      Palette(lightness: 0.42...0.68, chroma: 0...0.02, hue: 0...1),
      Palette(lightness: 0.5...0.68, chroma: 0.01...0.05, hue: 0.12...0.22))
    let gravel = random.color(.earth, .stone) * 0.85
    let isWet = random.chance(0.35)
    let sky = Color(
      lightness: random.number(0.6...0.9), chroma: random.number(0...0.05), hue: 0.68)
    let (noise, cells) = (noise(), cells())
    let light = light()
    let count = random.whole(1...4)
    var holes: [(center: SIMD2<Float>, radius: Float, aspect: Float)] = []
    for _ in 0..<count {
      let radius = random.number(0.16...0.27) / (Float(count) / 2).squareRoot()
      holes.append((point(margin: -0.12), radius, random.number(1...1.7)))
    }
    spacing = 0.3
    let ragged = random.number(0.25...0.45)
    let (shiftX, shiftY) = (random.number(0...9), random.number(0...9))
    let frame = frame()
    // Negative in a hole, in units of its radius.
    let distance = frame.field { x, y in
      let edge = ragged * noise.fractal(x * 5 + shiftX, y * 5 + shiftY, octaves: 4, gain: 0.55)
      var least: Float = 9
      for hole in holes {
        let (dx, dy) = (x - hole.center.x, (y - hole.center.y) * hole.aspect)
        least = min(least, length(dx, dy) / hole.radius - 1)
      }
      return least + edge
    }
    let stones = frame.field { x, y in
      let near = cells.nearest(x * 34, y * 34)
      return max(0, 1 - 1.6 * near.first) * (0.4 + 0.6 * near.label)
    }
    let rough = frame.field { x, y in noise.fractal(x * 45, y * 45, octaves: 2) }
    let inside = distance.map { 1 - smoothStep(-0.16, 0, $0) }
    let wet = distance.map { isWet ? 1 - smoothStep(-0.42, -0.36, $0) : 0 }
    var height = inside.combined(with: stones) { -0.045 * $0 + 0.012 * $0 * $1 }
    height = height.combined(with: rough) { $0 + 0.003 * $1 }
    var painting = Painting(size: size, color: road)
    painting.shade(by: rough.map { 1 + 0.3 * $0 })
    painting.shade(by: stones.map { 0.92 + 0.16 * $0 })
    painting.cover(with: gravel, where: inside)
    painting.shade(by: inside.combined(with: stones) { 1 - 0.5 * $0 * (1 - 0.6 * $1) })
    painting.shade(by: light.shading(of: height))
    painting.cover(with: sky, where: wet * 0.85)
    // Cracks run from the holes.
    let cracks = frame.field { x, y in
      let u = x + 0.05 * noise.fractal(x * 6, y * 6, octaves: 2)
      let v = y + 0.05 * noise.fractal(x * 6 + 5, y * 6, octaves: 2)
      return cells.nearest(u * 3 + 4, v * 3).borderDistance
    }
    painting.shade(
      by: cracks.combined(with: distance) { crack, distance in
        1 - 0.6 * coverage(0.012 - crack, pixel: 0.03) * (1 - smoothStep(0.1, 0.8, distance))
          * smoothStep(-0.05, 0.02, distance)
      })
    return painting
  }

  mutating func wrinkled() -> Painting {
    let color = random.color(.any, .skin, .pale, .earth)
    let noise = noise()
    let isPaper = random.chance(0.4)
    let frequency = random.scale(2.2...4.5)
    let stretch = random.chance(0.5) ? random.number(1.3...2.6) : 1
    let plane = plane(period: 1 / frequency, tilt: 0.3)
      .moved { x, y in (x / stretch, y) }
      .warped(by: noise, frequency: 0.9, amount: random.number(0.15...0.5), octaves: 3)
    let light = light(elevation: 0.07...0.12)
    let depth = random.number(0.06...0.1) / frequency
    let creases = plane.field { x, y in
      if isPaper {
        // Crumpled: facets between sharp folds.
        return abs(noise.gradient(x, y)) + 0.6 * abs(noise.gradient(x * 1.9 + 5, y * 1.9))
          + 0.3 * abs(noise.gradient(x * 4.1 + 9, y * 4.1))
      }
      return -noise.ridged(x, y, octaves: 4, gain: 0.55)
    }
    var painting = Painting(size: size, color: color)
    painting.shade(by: light.shading(of: creases * (depth * (isPaper ? 3.2 : 2.6))))
    if !isPaper { painting.shade(by: creases.map { 0.95 + 0.2 * $0 }) }
    return painting
  }

  mutating func pleated() -> Painting {
    let color = random.color(.any, .vivid, .pale)
    let noise = noise()
    let fall = random.choice([random.number(0.1...0.2), random.number(0.3...0.5)])
    let wave = random.number(0...0.25)
    let fan = random.chance(0.3) ? random.number(0.3...0.9) : 0
    let isUpright = random.chance(0.7)
    let period = random.scale(0.075...0.2)
    let plane = plane(turn: isUpright ? -0.03...0.03 : 0...1, period: period, tilt: 0.3)
    let light = light(elevation: 0.09...0.14)
    let isMirrored = random.chance(0.5)
    let height = plane.field { x, y in
      let spread = x / (1 + fan * (y * period))
      let bent = spread + wave * noise.fractal(x * 0.2, y * 0.12, octaves: 2)
      let t = isMirrored ? -bent : bent
      // Rounded, as cloth is.
      let ramp = sawtoothWave(t, fall: fall)
      return period * 0.55 * ramp * (1.4 - 0.4 * ramp)
    }
    var painting = Painting(size: size, color: color)
    painting.shade(by: light.shading(of: height))
    painting.shade(by: height.map { 0.62 + 0.45 * $0 / (period * 0.55) })
    painting.shade(
      by: plane.field { x, y in 1 + 0.05 * noise.fractal(x * 6, y * 2, octaves: 2) })
    return painting
  }

  mutating func grooved() -> Painting {
    let color = random.color(.metal, .wood, .stone, .any)
    let noise = noise()
    let width = random.number(0.16...0.32)
    let slope = random.number(0.3...0.9)
    let isRound = random.chance(0.25)
    let period = random.scale(0.07...0.17)
    let wave = random.chance(0.3) ? random.number(0.05...0.3) : 0
    let center = point(margin: 0.3)
    var plane = plane(period: period)
    if isRound {
      plane = frame().divided(by: period)
        .moved { x, y in
          (
            direction(x - center.x / period, y - center.y / period) * 40,
            length(x - center.x / period, y - center.y / period)
          )
        }
    }
    let light = light(elevation: 0.07...0.12)
    let channel = plane.field { x, y in
      let bent = y + wave * noise.gradient(x * 0.2, y * 0.2)
      let distance = abs(bent - Float(wholePart(bent + 0.5)))
      return 1 - smoothStep(width / 2 * (1 - slope), width / 2 + 0.02, distance)
    }
    let streaks = plane.field { x, y in noise.fractal(x * 0.8, y * 9, octaves: 3) }
    let height = channel.combined(with: streaks) { period * (0.01 * $1 - 0.22 * $0) }
    var painting = Painting(size: size, color: color)
    painting.shade(by: light.shading(of: height))
    painting.shade(by: channel.combined(with: streaks) { (1 - 0.6 * $0) * (1 + 0.1 * $1) })
    return painting
  }
}
