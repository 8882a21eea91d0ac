/// A figure of a folder that has one of its kind.
struct NamedFigure<Source: Sendable>: Sendable {
  /// What it shows, as messages call it.
  let text: String
  /// Its name.
  let name: String
  /// Makes it; throws `FigureLeftOut`, or `FileError` for a table that is damaged.
  let figure: @Sendable (Source) throws -> Figure
}
