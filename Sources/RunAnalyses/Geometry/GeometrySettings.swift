public import Runs

/// How the numbers of `geometry.csv` are computed.
public struct GeometrySettings: DeclaredSettings {
  /// Neighbours of which clean and noisy embeddings are compared.
  public var overlapNeighbors = 10
  /// Neighbours that the maximum-likelihood dimension uses.
  public var dimensionNeighbors = 20

  /// The defaults.
  public init() {}

  public static let declared: [Setting<Self>] = [
    .count(
      "overlap-neighbors", \.overlapNeighbors, from: 1,
      "neighbours of which clean and noisy embeddings are compared"),
    .count(
      "dimension-neighbors", \.dimensionNeighbors, from: 3,
      "neighbours that the maximum-likelihood dimension uses"),
  ]
}
