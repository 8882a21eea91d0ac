package import Files
package import Runs

/// The unit of work and of caching: the embeddings of one chunk of images under one condition.
package struct Cell: Sendable {
  package let chunk: ImageChunk
  /// What decides the embeddings besides the images.
  package let recipe: CellRecipe
  /// SHA-256 over everything that decides the embeddings: `text`.
  package let key: Digest

  package init(_ chunk: ImageChunk, _ recipe: CellRecipe) {
    self.chunk = chunk
    self.recipe = recipe
    key = Digest(of: recipe.text + chunk.imageLines)
  }

  package var condition: Condition { recipe.condition }

  /// The key in words, which the cell's file holds: the recipe, and a line an image.
  var text: String { recipe.text + chunk.imageLines }
}
