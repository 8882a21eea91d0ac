/// The names of a kind of file in a run directory: `distances.csv`, `angles/CONDITION.csv`,
/// `layouts/METHOD[-sample][-joint]-CONDITION.csv`.
///
/// A word in capitals stands for what differs; brackets hold what may be missing.
public struct FilePattern: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The pattern as people read it.
  public let text: String

  /// A pattern of that text.
  public init(stringLiteral text: String) { self.text = text }

  /// What words in capitals stand for. Names of classes may be anything; conditions are checked apart.
  private static let words = [
    "CONDITION": "(.+?)", "SCOPE": "(?:all|class-.*?)", "METHOD": "[a-z]+", "ROW": "[0-9]{5,}",
    "NUMBER": "[0-9]{3,}", "KEY": "[0-9a-f]{64}", "FIGURE": "[a-z0-9._-]+",
  ]

  /// Whether files of that kind have a name of their own: it holds no word in capitals.
  public var isOneFile: Bool {
    !text.contains("[") && Self.words.keys.allSatisfy { !text.contains($0) }
  }

  /// The folder that the files lie in; empty for the run directory itself.
  public var folder: String {
    text.lastIndex(of: "/").map { String(text[..<$0]) } ?? ""
  }

  /// The name of the file of a condition.
  public func path(_ condition: Condition) -> String {
    text.replacing("CONDITION", with: condition.name)
  }

  /// A path of that kind.
  public struct Match: Sendable, Equatable {
    /// The condition in its name; nil where the pattern has none.
    public let condition: Condition?
  }

  /// What a path in the run directory says, when it is of that kind; nil for any other.
  public func match(_ path: String) -> Match? {
    if isOneFile { return path == text ? Match(condition: nil) : nil }
    var expression = text.replacing(".", with: "\\.")
    for (word, meaning) in Self.words { expression.replace(word, with: meaning) }
    expression = expression.replacing(/\[([^\]0-9]*)\]/) { "(?:\($0.1))?" }
    guard let regex = try? Regex(expression), let match = path.wholeMatch(of: regex) else {
      return nil
    }
    guard text.contains("CONDITION") else { return Match(condition: nil) }
    guard let name = match.output[1].substring, let condition = Condition(name: String(name)) else {
      return nil
    }
    return Match(condition: condition)
  }
}
