internal import Analyses
package import LinearAlgebra
internal import RunAnalyses

/// The map of an image set: places in the plane at which images that are alike stand together.
package enum ImageMap {
  /// From how many images on UMAP lays them out; fewer than it has neighbours say nothing of neighbourhoods.
  package static let fewestLaidOut = 16

  /// Lays images out.
  ///
  /// Method: UMAP of the cosine distances with 15 neighbours and seed 0 (see `UMAP`). Fewer than sixteen images stand at
  /// their first two principal components, one alone, and images that are all equal, at the origin.
  ///
  /// - Parameters:
  ///   - embeddings: Unit vectors, shape [n, d]; emptied once the neighbours are known.
  ///   - control: How to watch and stop the computation.
  /// - Returns: Finite positions, shape [n, 2], the same bytes for any number of threads.
  /// - Throws: `AnalysisError`, `LinearAlgebraError` for an embedding that is not finite, `CancellationError`.
  /// - Complexity: That of the neighbours, O(n² · d) or less by an index, and O(n) epochs of UMAP.
  package static func positions(
    of embeddings: inout Matrix<Float>, control: ComputationControl = ComputationControl()
  ) throws -> Matrix<Float> {
    if embeddings.rows >= fewestLaidOut {
      return try LayoutRecipe(.umap).layout(of: &embeddings, control: control).positions
    }
    var positions = Matrix<Float>(rows: embeddings.rows, columns: 2)
    guard let first = embeddings.values.first, first.isFinite, embeddings.rows > 1,
      (1..<embeddings.rows).contains(where: { embeddings.row($0) != embeddings.row(0) })
    else { return positions }
    let components = try PrincipalComponents(
      of: embeddings, count: min(2, embeddings.rows - 1, embeddings.columns), control: control)
    let projected = try components.project(embeddings)
    for row in 0..<positions.rows {
      for column in 0..<projected.columns { positions[row, column] = projected[row, column] }
    }
    return positions
  }

  /// Whether a map should be made anew: when more images have been placed in it later than it was made of, for what is
  /// placed among others never forms a neighbourhood of its own; and when it was made of so few that UMAP did not lay
  /// them out.
  ///
  /// - Parameters:
  ///   - fitted: The images that it was made of.
  ///   - placed: The images that were placed in it since.
  /// - Returns: Whether it should.
  package static func needsNewMap(fitted: Int, placed: Int) -> Bool {
    placed > fitted || (placed > 0 && fitted < fewestLaidOut)
  }
}
