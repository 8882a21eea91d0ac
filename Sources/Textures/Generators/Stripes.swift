// Parallel bands and lines on a flat ground. What tells them apart: banded has few wide bands of unequal
// widths and at least three colours; striped two colours, equally wide by turns; lined thin lines, at
// most a sixth of their distance; stratified many uneven rough layers in relief; zigzagged bends sharply.
extension Texture {
  package static let banded = Texture("banded", noun: "bands") { $0.banded() }
  package static let striped = Texture("striped", noun: "stripes") { $0.striped() }
  package static let lined = Texture("lined", noun: "lines") { $0.lined() }
  package static let zigzagged = Texture("zigzagged", noun: "zigzags") { $0.zigzagged() }
  package static let stratified = Texture("stratified", noun: "strata") { $0.stratified() }
  package static let chequered = Texture("chequered", noun: "checks") { $0.chequered() }
}

extension TextureContext {
  mutating func banded() -> Painting {
    let colors = random.series(count: random.whole(3...5))
    let noise = noise()
    let bend = random.chance(0.5) ? random.number(-0.5...0.5) : 0
    let amount = random.chance(0.5) ? random.number(0.01...0.06) : 0
    let softness = random.chance(0.3) ? random.number(0.01...0.04) : 0
    let band = random.number(0.11...0.2)
    let repeated = random.chance(0.4) ? random.whole(3...6) : .max
    var edges: [Float] = []
    var widths: [Float] = []
    var tints: [Color] = []
    var place: Float = -1
    while place < 1 {
      if tints.count < repeated {
        // Any three bands in a row have three colours.
        let others = colors.filter { !tints.suffix(2).contains($0) }
        tints.append(random.choice(others))
        widths.append(band * random.number(0.3...1.75))
      } else {
        tints.append(tints[tints.count - repeated])
        widths.append(widths[widths.count - repeated])
      }
      place += widths[widths.count - 1]
      edges.append(place)
    }
    let streaks = random.number(0...0.08)
    let plane = plane(period: 1, tilt: 0.3)
    let (dx, dy) = (random.number(0.2...0.4), random.number(0.2...0.4))
    spacing = band
    let pixel = plane.pixel + softness
    return plane.painting { u, v in
      let (x, y) = (u - 0.5, v - 0.5)
      let wave = amount * noise.fractal(x * 2 + dx, y * 2 + dy, octaves: 3)
      let position = y + bend * x * x + wave
      var color = tints[0]
      var index = 0
      while index < edges.count - 1, edges[index] < position + pixel {
        color = color.mixed(
          with: tints[index + 1], coverage(position - edges[index], pixel: pixel))
        index += 1
      }
      return color * (1 + streaks * noise.fractal(x * 3, position * 60, octaves: 2))
    }
  }

  mutating func striped() -> Painting {
    let (first, second) = random.pair(contrast: 0.4)
    let noise = noise()
    let wave = random.chance(0.3) ? random.number(0.1...0.5) : 0
    let width = random.number(0.42...0.58)
    let plane = plane(period: random.scale(0.075...0.2))
    return Painting(
      plane.field { x, y in
        let bent = y + wave * noise.fractal(x * 0.25, y * 0.25, octaves: 2)
        return stripe(bent, width: width, pixel: plane.pixel)
      }, low: first, high: second)
  }

  mutating func lined() -> Painting {
    var (ground, ink) = random.pair(contrast: 0.45)
    if random.chance(0.6), ground.luma < ink.luma { (ground, ink) = (ink, ground) }
    let noise = noise()
    let width = random.number(0.09...0.17)
    let wobble = random.number(0...0.06)
    let plane = plane(period: random.scale(0.055...0.125), tilt: 0.4)
    var painting = Painting(
      plane.field { x, y in
        let bent = y + wobble * noise.gradient(x * 0.4, y * 0.4)
        return stripe(bent, width: width, pixel: plane.pixel)
      }, low: ground, high: ink)
    painting.shade(by: grain(amount: random.number(0...0.06)))
    return painting
  }

  mutating func zigzagged() -> Painting {
    let (first, second) = random.pair(contrast: 0.35)
    let colors = random.chance(0.5) ? [first, second] : [first, second, random.color(.vivid)]
    let steepness = random.number(0.7...1.5)
    let length = random.number(1.1...2.4)
    let isThin = colors.count == 2 && random.chance(0.4)
    let width = isThin ? random.number(0.25...0.4) : 1 / Float(colors.count)
    let plane = plane(
      turn: random.chance(0.7) ? -0.03...0.03 : 0...1, period: random.scale(0.1...0.22))
    let pixel = plane.pixel * (1 + steepness)
    let count = Float(colors.count)
    return plane.painting { x, y in
      let position = (y + steepness * length / 2 * triangleWave(x / length)) / count
      var color = colors[0]
      for index in 1..<colors.count {
        let middle = position - Float(index) / count
        color = color.mixed(
          with: colors[index], stripe(middle, width: width, pixel: pixel / count))
      }
      return color
    }
  }

  mutating func stratified() -> Painting {
    let base = random.choice([Palette.earth, .stone, .earth, .any])
    let colors = (0..<5).map { _ in random.color(base) }
    let (noise, layers) = (noise(), noise())
    let thickness = random.scale(0.025...0.06)
    let (wave, roughness) = (random.number(0.03...0.12), random.number(0.15...0.4))
    let fold = random.number(0.6...1.6)
    let plane = plane(turn: -0.07...0.07, period: 1, tilt: 0.3)
    spacing = thickness
    let light = light(elevation: 0.06...0.11)
    let position = plane.field { x, y in
      let bent = y + wave * noise.fractal(x * fold, y * fold, octaves: 4)
      return bent / thickness
    }
    // Uneven thickness: the layers' scale itself varies with depth.
    let uneven = position.map { $0 + 1.2 * layers.gradient(0.5, $0 * 0.31) }
    let rough = plane.field { x, y in noise.fractal(x * 5, y * 30, octaves: 3, gain: 0.65) }
    let layer = uneven.combined(with: rough) { $0 + roughness * $1 }
    let height = layer.combined(with: rough) { position, rough in
      let step = layers.value(
        0.5, Float(wholePart(position)) + 0.5 * smoothStep(0.75, 1, fraction(position)))
      return 0.02 * step + 0.006 * rough
    }
    var painting = Painting(
      layer.map { position in
        let index = wholePart(position)
        let next = smoothStep(0.8, 1, position - Float(index))
        let low = layers.value(Float(index), 9.5)
        return 0.5 + 0.5 * mix(low, layers.value(Float(index + 1), 9.5), next)
      }, ramp: colors)
    painting.shade(by: light.shading(of: height))
    painting.shade(by: rough.map { 1 + 0.12 * $0 })
    return painting
  }

  mutating func chequered() -> Painting {
    let (first, second) = random.pair(contrast: 0.4)
    let isGingham = random.chance(0.25)
    let tint = random.chance(0.3) ? random.number(0.03...0.12) : 0
    let (cells, noise) = (cells(), noise())
    let wave = random.chance(0.25) ? random.number(0.1...0.35) : 0
    let plane = plane(
      turn: random.chance(0.7) ? -0.03...0.03 : 0...0.25, period: random.scale(0.14...0.4)
    ).warped(by: noise, frequency: 0.4, amount: wave)
    spacing /= 2
    return plane.painting { x, y in
      let (a, b) = (
        squareWave(x, pixel: plane.pixel), squareWave(y, pixel: plane.pixel)
      )
      let mask = isGingham ? 0.5 + 0.25 * (a + b) : 0.5 + 0.5 * a * b
      let label = cells.label(column: wholePart(2 * x), row: wholePart(2 * y))
      return first.mixed(with: second, mask) * (1 + tint * (2 * label - 1))
    }
  }
}
