import Runs

/// What a sentence speaks of: a part of the page that it links to, where the page has it.
enum PageAnchor: Sendable, Hashable {
  /// A figure, by its name or by what that begins with before a hyphen and the kind of noise.
  case figure(String)
  /// A table, by the pattern of its file.
  case table(String)
  /// A part of the page.
  case section(String)

  /// The first table of a file.
  static func table(_ file: RunFile) -> PageAnchor { .table(file.pattern.text) }

  /// The words of the link.
  var words: String {
    switch self {
    case .figure: "figure"
    case .table: "table"
    case .section: "section"
    }
  }
}
