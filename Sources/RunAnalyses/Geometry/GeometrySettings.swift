package import Runs

/// How the numbers of `geometry.csv` are computed.
package struct GeometrySettings: DeclaredSettings {
  /// Neighbours of which clean and noisy embeddings are compared.
  package var overlapNeighbors = 10
  /// Neighbours that the maximum-likelihood dimension uses.
  package var dimensionNeighbors = 20

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] = [
    .count(
      "overlap-neighbors", \.overlapNeighbors, in: .neighbors,
      "neighbours of which clean and noisy embeddings are compared"),
    .count(
      "dimension-neighbors", \.dimensionNeighbors, in: 3...1_000_000,
      "neighbours that the maximum-likelihood dimension uses"),
  ]
}
