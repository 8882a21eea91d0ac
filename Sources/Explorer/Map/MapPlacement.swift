internal import Analyses
internal import Foundation
package import LinearAlgebra

/// Places texts and new images on a finished map, which stays as it is.
package struct MapPlacement: Sendable {
  /// By how many images something is placed.
  package static let neighborCount = 15

  private let index: EmbeddingIndex
  private let positions: Matrix<Float>
  private let located: RowMask
  private let logitScale: Double
  private let rows: EmbeddingIndex.Rows

  /// A placement by the images that have a place.
  ///
  /// - Parameters:
  ///   - index: The embeddings.
  ///   - positions: The places of the images, shape [rows of the index, 2].
  ///   - located: The images to place others by: those that have a place. So that the places of new images do not hang
  ///     on their order, those that the map was made of.
  ///   - logitScale: What the model multiplies cosines by before a softmax; finite, at least 0.
  ///   - rows: The float32 embeddings.
  package init(
    index: EmbeddingIndex, positions: Matrix<Float>, located: RowMask, logitScale: Double,
    rows: @escaping EmbeddingIndex.Rows
  ) {
    precondition(positions.rows == index.rowCount && positions.columns == 2)
    precondition(located.count == index.rowCount && logitScale.isFinite && logitScale >= 0)
    (self.index, self.positions, self.located) = (index, positions, located)
    (self.logitScale, self.rows) = (logitScale, rows)
  }

  /// Where a text stands, at the mean of its 15 nearest images' places.
  ///
  /// Method: of image i with cosine c_i the weight is w_i = exp(s c_i) / Σ exp(s c_j), s the model's logit scale: the
  /// softmax over the 15 by which the model itself tells how well each goes with the text. The place is Σ w_i p_i and the
  /// spread √(Σ w_i ‖p_i − p‖²).
  ///
  /// - Parameters:
  ///   - text: The text, for the marker.
  ///   - embedding: Its embedding, a unit vector.
  /// - Throws: `SearchError` where no image has a place; `FileError` of the index and the store.
  /// - Complexity: That of `EmbeddingIndex.nearest`.
  package func marker(_ text: String, embedding: [Float]) throws -> QueryMarker {
    let (found, place) = try place(embedding)
    return QueryMarker(
      text: text, x: place.x, y: place.y, spread: place.spread,
      isWeak: Self.isWeak(
        best: found.hits[0].cosine, among: found.scores.filter { $0 > -.infinity }),
      rows: found.hits.map(\.row))
  }

  /// The places of new images, each at the weighted mean of its 15 nearest images' places, as texts are placed.
  ///
  /// An image's place hangs neither on the others nor on their order.
  ///
  /// - Parameter embeddings: Unit vectors, shape [m, d].
  /// - Returns: Shape [m, 2].
  /// - Throws: As `marker`.
  /// - Complexity: m times that of `EmbeddingIndex.nearest`.
  package func positions(of embeddings: Matrix<Float>) throws -> Matrix<Float> {
    var places = Matrix<Float>(rows: embeddings.rows, columns: 2)
    for row in 0..<embeddings.rows {
      let place = try place(Array(embeddings.row(row))).place
      (places[row, 0], places[row, 1]) = (Float(place.x), Float(place.y))
    }
    return places
  }

  private func place(
    _ embedding: [Float]
  ) throws -> (found: NearestRows, place: (x: Double, y: Double, spread: Double)) {
    let found = try index.nearest(
      to: embedding, count: Self.neighborCount, among: located, rows: rows)
    guard let best = found.hits.first?.cosine else {
      throw SearchError("no image has a place on the map yet; try again when the map is ready")
    }
    let weights = found.hits.map { exp(logitScale * ($0.cosine - best)) }
    let total = weights.reduce(0, +)
    func mean(_ value: (Int) -> Double) -> Double {
      zip(weights, found.hits).reduce(0) { $0 + $1.0 * value($1.1.row) } / total
    }
    let x = mean { Double(positions[$0, 0]) }
    let y = mean { Double(positions[$0, 1]) }
    let spread = mean { row in
      let (dx, dy) = (Double(positions[row, 0]) - x, Double(positions[row, 1]) - y)
      return dx * dx + dy * dy
    }.squareRoot()
    return (found, (x, y, spread))
  }

  /// Whether the nearest image is no nearer than the largest of so many chance cosines would be.
  ///
  /// The cosines of texts with images lie apart from those of images by the modality gap (Liang et al. 2022,
  /// arXiv:2203.02053), differently for every model, so that no cosine is large by itself. What counts is how far the best
  /// one leads the images at large: (best − median) / scale, the scale 1.4826 · the median absolute deviation: images
  /// that do go with the text move both little as long as they are few, up to a quarter say. Where all n cosines are normal, the chance that any of them
  /// lies above the limit is α when each does with probability 1 − (1 − α)^(1/n), the rule for outliers of Davies and
  /// Gather (1993, doi:10.1080/01621459.1993.10476339) with α = 0.05. The limit is a quantile of Student's
  /// distribution with 0.37 (n − 1) degrees of freedom, 0.37 being what the deviation knows of a scale beside the standard
  /// deviation (Rousseeuw and Croux 1993, doi:10.1080/01621459.1993.10476408): in simulations a chance text then
  /// passes for a match in 1 to 5 of 100 cases from five images to thousands. A text that goes with all images alike
  /// is weak too: its place means nothing.
  ///
  /// - Parameters:
  ///   - best: The largest cosine.
  ///   - scores: The cosines of the images at large, the best among them.
  /// - Complexity: O(n log n), of at most 65,536 of them, evenly spaced.
  static func isWeak(best: Double, among scores: [Float]) -> Bool {
    guard scores.count > 2 else { return true }
    let step = (scores.count + mostSampled - 1) / mostSampled
    let sample = stride(from: 0, to: scores.count, by: step).map { Double(scores[$0]) }
    guard let median = sample.median,
      let deviation = sample.map({ abs($0 - median) }).median
    else { return true }
    let share = pow(1 - significance, 1 / Double(scores.count))
    let limit = StudentDistribution.quantile(
      share, degreesOfFreedom: efficiency * Double(scores.count - 1))
    // Half precision moves the cosines by as much as this.
    return best - median <= max(limit * 1.4826 * deviation, 0x1p-11)
  }

  private static let mostSampled = 65_536
  private static let significance = 0.05
  private static let efficiency = 0.37
}
