/// The point of the pattern's plane that every pixel shows.
///
/// A fresh plane is the square from −0.5 to 0.5 with y downwards, whatever the image's size; it can be
/// turned, scaled, bent and warped before a pattern is read from it.
struct Plane {
  /// The image's side in pixels.
  let size: Int
  /// The horizontal coordinate at every pixel, [size, size].
  private(set) var x: [Float]
  /// The vertical coordinate.
  private(set) var y: [Float]
  /// The side of a pixel in the plane's unit, for antialiasing.
  private(set) var pixel: Float

  /// The square from −0.5 to 0.5.
  init(size: Int) {
    self.size = size
    pixel = 1 / Float(size)
    let line = (0..<size).map { (Float($0) + 0.5) / Float(size) - 0.5 }
    x = []
    y = []
    x.reserveCapacity(size * size)
    y.reserveCapacity(size * size)
    for row in 0..<size {
      x += line
      y += repeatElement(line[row], count: size)
    }
  }

  /// The plane with every point moved by `transform`, where a pixel grows by the factor `growth`.
  func moved(growth: Float = 1, _ transform: (Float, Float) -> (Float, Float)) -> Plane {
    var result = self
    for index in x.indices {
      (result.x[index], result.y[index]) = transform(x[index], y[index])
    }
    result.pixel = pixel * growth
    return result
  }

  /// The plane turned about the middle by an angle in turns.
  func turned(by angle: Float) -> Plane {
    let (s, c) = (sine(angle), cosine(angle))
    return moved { (c * $0 + s * $1, c * $1 - s * $0) }
  }

  /// The plane in which `period` of this one's units are one unit.
  func divided(by period: Float) -> Plane {
    let factor = 1 / period
    return moved(growth: factor) { ($0 * factor, $1 * factor) }
  }

  /// The plane shifted, so that no pattern is tied to the image's middle.
  func shifted(by dx: Float, _ dy: Float) -> Plane { moved { ($0 + dx, $1 + dy) } }

  /// The plane warped by fractal noise: points move by up to about `amount`.
  func warped(by noise: LatticeNoise, frequency: Float, amount: Float, octaves: Int = 2) -> Plane {
    moved { x, y in
      let (u, v) = (x * frequency, y * frequency)
      return (
        x + amount * noise.fractal(u, v, octaves: octaves),
        y + amount * noise.fractal(u + 31.7, v + 17.3, octaves: octaves)
      )
    }
  }

  /// The numbers of a function of the plane's points.
  func field(_ value: (Float, Float) -> Float) -> Field {
    var values = x
    for index in values.indices { values[index] = value(x[index], y[index]) }
    return Field(size: size, values: values)
  }

  /// The colours of a function of the plane's points.
  func painting(_ color: (Float, Float) -> Color) -> Painting {
    var painting = Painting(size: size, color: Color())
    for index in x.indices { painting.colors[index] = color(x[index], y[index]) }
    return painting
  }
}
