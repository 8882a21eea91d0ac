package import Runs

/// How the signals of failure are computed.
package struct FailureSettings: DeclaredSettings {
  /// Clean neighbours whose loss is counted.
  package var neighbors = 10
  /// Neighbours that the local dimension is made of.
  package var dimensionNeighbors = 20

  /// The defaults.
  package init() {}

  package static let declared: [Setting<Self>] = [
    .count(
      "neighbors", \.neighbors, in: .neighbors, "nearest clean neighbours whose loss is counted"),
    .count(
      "dimension-neighbors", \.dimensionNeighbors, in: 3...1_000_000,
      "neighbours that the local intrinsic dimension is made of"),
  ]

  /// Neighbours for the loss and for the dimension: those of the settings, or all that there are.
  func neighborCounts(_ samples: SampleTable) -> (loss: Int, dimension: Int) {
    let most = samples.labels.count - 1
    return (min(neighbors, most), min(dimensionNeighbors, most))
  }
}
