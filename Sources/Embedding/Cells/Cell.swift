package import Files
package import Runs

/// The unit of work and of caching: the embeddings of one chunk of images under one condition.
package struct Cell: Sendable {
  package let chunk: ImageChunk
  /// What decides the embeddings besides the images.
  package let recipe: CellRecipe
  /// SHA-256 over everything that decides the embeddings: `text`.
  package let key: Digest

  /// The condition whose embeddings these are: the recipe's, or that of images which were corrupted beforehand.
  package let condition: Condition

  /// The cell of some images.
  ///
  /// - Parameters:
  ///   - chunk: The images.
  ///   - recipe: What is done to them.
  ///   - condition: Under which condition they are, where the recipe adds no noise because they were corrupted
  ///     beforehand.
  package init(_ chunk: ImageChunk, _ recipe: CellRecipe, of condition: Condition? = nil) {
    self.chunk = chunk
    self.recipe = recipe
    self.condition = condition ?? recipe.condition
    key = Digest(of: recipe.text + chunk.imageLines)
  }

  /// The key in words, which the cell's file holds: the recipe, and a line an image.
  var text: String { recipe.text + chunk.imageLines }
}
