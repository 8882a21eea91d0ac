/// How much of a pixel lies in stripes of the given width about the whole numbers.
@inline(__always)
func stripe(_ position: Float, width: Float, pixel: Float) -> Float {
  let distance = abs(position - Float(wholePart(position + 0.5)))
  return coverage(width / 2 - distance, pixel: pixel)
}

/// A wave of period 1 with straight flanks: 0 at whole numbers, 1 halfway between them.
@inline(__always)
func triangleWave(_ position: Float) -> Float {
  2 * abs(position - Float(wholePart(position + 0.5)))
}

/// A wave of period 1 that rises evenly for most of it and falls back in the share `fall`.
@inline(__always)
func sawtoothWave(_ position: Float, fall: Float) -> Float {
  let t = fraction(position)
  return t < 1 - fall ? t / (1 - fall) : (1 - t) / fall
}

/// −1 and 1 by turns, changing at multiples of ½ of a period of 1, smooth over a pixel.
@inline(__always)
func squareWave(_ position: Float, pixel: Float) -> Float {
  let t = fraction(position)
  // The signed distance to the nearest change: positive in the first half.
  let distance = t < 0.5 ? min(t, 0.5 - t) : -min(t - 0.5, 1 - t)
  return min(max(2 * distance / pixel, -1), 1)
}

/// The height of a half cylinder of radius 1 over its diameter; 0 outside.
@inline(__always)
func roundProfile(_ position: Float) -> Float { max(0, 1 - position * position).squareRoot() }
