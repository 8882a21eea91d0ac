package import Runs

/// How the numbers of `geometry.csv` are computed.
public struct GeometrySettings: Sendable, Equatable {
  /// Neighbours of which clean and noisy embeddings are compared.
  public var overlapNeighbors: Int
  /// Neighbours that the maximum-likelihood dimension uses.
  public var dimensionNeighbors: Int

  package init(_ section: ConfigurationSection) throws {
    func count(_ key: String, default fallback: Int, from least: Int) throws -> Int {
      try section.value(
        key, default: fallback, expected: "a whole number from \(least)"
      ) { text in Int(text).flatMap { $0 >= least ? $0 : nil } }
    }
    overlapNeighbors = try count("overlap-neighbors", default: 10, from: 1)
    dimensionNeighbors = try count("dimension-neighbors", default: 20, from: 3)
    try section.finish()
  }

  /// The settings that decide results, for the configuration's digest.
  package var canonicalSettings: [(String, String)] {
    [
      ("geometry.overlap-neighbors", "\(overlapNeighbors)"),
      ("geometry.dimension-neighbors", "\(dimensionNeighbors)"),
    ]
  }
}
