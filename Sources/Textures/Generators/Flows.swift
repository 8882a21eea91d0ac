// Colours that run and spread. What tells them apart: marbled is cloudy bands folded into one another;
// swirly smooth bands wound round several centres; spiralled one line round each centre; smeared broad
// streaks in one direction with ragged ends; stained a plain ground with a few dark-rimmed spots;
// blotchy soft irregular patches; veined thin branching lines.
extension Texture {
  package static let marbled = Texture("marbled", noun: "marbling") { $0.marbled() }
  package static let swirly = Texture("swirly", noun: "swirls") { $0.swirly() }
  package static let smeared = Texture("smeared", noun: "smears") { $0.smeared() }
  package static let stained = Texture("stained", noun: "stains") { $0.stained() }
  package static let blotchy = Texture("blotchy", noun: "blotches") { $0.blotchy() }
  package static let veined = Texture("veined", noun: "veins") { $0.veined() }
}

extension TextureContext {
  mutating func marbled() -> Painting {
    let isStone = random.chance(0.5)
    let noise = noise()
    let frequency = random.scale(1.3...3)
    spacing = 0.4 / frequency
    let plane = plane(period: 1 / frequency, tilt: 0.2)
      .warped(by: noise, frequency: 1, amount: random.number(0.5...0.9), octaves: 4)
    spacing = 0.4 / frequency
    if isStone {
      let ground = random.color(.pale, .stone, .any, .dark)
      let vein =
        ground.luma > 0.5 ? random.color(.dark, .earth, .any) * 0.9 : random.color(.pale, .earth)
      let strength = random.number(0.6...1)
      let clouds = plane.field { x, y in
        let cloud = noise.fractal(x * 0.7 + 3, y * 0.7, octaves: 4)
        let fold = abs(noise.fractal(x * 0.8, y * 0.8 + 7, octaves: 3))
        let thin = abs(noise.fractal(x * 1.7 + 2, y * 1.7, octaves: 3))
        let line = (1 - smoothStep(0, 0.16, fold)) + 0.5 * (1 - smoothStep(0, 0.1, thin))
        return 0.22 + 0.45 * cloud + strength * 0.8 * line
      }
      return Painting(clouds, low: ground, high: vein)
    }
    let colors = random.series(count: random.whole(3...5))
    let bands = random.number(1.2...2.2)
    return Painting(
      plane.field { x, y in
        let flow = noise.fractal(x * 0.5, y * 0.5, octaves: 2) * bands + 0.6 * y
        return triangleWave(flow) + 0.08 * noise.fractal(x * 6, y * 6, octaves: 2)
      }, ramp: colors)
  }

  mutating func swirly() -> Painting {
    let colors = random.series(count: random.whole(3...5))
    let count = random.whole(8...15)
    var vortices: [(center: SIMD2<Float>, radius: Float, turn: Float)] = []
    for _ in 0..<count {
      vortices.append(
        (
          point(margin: 0.05), random.number(0.16...0.36),
          random.sign() * random.number(0.6...1.3)
        ))
    }
    let bands = random.scale(3.5...8)
    let angle = random.angle()
    let (noise, softness) = (noise(), random.number(0.05...0.5))
    var plane = frame()
    for vortex in vortices {
      plane = plane.moved { x, y in
        let (dx, dy) = (x - vortex.center.x, y - vortex.center.y)
        let r = length(dx, dy) / vortex.radius
        guard r < 1 else { return (x, y) }
        let turn = vortex.turn * (1 - r) * (1 - r)
        let (s, c) = (sine(turn), cosine(turn))
        return (vortex.center.x + c * dx - s * dy, vortex.center.y + s * dx + c * dy)
      }
    }
    spacing = 1 / bands
    let (across, down) = (cosine(angle), sine(angle))
    let pixel = bands / Float(size) * 1.5
    return plane.painting { x, y in
      let position = bands * (x * across + y * down) + 0.35 * noise.gradient(x * 2.5, y * 2.5)
      let index = wholePart(position)
      let count = colors.count
      let here = colors[((index % count) + count) % count]
      let next = colors[(((index + 1) % count) + count) % count]
      let t = position - Float(index)
      return here.mixed(with: next, smoothStep(1 - softness - pixel, 1, t))
    }
  }

  mutating func smeared() -> Painting {
    let ground = random.color(.pale, .any, .dark)
    let colors = random.series(count: random.whole(3...5))
    let noise = noise()
    let main = random.angle()
    let bend = random.number(-0.6...0.6)
    let count = random.whole(10...20)
    spacing = 0.2
    var painting = Painting(size: size, color: ground)
    let frame = frame()
    for stroke in 0..<count {
      let center = point(margin: 0.1)
      let angle = main + random.number(-0.03...0.03)
      let (half, width) = (random.number(0.25...0.7), random.number(0.05...0.14))
      let color = random.choice(colors)
      let shade = random.number(0.85...1.1)
      let fineness = random.number(14...28)
      let (s, c) = (sine(angle), cosine(angle))
      let seed = Float(stroke) * 3.7
      let reach = half + width + 0.1
      Field.forEachPixel(size: size, near: center.x, center.y, reachX: reach, reachY: reach) {
        index, dx, dy in
        let along = (c * dx + s * dy) / half  // −1 where the paint was put down
        let across = (c * dy - s * dx + bend * along * along * half * half) / width
        guard abs(along) < 1.2, abs(across) < 1.3 else { return }
        let bristle = noise.fractal(
          seed + along * 0.5, seed + across * width * fineness * 4, octaves: 2)
        // The edge is ragged, and the bristles run dry one after another.
        let inside = smoothStep(0, 0.12, 1 - abs(across) + 0.25 * bristle)
        let begin = smoothStep(-1, -0.9, along + 0.15 * bristle)
        let dry = smoothStep(0, 0.25, 0.75 - 0.9 * along + 0.9 * bristle)
        let mask = inside * begin * dry
        let tone = shade * (1 + 0.22 * bristle)
        painting.colors[index] = painting.colors[index].mixed(with: color * tone, 0.92 * mask)
      }
    }
    painting.shade(
      by: frame.field { x, y in
        let (along, across) = (x * cosine(main) + y * sine(main), y * cosine(main) - x * sine(main))
        return 1 + 0.08 * noise.fractal(along * 1.5, across * 40, octaves: 2)
      })
    return painting
  }

  mutating func stained() -> Painting {
    let ground = random.color(
      .pale, .pale, Palette(lightness: 0.72...0.9, chroma: 0...0.06, hue: 0...1))
    let count = random.whole(2...6)
    let brown = Palette(lightness: 0.3...0.6, chroma: 0.05...0.12, hue: 0.08...0.2)
    let (noise, shifts) = (noise(), random.numbers(count: 16))
    spacing = 0.25
    var painting = Painting(size: size, color: ground)
    painting.shade(by: grain(amount: 0.06, frequency: 5, octaves: 4))
    painting.shade(by: grain(amount: 0.04, frequency: 60, octaves: 1))
    let ink = random.color(brown, brown, .any)
    for stain in 0..<count {
      let center = point(margin: -0.05)
      let radius = random.number(0.1...0.26)
      let (ragged, strength) = (random.number(0.25...0.6), random.number(0.5...0.85))
      let rim = random.number(0.05...0.12)
      let hollow = random.number(0...0.7)
      let shift = 9 * shifts[stain]
      let color = random.chance(0.75) ? ink : random.color(brown)
      let reach = radius * 1.9
      Field.forEachPixel(size: size, near: center.x, center.y, reachX: reach, reachY: reach) {
        index, dx, dy in
        let (x, y) = (center.x + dx, center.y + dy)
        let edge = ragged * noise.fractal(x * 4 + shift, y * 4, octaves: 4, gain: 0.55)
        let depth = 1 - length(dx, dy) / radius + edge  // positive inside
        // Pigment gathers where the drop dried: at its rim.
        let body = smoothStep(-0.02, 0.05, depth) * (1 - hollow * smoothStep(0, 0.5, depth))
        let ring = smoothStep(-0.02, 0.02, depth) * (1 - smoothStep(rim * 0.5, rim * 2, depth))
        let cloud = 1 + 0.3 * noise.fractal(x * 9, y * 9 + shift, octaves: 3)
        let amount = saturated(strength * (0.75 * body * cloud + 0.7 * ring))
        // A stain filters the ground's light rather than covering it.
        let filtered = painting.colors[index] * color
        painting.colors[index] = painting.colors[index].mixed(with: filtered, amount)
      }
    }
    for _ in 0..<random.whole(0...25) {
      let (drop, radius) = (point(), random.number(0.004...0.016))
      Field.forEachPixel(
        size: size, near: drop.x, drop.y, reachX: radius * 1.3, reachY: radius * 1.3
      ) { index, dx, dy in
        let inside = 0.6 * (1 - smoothStep(0.7, 1.2, length(dx, dy) / radius))
        painting.colors[index] *= Color(1, 1, 1).mixed(with: ink, inside)
      }
    }
    return painting
  }

  mutating func blotchy() -> Painting {
    let (ground, patch) = random.pair(contrast: 0.22)
    let third = random.color(.any).mixed(with: ground, 0.4)
    let noise = noise()
    let frequency = random.scale(2.2...5)
    let softness = random.number(0.1...0.3)
    let level = random.number(-0.12...0.12)
    let plane = plane(period: 1 / frequency, tilt: 0.2)
      .warped(by: noise, frequency: 1.5, amount: 0.15, octaves: 2)
    spacing = 0.6 / frequency
    var painting = Painting(
      plane.field { x, y in
        smoothStep(level - softness, level + softness, noise.fractal(x, y, octaves: 4, gain: 0.45))
      }, low: ground, high: patch)
    painting.cover(
      with: third,
      where: plane.field { x, y in
        0.7
          * smoothStep(0.2, 0.2 + 2 * softness, noise.fractal(x + 7, y + 3, octaves: 4, gain: 0.45))
      })
    painting.shade(by: grain(amount: 0.06, frequency: 20, octaves: 3))
    return painting
  }

  mutating func veined() -> Painting {
    let isLeaf = random.chance(0.55)
    let ground =
      isLeaf ? random.color(.leaf, .leaf, .any) : random.color(.any, .pale, .skin, .stone)
    let isLighter = random.chance(ground.luma < 0.6 ? 0.75 : ground.luma < 0.75 ? 0.2 : 0)
    let vein =
      isLighter
      ? ground.mixed(with: Color(1, 1, 0.85), random.number(0.5...0.75))
      : ground * Color(random.number(0.3...0.6), random.number(0.2...0.5), random.number(0.3...0.6))
    let (noise, cells) = (noise(), cells())
    var strands: [Strand] = []
    let radius = random.number(0.008...0.015)
    if isLeaf {
      let angle = random.angle()
      let axis = SIMD2(cosine(angle), sine(angle))
      let normal = SIMD2(-axis.y, axis.x)
      let offset = normal * random.number(-0.3...0.3)
      let step = random.number(0.09...0.17)
      spacing = step
      let rise = random.number(0.45...1.1)
      let midrib = [-0.9, -0.3, 0.3, 0.9].map { (t: Float) -> SIMD2<Float> in
        offset + axis * t + normal * (0.06 * noise.gradient(t * 1.5 + 5, 0.5))
      }
      strands.append(.spline(through: midrib, pieces: 8, radius: radius, endRadius: radius * 0.7))
      var t: Float = -1.6
      while t < 0.9 {
        for side in [Float(-1), 1] {
          let from = offset + axis * (t + (side > 0 ? step / 2 : 0))
          let knots = [0, 0.35, 0.75, 1.2].map { (s: Float) -> SIMD2<Float> in
            from + normal * (side * s) + axis
              * (s * rise + 0.25 * s * s + random.number(-0.012...0.012))
          }
          strands.append(
            .spline(through: knots, pieces: 6, radius: radius * 0.5, endRadius: radius * 0.25))
        }
        t += step * random.number(0.85...1.15)
      }
    } else {
      spacing = 0.12
      var tips: [(point: SIMD2<Float>, angle: Float, radius: Float, level: Int)] = []
      for _ in 0..<random.whole(2...3) {
        let angle = random.angle()
        let start = SIMD2(cosine(angle), sine(angle)) * -0.62
        tips.append((start, angle + random.number(-0.08...0.08), radius, 0))
      }
      while let tip = tips.popLast() {
        let steps = random.whole(4...7)
        let strand = Strand.walk(
          from: tip.point, angle: tip.angle, steps: steps, stepLength: 0.045, bend: 0.05,
          radius: tip.radius, endRadius: tip.radius * 0.75, &random)
        strands.append(strand)
        guard tip.level < 6 else { continue }
        let end = strand.points[steps]
        let spread = random.number(0.06...0.14)
        tips.append((end, tip.angle + spread * 0.6, tip.radius * 0.75, tip.level + 1))
        tips.append((end, tip.angle - spread, tip.radius * 0.7, tip.level + 1))
      }
    }
    let fineness = random.number(14...24)
    let fine = frame().field { x, y in
      let (u, v) = (
        x * fineness + 0.3 * noise.gradient(x * 20, y * 20),
        y * fineness + 0.3 * noise.gradient(x * 20 + 5, y * 20)
      )
      return coverage(0.05 - cells.nearest(u, v).borderDistance, pixel: 0.1)
    }
    var mask = fine * (isLeaf ? 0.4 : 0.12)
    for strand in strands { mask.draw(strand, softness: isLeaf ? 0.002 : 0.004) }
    var painting = Painting(size: size, color: ground)
    painting.shade(by: grain(amount: 0.12, frequency: 4, octaves: 4))
    painting.cover(with: vein, where: mask)
    return painting
  }
}
