/// What the generator of one image draws with.
///
/// Each class is a method, in the files of `Generators/`; the order of its random draws never depends on
/// the size, so that one index shows one pattern at every size.
struct TextureContext {
  /// The image's side in pixels.
  let size: Int
  /// The numbers of this image.
  var random: TextureRandom
  /// The distance between the pattern's elements, in units of the image's side.
  var spacing: Float = 0.1

  /// A plane seen from in front or a little from the side, turned, with a random origin.
  ///
  /// `turn` is the angle in turns, `period` what becomes the plane's unit (noted as the pattern's spacing),
  /// and `tilt` the most that the scale grows towards one side.
  mutating func plane(
    turn: ClosedRange<Float> = 0...1, period: Float, tilt: Float = 0.5
  ) -> Plane {
    spacing = period
    let leaning = random.chance(0.5) ? random.number(0...tilt) : 0
    let (angle, towards) = (random.number(turn), random.angle())
    let (kx, ky) = (leaning * cosine(towards), leaning * sine(towards))
    let origin = (random.number(0...1), random.number(0...1))
    var plane = Plane(size: size)
    if leaning > 0 {
      plane = plane.moved { x, y in
        let depth = 1 + kx * x + ky * y
        return (x / depth, y / depth)
      }
    }
    return plane.turned(by: angle).divided(by: period).shifted(by: origin.0, origin.1)
  }

  /// The whole image as it is, for what has a place in it.
  func frame() -> Plane { Plane(size: size) }

  /// Fresh smooth noise.
  mutating func noise() -> LatticeNoise { LatticeNoise(&random) }

  /// Fresh cellular noise.
  mutating func cells(jitter: Float = 1) -> CellNoise { CellNoise(&random, jitter: jitter) }

  /// A lamp.
  mutating func light(elevation: ClosedRange<Float> = 0.08...0.15) -> Light {
    Light(&random, elevation: elevation)
  }

  /// A random point, up to `margin` outside the image.
  mutating func point(margin: Float = 0) -> SIMD2<Float> {
    let range = -0.5 - margin...0.5 + margin
    return SIMD2(random.number(range), random.number(range))
  }

  /// Fine irregular brightness, about 1, as of paper, cloth or stone.
  mutating func grain(amount: Float, frequency: Float = 40, octaves: Int = 2) -> Field {
    let noise = noise()
    return frame().field { x, y in
      1 + amount * noise.fractal(x * frequency, y * frequency, octaves: octaves)
    }
  }
}
