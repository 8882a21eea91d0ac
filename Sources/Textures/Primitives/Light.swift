/// A distant lamp above a surface.
struct Light {
  /// The unit vector towards the lamp: right, down, out of the picture.
  private let towards: SIMD3<Float>
  /// The direction halfway between the lamp and the viewer, for highlights.
  private let halfway: SIMD3<Float>
  /// The share of the light that comes from everywhere.
  private let ambient: Float

  /// A lamp from the direction `azimuth` in turns, at a height of `elevation` turns over the surface.
  init(azimuth: Float, elevation: Float, ambient: Float = 0.35) {
    let across = cosine(elevation)
    towards = SIMD3(across * cosine(azimuth), across * sine(azimuth), sine(elevation))
    let sum = towards + SIMD3(0, 0, 1)
    halfway = sum / (sum * sum).sum().squareRoot()
    self.ambient = ambient
  }

  /// A lamp, from above more often than from below.
  init(_ random: inout TextureRandom, elevation: ClosedRange<Float> = 0.08...0.15) {
    self.init(
      azimuth: random.number(-0.45 ... -0.05), elevation: random.number(elevation),
      ambient: random.number(0.25...0.45))
  }

  /// The unit vector along the surface away from the lamp, where shadows fall.
  var shadow: SIMD2<Float> {
    let flat = SIMD2(-towards.x, -towards.y)
    return flat / max((flat * flat).sum().squareRoot(), 1e-6)
  }

  /// How bright a surface of that height is: 1 where it is level, lambertian.
  ///
  /// `height` is in units of the image's side.
  func shading(of height: Field) -> Field {
    normals(of: height) { normal in
      let lit = max(0, (normal * towards).sum()) / towards.z
      return ambient + (1 - ambient) * min(lit, 2)
    }
  }

  /// Highlights of a glossy surface, from 0 to 1.
  ///
  /// `sharpness` is the exponent's binary logarithm.
  func highlights(of height: Field, sharpness: Int) -> Field {
    normals(of: height) { normal in
      var strength = max(0, (normal * halfway).sum())
      for _ in 0..<sharpness { strength *= strength }
      return strength
    }
  }

  /// A facet's brightness, given its slopes right and down.
  @inline(__always)
  func brightness(slopeX: Float, slopeY: Float) -> Float {
    let normal = SIMD3(-slopeX, -slopeY, 1)
    let lit = max(0, (normal * towards).sum()) / ((normal * normal).sum().squareRoot() * towards.z)
    return ambient + (1 - ambient) * min(lit, 2)
  }

  private func normals(of height: Field, _ value: (SIMD3<Float>) -> Float) -> Field {
    let size = height.size
    var result = height
    let scale = Float(size)
    for row in 0..<size {
      let (above, below) = (max(row - 1, 0), min(row + 1, size - 1))
      let down = scale / Float(max(below - above, 1))
      for column in 0..<size {
        let (left, right) = (max(column - 1, 0), min(column + 1, size - 1))
        let across = scale / Float(max(right - left, 1))
        let normal = SIMD3(
          (height.values[row * size + left] - height.values[row * size + right]) * across,
          (height.values[above * size + column] - height.values[below * size + column]) * down,
          1)
        let unit = normal / (normal * normal).sum().squareRoot()
        result.values[row * size + column] = value(unit)
      }
    }
    return result
  }
}
