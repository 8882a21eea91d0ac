package import LinearAlgebra
package import Runs

/// The images that are explored, and all that is known of them at a moment.
///
/// A value that replaces another as images are embedded. The rows stay the same as long as the program runs.
package struct ImageSet: Sendable {
  /// Grows with every change: part of what a browser keeps answers by.
  package var revision: Int
  /// How the images were shown to the model.
  package var condition: Condition
  /// The images, a row each, sorted by path.
  package var images: [ExploredImage]
  /// The metadata, the columns in the order in which they are offered.
  package var columns: [MetadataColumn]
  /// Which rows have an embedding.
  package var embedded: RowMask
  /// Which rows have a place on the map.
  package var located: RowMask
  /// The places on the map: [images, 2], 0 where there is none.
  package var positions: Matrix<Float>
  /// What cannot be read or names no image.
  package var problems: [ExplorationProblem]

  package init(
    revision: Int, condition: Condition, images: [ExploredImage], columns: [MetadataColumn],
    embedded: RowMask, located: RowMask, positions: Matrix<Float>, problems: [ExplorationProblem]
  ) {
    precondition(embedded.count == images.count && located.count == images.count)
    precondition(positions.rows == images.count && positions.columns == 2)
    (self.revision, self.condition, self.images, self.columns) = (
      revision, condition, images, columns
    )
    (self.embedded, self.located, self.positions, self.problems) = (
      embedded, located, positions, problems
    )
  }
}

/// Something of the input that the page cannot show, and why.
package struct ExplorationProblem: Sendable, Equatable, Hashable {
  /// The file, or the place in a file of metadata.
  package let subject: String
  /// What is wrong with it, and what to do.
  package let reason: String

  package init(subject: String, reason: String) {
    (self.subject, self.reason) = (subject, reason)
  }
}
