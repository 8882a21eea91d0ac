/// A paper, and the file of a run that shows that its method was used.
struct Paper: Sendable {
  /// The method.
  let what: String
  /// Authors, year and title.
  let reference: String
  /// Its DOI; nil for what has none.
  let doi: String?
  /// A file or folder of the run directory; nil for what every run uses.
  let file: String?
}
