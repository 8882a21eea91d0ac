/// What is explored, and how.
package struct ExplorationOptions: Sendable {
  /// A folder of images, or a run directory.
  package var path: String
  /// The model, as `CLIPModel(named:)` takes it; nil for the run's own or, of a folder, the built-in one.
  package var model: String?
  /// The file of metadata; nil for the one that lies in the folder.
  package var metadata: String?
  /// The store's file; nil for the one beside the data.
  package var store: String?
  /// Whether the map is made anew although there is one.
  package var makesNewMap = false
  /// Whether to say nothing on standard error.
  package var isQuiet = false

  package init(path: String) { self.path = path }
}
