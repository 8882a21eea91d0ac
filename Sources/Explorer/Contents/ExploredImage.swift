/// An image of a set that is explored.
package struct ExploredImage: Sendable, Equatable {
  /// The store's number of it, which no other image ever gets; what is saved names images by it.
  package let number: Int64
  /// What users call it: the file's stem where no other image has it, else its path.
  package let id: String
  /// The file, relative to the folder that is explored, or as the run's `samples.csv` has it.
  package let path: String
  /// Its width in pixels; 0 while it has not been read.
  package let width: Int
  /// Its height in pixels; 0 while it has not been read.
  package let height: Int

  package init(number: Int64, id: String, path: String, width: Int, height: Int) {
    (self.number, self.id, self.path) = (number, id, path)
    (self.width, self.height) = (width, height)
  }
}
