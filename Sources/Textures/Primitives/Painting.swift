import Images

/// A square picture of colours not yet rounded to bytes.
struct Painting {
  /// The side in pixels.
  let size: Int
  /// The colours, [size, size].
  var colors: [Color]

  /// One colour everywhere.
  init(size: Int, color: Color) {
    self.size = size
    colors = Array(repeating: color, count: size * size)
  }

  /// The field's numbers as a mixture of two colours: `low` at 0, `high` at 1.
  init(_ field: Field, low: Color, high: Color) {
    size = field.size
    colors = field.values.map { low.mixed(with: high, saturated($0)) }
  }

  /// The field's numbers along a ramp of colours: the first at 0, the last at 1.
  init(_ field: Field, ramp: [Color]) {
    size = field.size
    colors = field.values.map { Self.color(at: $0, of: ramp) }
  }

  /// The colour at `position`, from 0 to 1, between the colours of a ramp.
  @inline(__always)
  static func color(at position: Float, of ramp: [Color]) -> Color {
    let place = saturated(position) * Float(ramp.count - 1)
    let index = min(wholePart(place), ramp.count - 2)
    return ramp[index].mixed(with: ramp[index + 1], place - Float(index))
  }

  /// Lays a colour over the picture where `mask` is 1.
  mutating func cover(with color: Color, where mask: Field) {
    for index in colors.indices {
      colors[index] = colors[index].mixed(with: color, saturated(mask.values[index]))
    }
  }

  /// Lays another picture over this one where `mask` is 1.
  mutating func cover(with other: Painting, where mask: Field) {
    for index in colors.indices {
      colors[index] = colors[index].mixed(with: other.colors[index], saturated(mask.values[index]))
    }
  }

  /// Multiplies brightness.
  mutating func shade(by light: Field) {
    for index in colors.indices { colors[index] *= light.values[index] }
  }

  /// Adds white light, for highlights.
  mutating func brighten(by light: Field) {
    for index in colors.indices { colors[index] += light.values[index] }
  }

  /// The picture in bytes.
  func image() -> RGBImage {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * colors.count)
    for color in colors {
      let scaled = (color.clamped(lowerBound: Color(), upperBound: Color(1, 1, 1)) * 255) + 0.5
      pixels.append(UInt8(scaled.x))
      pixels.append(UInt8(scaled.y))
      pixels.append(UInt8(scaled.z))
    }
    return RGBImage(width: size, height: size, pixels: pixels)
  }
}
