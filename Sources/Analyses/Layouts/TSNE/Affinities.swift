import LinearAlgebra
import RealModule

/// The joint probabilities p_ij of t-SNE, sparse and symmetric, sum 1.
///
/// Method (van der Maaten & Hinton 2008, JMLR 9:2579–2605; sparse: van der Maaten 2014, JMLR
/// 15:3221–3245): a normal distribution around every point, over its nearest neighbours, whose width
/// gives the entropy log(perplexity); then p_ij = (p_j|i + p_i|j) / 2n.
struct Affinities: Sendable {
  /// Row i is `columns` and `weights` from `starts[i]` to `starts[i + 1]`, n + 1 numbers.
  let starts: [Int64]
  /// Ascending in every row.
  let columns: [Int32]
  let weights: [Float]

  var count: Int { starts.count - 1 }

  init(
    of neighbors: NearestNeighbors, perplexity: Double, control: ComputationControl
  ) throws {
    let (n, k) = (neighbors.rowCount, neighbors.neighborCount)
    let blockSize = PlaneVectors.blockSize
    let blockCount = (n + blockSize - 1) / blockSize
    let conditional = try Parallel.tryMap(count: blockCount) { block -> [Float] in
      try control.check()
      var probabilities: [Float] = []
      for i in block * blockSize..<min(n, (block + 1) * blockSize) {
        probabilities += Self.conditionalProbabilities(
          distances: neighbors.distances[i * k..<(i + 1) * k], perplexity: perplexity)
      }
      return probabilities
    }.flatMap(\.self)
    try control.check()
    let scale = 1 / (2 * Double(n))
    let rows = SymmetrizedNeighbors(neighbors, count: k, values: conditional) { there, back in
      Float(scale * (Double(there) + Double(back)))
    }
    var starts: [Int64] = [0]
    starts.reserveCapacity(n + 1)
    for count in rows.counts { starts.append((starts.last ?? 0) + Int64(count)) }
    self.starts = starts
    columns = rows.columns
    weights = rows.weights
  }

  /// The probabilities p_j|i over the neighbours of a point, sum 1, with entropy log(perplexity).
  ///
  /// Newton's method for the logarithm of the precision, kept inside a bracket by bisection. Where
  /// no width gives the entropy (equal distances, more duplicates than the perplexity) the
  /// probabilities are those of the limit: equal for all that are nearest.
  static func conditionalProbabilities(
    distances: ArraySlice<Float>, perplexity: Double
  ) -> [Float] {
    let nearest = Double(distances.min() ?? 0)
    // d² − d_min², as a product so that nothing cancels.
    let excess = distances.map { (Double($0) - nearest) * (Double($0) + nearest) }
    let mean = excess.reduce(0, +) / Double(excess.count)
    guard mean > 0 else {
      return excess.map { _ in 1 / Float(excess.count) }
    }
    let target = Double.log(perplexity)
    var (precision, low, high) = (1 / mean, 0.0, Double.infinity)
    var weights = excess
    var sum = 0.0
    for _ in 0..<100 {
      sum = 0
      var (first, second) = (0.0, 0.0)
      for j in excess.indices {
        let weight = Double.exp(-precision * excess[j])
        weights[j] = weight
        sum += weight
        first += weight * excess[j]
        second += weight * excess[j] * excess[j]
      }
      first /= sum
      let difference = Double.log(sum) + precision * first - target
      if abs(difference) < 1e-10 { break }
      if difference > 0 { low = precision } else { high = precision }
      let slope = precision * precision * (second / sum - first * first)
      let newton = precision * Double.exp(max(-2, min(2, difference / slope)))
      if newton > low && newton < high {
        precision = newton
      } else {
        precision = high == .infinity ? 2 * low : (low + high) / 2
      }
    }
    return weights.map { Float($0 / sum) }
  }
}
