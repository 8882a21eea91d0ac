import Foundation
import LinearAlgebra

/// Where the points of a fuzzy simplicial set start.
///
/// A connected graph starts at the two lowest non-trivial eigenvectors of its normalised Laplacian
/// (Belkin, Niyogi 2003, doi:10.1162/089976603321780317). As in umap-learn each component of another
/// graph has a layout of its own and the components are placed apart; here without the points' own
/// coordinates: with one disc a component, of an area that goes with its number of points, the largest
/// in the middle and the others around it by size, each turned on by the golden angle (as Vogel's
/// sunflower, doi:10.1016/0025-5564(79)90080-4). Distances between components mean nothing.
enum SpectralInitialization {
  private static let extent = 10.0
  private static let noise = 1e-4

  /// The start of every vertex, shape [n, 2], both coordinates from 0 to 10.
  ///
  /// The layout is scaled to a largest coordinate of 10, gets normal noise of 1e-4, which parts
  /// duplicates, and is stretched to the square, as in umap-learn.
  ///
  /// - Parameters:
  ///   - graph: A symmetric graph.
  ///   - seed: Of the eigenvectors' start and of the noise.
  ///   - control: How to watch and stop the computation.
  /// - Returns: Pairs x, y.
  /// - Throws: `CancellationError`.
  static func positions(
    of graph: SparseGraph, seed: UInt64, control: ComputationControl
  ) throws -> [Float] {
    let components = graph.connectedComponents()
    let n = graph.vertexCount
    var layout = Matrix<Double>(rows: n, columns: 2)
    var before = 0
    for (number, component) in components.enumerated() {
      control.report("spectral initialisation", before, n)
      let eigenvectors = try LaplacianEigenvectors(
        of: graph.restricted(to: component), seed: seed, control: control)
      let radius = Double(component.count).squareRoot()
      let largest = eigenvectors.vectors.values.reduce(1e-30) { max($0, abs($1)) }
      let turn = Double(number) * .pi * (3 - 5.squareRoot())
      let distance = number == 0 ? 0 : 1.2 * (Double(before).squareRoot() + radius)
      for (place, vertex) in component.enumerated() {
        let scale = radius / 2.squareRoot() / largest
        layout[vertex, 0] = distance * cos(turn) + scale * eigenvectors.vectors[place, 0]
        layout[vertex, 1] = distance * sin(turn) + scale * eigenvectors.vectors[place, 1]
      }
      before += component.count
    }
    control.report("spectral initialisation", n, n)
    let largest = layout.values.reduce(1e-30) { max($0, abs($1)) }
    let normals = RandomStream(domain: "umap/initial noise", seed: seed).normals(count: 2 * n)
    for place in layout.values.indices {
      layout.values[place] *= extent / largest
      layout.values[place] += noise * Double(normals[place])
    }
    for axis in 0..<2 {
      let column = (0..<n).map { layout[$0, axis] }
      guard let low = column.min(), let high = column.max() else { continue }
      for i in 0..<n { layout[i, axis] = extent * (column[i] - low) / (high - low) }
    }
    return layout.values.map { Float($0) }
  }
}
