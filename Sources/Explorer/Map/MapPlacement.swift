internal import Foundation
package import LinearAlgebra
internal import Runs

/// Places texts and new images on a finished map, which stays as it is.
package struct MapPlacement: Sendable {
  /// By how many images something is placed.
  package static let neighborCount = 15

  private let index: EmbeddingIndex
  private let positions: Matrix<Float>
  private let located: RowMask
  private let logitScale: Double
  private let rows: EmbeddingIndex.Rows
  private let strength: MatchStrength

  /// A placement by the images that have a place.
  ///
  /// - Parameters:
  ///   - index: The embeddings.
  ///   - positions: The places of the images, shape [rows of the index, 2].
  ///   - located: The images to place others by: those that have a place. So that the places of new images do not hang
  ///     on their order, those that the map was made of.
  ///   - logitScale: What the model multiplies cosines by before a softmax; finite, at least 0.
  ///   - rows: The float32 embeddings.
  /// - Throws: `FileError` of the index and the store.
  /// - Complexity: That of `MatchStrength`, some 64 searches.
  package init(
    index: EmbeddingIndex, positions: Matrix<Float>, located: RowMask, logitScale: Double,
    rows: @escaping EmbeddingIndex.Rows
  ) throws {
    precondition(positions.rows == index.rowCount && positions.columns == 2)
    precondition(located.count == index.rowCount && logitScale.isFinite && logitScale >= 0)
    (self.index, self.positions, self.located) = (index, positions, located)
    (self.logitScale, self.rows) = (logitScale, rows)
    strength = try MatchStrength(index: index, among: located, rows: rows)
  }

  /// Where a text stands, at the mean of its 15 nearest images' places.
  ///
  /// Method: of image i with cosine c_i the weight is w_i = exp(s c_i) / Σ exp(s c_j), s the model's logit scale: the
  /// softmax over the 15 by which the model itself tells how well each goes with the text. The place is p = Σ w_i p_i, the
  /// spread √(Σ w_i ‖p_i − p‖²). `MatchStrength` tells weak matches.
  ///
  /// - Parameters:
  ///   - text: The text, for the marker.
  ///   - embedding: Its embedding, a unit vector.
  /// - Returns: The place, with its spread and the images.
  /// - Throws: `SearchError` where no image has a place; `FileError` of the index and the store.
  /// - Complexity: That of `EmbeddingIndex.nearest`.
  package func marker(_ text: String, embedding: [Float]) throws -> QueryMarker {
    let (found, place) = try place(embedding)
    return try QueryMarker(
      text: text, x: place.x, y: place.y, spread: place.spread,
      isWeak: !strength.isMatch(found, rows: rows), rows: found.hits.map(\.row))
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
      try Interruption.check(finished: row, of: embeddings.rows)
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
}
