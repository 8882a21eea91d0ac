/// The names of a kind of file in a run directory: `distances.csv`, `angles/CONDITION.csv`,
/// `layouts/METHOD[-sample][-joint]-CONDITION.csv`.
///
/// A word in capitals stands for what differs; brackets hold what may be missing.
package struct FilePattern: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The pattern as people read it.
  package let text: String

  /// What its words stand for, as regular expressions.
  private let words: [String: String]
  /// What stands before the first word and bracket, by which most paths are told apart at once.
  private let beginning: [UInt8]

  /// A pattern of that text.
  package init(stringLiteral text: String) { self.init(text, words: [:]) }

  /// A pattern with words of its own.
  ///
  /// - Parameters:
  ///   - text: The pattern.
  ///   - own: The names that each of its own words stands for.
  package init(_ text: String, words own: [String: [String]]) {
    self.text = text
    words = Self.words.merging(own.mapValues { "(?:\($0.joined(separator: "|")))" }) { $1 }
    let ends = (words.keys + [Self.condition, "["]).compactMap {
      text.firstRange(of: $0)?.lowerBound
    }
    beginning = Array(text[..<(ends.min() ?? text.endIndex)].utf8)
  }

  /// What words in capitals stand for in every pattern; CONDITION is looked for apart.
  private static let words = [
    "SCOPE": "(?:all|class-(?s:.*))", "ROW": "[0-9]{5,}", "NUMBER": "[0-9]{3,}",
    "KEY": "[0-9a-f]{64}", "FIGURE": "[A-Za-z0-9._-]+",
  ]
  private static let condition = "CONDITION"

  /// Whether files of that kind have a name of their own: it holds no word in capitals.
  package var isOneFile: Bool {
    !text.contains("[") && (words.keys + [Self.condition]).allSatisfy { !text.contains($0) }
  }

  /// The folder that the files lie in; empty for the run directory itself.
  package var folder: String {
    text.lastIndex(of: "/").map { String(text[..<$0]) } ?? ""
  }

  /// The name of the file of a condition.
  package func path(_ condition: Condition) -> String {
    text.replacing(Self.condition, with: condition.name)
  }

  /// Whether a path in the run directory is of that kind.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - conditions: Those whose files are meant; nil for any that a name stands for.
  /// - Returns: Whether it is; files without a condition in their names are of all conditions.
  package func matches(_ path: String, of conditions: [Condition]? = nil) -> Bool {
    guard path.utf8.starts(with: beginning) else { return false }
    if beginning.count == text.utf8.count { return path.utf8.count == beginning.count }
    guard let place = text.firstRange(of: Self.condition) else {
      return isMatch(path[...], text[...])
    }
    let (before, after) = (text[..<place.lowerBound], text[place.upperBound...])
    // By scalars: a class's name may merge its ends with what stands beside it into one character.
    let scalars = path.unicodeScalars
    guard scalars.reversed().starts(with: after.unicodeScalars.reversed()) else { return false }
    let stem = scalars.dropLast(after.unicodeScalars.count)
    // A class may have any name, with hyphens and the names of conditions in it: every end of the path that is
    // the name of a condition is tried.
    return stem.indices.dropFirst().contains { start in
      guard "-/".unicodeScalars.contains(stem[stem.index(before: start)]) else { return false }
      let name = String(stem[start...])
      let isCondition =
        conditions.map { $0.contains { $0.name == name } } ?? (Condition(name: name) != nil)
      return isCondition && isMatch(Substring(stem[..<start]), before)
    }
  }

  /// Whether a text is what a pattern without a condition stands for.
  private func isMatch(_ path: Substring, _ pattern: Substring) -> Bool {
    var expression = String(pattern).replacing(".", with: "\\.")
      .replacing("[", with: "(?:").replacing("]", with: ")?")
    for (word, meaning) in words { expression.replace(word, with: meaning) }
    guard let regex = try? Regex(expression) else {
      preconditionFailure("\(pattern) is no pattern of files")
    }
    return path.wholeMatch(of: regex.matchingSemantics(.unicodeScalar)) != nil
  }
}
