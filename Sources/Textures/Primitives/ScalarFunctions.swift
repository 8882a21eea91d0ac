/// The largest whole number not above `value`.
@inline(__always)
func wholePart(_ value: Float) -> Int {
  let truncated = Int(value)
  return value < Float(truncated) ? truncated - 1 : truncated
}

/// The part of `value` behind the point, from 0 up to 1.
@inline(__always)
func fraction(_ value: Float) -> Float { value - Float(wholePart(value)) }

/// sin 2πt of an angle in turns; absolute error below 4e-6.
///
/// A Taylor polynomial on a quarter turn, in place of libm's sine: the same bits on every machine.
@inline(__always)
func sine(_ turns: Float) -> Float {
  var t = turns - Float(wholePart(turns + 0.5))
  if t > 0.25 { t = 0.5 - t } else if t < -0.25 { t = -0.5 - t }
  let x = t * (2 * Float.pi)
  let square = x * x
  return x
    * (1 + square
      * (-1 / 6 + square * (1 / 120 + square * (-1 / 5040 + square * (1 / 362880)))))
}

/// cos 2πt of an angle in turns.
@inline(__always)
func cosine(_ turns: Float) -> Float { sine(turns + 0.25) }

/// The angle of the vector (x, y) in turns, from −0.5 to 0.5; 0 for the zero vector.
///
/// The arc tangent is a polynomial on the first octant (Abramowitz and Stegun 1964, 4.4.49, whose
/// error is below 1e-5 radians).
@inline(__always)
func direction(_ x: Float, _ y: Float) -> Float {
  let (width, height) = (abs(x), abs(y))
  let longer = max(width, height)
  guard longer > 0 else { return 0 }
  let t = min(width, height) / longer
  let square = t * t
  var angle =
    t
    * (0.9998660
      + square * (-0.3302995 + square * (0.1801410 + square * (-0.0851330 + square * 0.0208351))))
    / (2 * Float.pi)
  if height > width { angle = 0.25 - angle }
  if x < 0 { angle = 0.5 - angle }
  return y < 0 ? -angle : angle
}

/// The Euclidean length of (x, y).
@inline(__always)
func length(_ x: Float, _ y: Float) -> Float { (x * x + y * y).squareRoot() }

/// `value` moved into 0…1.
@inline(__always)
func saturated(_ value: Float) -> Float { min(max(value, 0), 1) }

/// From 0 at `low` to 1 at `high` along a cubic that is level at both ends.
@inline(__always)
func smoothStep(_ low: Float, _ high: Float, _ value: Float) -> Float {
  let t = saturated((value - low) / (high - low))
  return t * t * (3 - 2 * t)
}

/// `a` at t = 0, `b` at t = 1.
@inline(__always)
func mix(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }

/// How much of a pixel lies inside an edge at signed distance `distance` (positive inside).
@inline(__always)
func coverage(_ distance: Float, pixel: Float) -> Float { saturated(distance / pixel + 0.5) }
