import LinearAlgebra

/// The random numbers of one image, in the order in which its generator asks.
struct TextureRandom {
  private var stream: RandomStream

  init(_ stream: RandomStream) { self.stream = stream }

  /// A uniform number of the range.
  mutating func number(_ range: ClosedRange<Float>) -> Float {
    mix(range.lowerBound, range.upperBound, unit())
  }

  /// A number of the range, uniform in its logarithm to within a few hundredths: for scales.
  mutating func scale(_ range: ClosedRange<Float>) -> Float {
    // Uniform in 1/√: between uniform in the number and in its inverse, and free of libm.
    let (a, b) = (1 / range.lowerBound.squareRoot(), 1 / range.upperBound.squareRoot())
    let root = mix(a, b, unit())
    return 1 / (root * root)
  }

  /// A uniform whole number of the range.
  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + min(range.count - 1, Int(unit() * Float(range.count)))
  }

  /// True with the given probability.
  mutating func chance(_ probability: Float) -> Bool { unit() < probability }

  /// −1 or 1.
  mutating func sign() -> Float { chance(0.5) ? 1 : -1 }

  /// An angle in turns.
  mutating func angle() -> Float { unit() }

  /// One of several.
  mutating func choice<Value>(_ values: [Value]) -> Value {
    values[whole(0...values.count - 1)]
  }

  /// Uniform numbers from 0 up to 1, of 16 bits each.
  mutating func numbers(count: Int) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(count + 3)
    while result.count < count {
      let bits = stream.next()
      for shift in [0, 16, 32, 48] { result.append(Float(bits >> shift & 0xFFFF) * 0x1p-16) }
    }
    result.removeLast(result.count - count)
    return result
  }

  private mutating func unit() -> Float { Float(stream.next() >> 40) * 0x1p-24 }
}
