/// A kind of file of a run directory, declared once: what the dictionary of files, the removal of stale ones, the
/// digests of the manifest, `diff` and the readers go by.
package struct RunFile: Sendable {
  /// What becomes of a file when the run is repeated, extended or compared.
  package enum Role: String, Sendable, CaseIterable {
    /// What the analyses read: samples, conditions, embeddings. Its digest is in the manifest.
    case input
    /// What an analysis writes. Its digest is in the manifest.
    case result
    /// Pictures and pages, made of the others.
    case view
    /// What the run was made of and with.
    case record
    /// Finished work, which outlives a change of settings: its name says what it is.
    case work
  }

  /// The names of these files.
  package let pattern: FilePattern
  /// One sentence.
  package let meaning: String
  /// The columns; none for a file that is no table.
  package let columns: [any ColumnDeclaration]
  /// In words, the columns behind those that the data decide; nil when there are none.
  package let furtherColumns: String?
  /// What becomes of it.
  package let role: Role

  /// Declares a file or a kind of files.
  package init(
    _ pattern: FilePattern, _ meaning: String, columns: [any ColumnDeclaration] = [],
    furtherColumns: String? = nil, role: Role = .result
  ) {
    self.pattern = pattern
    self.meaning = meaning
    self.columns = columns
    self.furtherColumns = furtherColumns
    self.role = role
  }

  /// Whether the manifest holds its digest.
  package var isDigested: Bool { role == .input || role == .result }
}
