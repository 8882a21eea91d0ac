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
    let incoming = Incoming(to: neighbors)
    try control.check()
    let blocks = Parallel.map(count: blockCount) { block in
      let rows = block * blockSize..<min(n, (block + 1) * blockSize)
      return Self.symmetricRows(
        rows, indices: neighbors.indices, conditional: conditional, incoming: incoming,
        neighborCount: k)
    }
    var starts: [Int64] = [0]
    starts.reserveCapacity(n + 1)
    for block in blocks {
      for count in block.counts { starts.append((starts.last ?? 0) + Int64(count)) }
    }
    self.starts = starts
    columns = blocks.flatMap(\.columns)
    weights = blocks.flatMap(\.weights)
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

  /// For every point, in which places of the list of neighbours it stands, ascending.
  private struct Incoming {
    private let starts: [Int]
    private let places: [Int32]

    init(to neighbors: NearestNeighbors) {
      var starts = [Int](repeating: 0, count: neighbors.rowCount + 1)
      for j in neighbors.indices { starts[Int(j) + 1] += 1 }
      for i in 0..<neighbors.rowCount { starts[i + 1] += starts[i] }
      var next = starts
      var places = [Int32](repeating: 0, count: neighbors.indices.count)
      for (place, j) in neighbors.indices.enumerated() {
        places[next[Int(j)]] = Int32(place)
        next[Int(j)] += 1
      }
      self.starts = starts
      self.places = places
    }

    subscript(j: Int) -> ArraySlice<Int32> { places[starts[j]..<starts[j + 1]] }
  }

  private static func symmetricRows(
    _ rows: Range<Int>, indices: [Int32], conditional: [Float], incoming: Incoming,
    neighborCount k: Int
  ) -> (counts: [Int], columns: [Int32], weights: [Float]) {
    let scale = 1 / (2 * Double(indices.count / k))
    var counts: [Int] = []
    var columns: [Int32] = []
    var weights: [Float] = []
    var order = [UInt64](repeating: 0, count: k)
    for i in rows {
      for j in 0..<k { order[j] = UInt64(indices[i * k + j]) << 32 | UInt64(i * k + j) }
      order.sort()
      let before = columns.count
      var own = 0
      // Two ascending lists become one; a column in both gets both probabilities.
      func appendOwn(upTo column: UInt64) {
        while own < k, order[own] >> 32 < column {
          columns.append(Int32(order[own] >> 32))
          weights.append(Float(scale * Double(conditional[Int(order[own] & 0xFFFF_FFFF)])))
          own += 1
        }
      }
      for place in incoming[i] {
        let column = UInt64(Int(place) / k)
        appendOwn(upTo: column)
        var both = Double(conditional[Int(place)])
        if own < k, order[own] >> 32 == column {
          both += Double(conditional[Int(order[own] & 0xFFFF_FFFF)])
          own += 1
        }
        columns.append(Int32(column))
        weights.append(Float(scale * both))
      }
      appendOwn(upTo: .max)
      counts.append(columns.count - before)
    }
    return (counts, columns, weights)
  }
}
