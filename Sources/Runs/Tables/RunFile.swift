/// A kind of file of a run directory, declared once: what the dictionary of files, the removal of stale ones, the
/// digests of the manifest, `diff` and the readers go by.
public struct RunFile: Sendable {
  /// The names of these files.
  public let pattern: FilePattern
  /// One sentence.
  public let meaning: String
  /// The columns; none for a file that is no table.
  public let columns: [any ColumnDeclaration]
  /// In words, the columns behind those that the data decide; nil when there are none.
  public let furtherColumns: String?
  /// Whether it is a result, whose digest the manifest holds; pictures, pages and manifests are none.
  public let isResult: Bool

  /// Declares a file or a kind of files.
  public init(
    _ pattern: FilePattern, _ meaning: String, columns: [any ColumnDeclaration] = [],
    furtherColumns: String? = nil, isResult: Bool = true
  ) {
    self.pattern = pattern
    self.meaning = meaning
    self.columns = columns
    self.furtherColumns = furtherColumns
    self.isResult = isResult
  }
}
