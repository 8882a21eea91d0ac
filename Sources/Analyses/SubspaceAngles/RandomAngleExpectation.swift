public import LinearAlgebra
import RealModule

/// The principal angles to expect between subspaces that have nothing to do with each other.
///
/// Even unrelated subspaces have small angles when their dimensions are not small against the space
/// around them; a measured angle says something only beside this one.
public struct RandomAngleExpectation: Sendable {
  /// How many pairs of random subspaces the mean is taken over.
  public let draws: Int
  /// The seed of the draws.
  public let seed: UInt64

  /// An expectation over `draws` random pairs.
  public init(draws: Int = 200, seed: UInt64 = 0) {
    self.draws = draws
    self.seed = seed
  }

  /// The mean of the i-th smallest principal angle between independent, uniformly distributed
  /// subspaces.
  ///
  /// Method: the cosines are singular values of the bidiagonal β-Jacobi model with β = 1, p ≤ q the
  /// dimensions, n = p, a = q − p, b = d − q − p (Edelman and Sutton 2008,
  /// doi:10.1007/s10208-006-0215-9), so that no subspace is ever formed. Where p + q > d, p + q − d
  /// of the angles are zero and the rest are those of the orthogonal complements. The Monte Carlo
  /// error of a mean is about 1/√draws of the angle's spread.
  ///
  /// - Parameters:
  ///   - ka: The dimension of one subspace.
  ///   - kb: The dimension of the other.
  ///   - ambientDimension: The dimension d of the space around them.
  ///   - control: Stops between draws.
  /// - Returns: min(ka, kb) angles in radians, ascending.
  /// - Throws: `AnalysisError` if a dimension is not within 1 ... d, or `draws` is not positive;
  ///   `CancellationError`.
  /// - Complexity: O(draws · p²).
  public func expectedAngles(
    _ ka: Int, _ kb: Int, ambientDimension: Int, control: ComputationControl = ComputationControl()
  ) throws -> [Double] {
    for dimension in [ka, kb] where dimension < 1 || dimension > ambientDimension {
      throw AnalysisError.dimensionOutOfRange(dimension, ambientDimension: ambientDimension)
    }
    if draws < 1 { throw AnalysisError.drawsNotPositive(draws) }
    let (p, q) = (min(ka, kb), max(ka, kb))
    if p + q > ambientDimension {
      let zeros = [Double](repeating: 0, count: p + q - ambientDimension)
      // With q = d the larger subspace is the whole space, and all p angles are zero.
      if q == ambientDimension { return zeros }
      return try zeros
        + expectedAngles(
          ambientDimension - q, ambientDimension - p, ambientDimension: ambientDimension,
          control: control)
    }
    // Summed in the order of the draws, so that the number of workers does not matter; some at a time, so that
    // memory does not grow with the draws.
    var sums = [Double](repeating: 0, count: p)
    for start in stride(from: 0, to: draws, by: Self.drawsAtOnce) {
      let cosines = try Parallel.tryMap(count: min(Self.drawsAtOnce, draws - start)) { place in
        try control.check()
        let identity = [p, q, ambientDimension, start + place].flatMap { number in
          (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        let stream = RandomStream(domain: "angles/null", seed: seed, identity: identity)
        var gamma = GammaVariates(stream: stream, expectedCount: 4 * p)
        return try jacobiModel(p, q, ambientDimension, &gamma).singularValues()
      }
      for draw in cosines {
        for i in 0..<p { sums[i] += Double.acos(min(draw[i], 1)) }
      }
    }
    return sums.map { $0 / Double(draws) }
  }

  private static let drawsAtOnce = 4096

  // Theorem 1.5 of Edelman and Sutton, block B₁₁, signs left out because singular values do not
  // depend on them. Row by row: (c_n, s_n c'_{n−1}), (c_{n−1} s'_{n−1}, s_{n−1} c'_{n−2}), … c_1 s'_1
  // with c_i² ~ Beta((a + i)/2, (b + i)/2) and c'_i² ~ Beta(i/2, (a + b + 1 + i)/2), s² = 1 − c².
  private func jacobiModel(
    _ p: Int, _ q: Int, _ d: Int, _ gamma: inout GammaVariates
  ) -> UpperBidiagonalMatrix {
    let (a, b) = (q - p, d - q - p)
    var diagonal: [Double] = []
    var superdiagonal: [Double] = []
    var upperSine = 1.0  // s'_i, which row n does not have
    for i in (1...p).reversed() {
      let (cosine, sine) = gamma.betaAngle(Double(a + i) / 2, Double(b + i) / 2)
      diagonal.append(cosine * upperSine)
      if i > 1 {
        let upper = gamma.betaAngle(Double(i - 1) / 2, Double(a + b + i) / 2)
        superdiagonal.append(sine * upper.cosine)
        upperSine = upper.sine
      }
    }
    return UpperBidiagonalMatrix(diagonal: diagonal, superdiagonal: superdiagonal)
  }
}

/// Gamma variates of half-integer shape from the normal numbers of one stream.
struct GammaVariates {
  private let stream: RandomStream
  private var normals: [Float]
  private var used = 0

  init(stream: RandomStream, expectedCount: Int) {
    self.stream = stream
    // Three an attempt, and few attempts are rejected.
    normals = stream.normals(count: 3 * expectedCount + 3 * expectedCount / 8 + 12)
  }

  /// A gamma variate of unit scale; the shape is ½ or at least 1.
  ///
  /// Method: Marsaglia and Tsang 2000, doi:10.1145/358407.358414. The uniform number U of its
  /// rejection test is taken as exp(−(z₁² + z₂²)/2), which is uniform for normal z₁ and z₂, so the
  /// test on ln U needs no logarithm of it. Shape ½ is half of a squared normal.
  mutating func next(shape: Double) -> Double {
    if shape == 0.5 {
      let z = normal()
      return z * z / 2
    }
    precondition(shape >= 1)
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let (x, z1, z2) = (normal(), normal(), normal())
      let root = 1 + c * x
      let v = root * root * root
      if v <= 0 { continue }
      let logarithmOfUniform = -(z1 * z1 + z2 * z2) / 2
      if logarithmOfUniform < x * x / 2 + d * (1 - v + Double.log(v)) { return d * v }
    }
  }

  /// The cosine √X and the sine √(1 − X) of an angle whose squared cosine X is Beta(alpha, beta).
  mutating func betaAngle(_ alpha: Double, _ beta: Double) -> (cosine: Double, sine: Double) {
    let x = next(shape: alpha)
    let y = next(shape: beta)
    let sum = max(x + y, .leastNormalMagnitude)  // two zero normals are possible, if barely
    return ((x / sum).squareRoot(), (y / sum).squareRoot())
  }

  private mutating func normal() -> Double {
    // A longer request begins with the same numbers.
    if used == normals.count { normals = stream.normals(count: 2 * normals.count) }
    defer { used += 1 }
    return Double(normals[used])
  }
}
