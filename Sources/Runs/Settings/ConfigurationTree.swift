import Files
import Yams

/// A configuration before it has types: what a YAML file holds, with assignments laid over it.
///
/// Every value keeps the place it came from, so that errors can name it.
package indirect enum ConfigurationTree {
  case scalar(String, place: String)
  case list([ConfigurationTree], place: String)
  /// Values under their keys; `definitions` are those that only give a value a name for use elsewhere,
  /// unless a setting is called so.
  case mapping([String: ConfigurationTree], place: String, definitions: Set<String> = [])

  /// So many aliases unfold to some hundred thousand values at most, whatever stands for what; the parser compares
  /// keys with all that they stand for.
  private static let aliasLimit = 32

  package var place: String {
    switch self {
    case .scalar(_, let place), .list(_, let place), .mapping(_, let place, _): place
    }
  }

  /// Parses YAML text; an empty text is an empty mapping.
  ///
  /// - Throws: `FileError` with the line of a syntax error.
  package init(yaml text: String, file: String) throws {
    let aliases = text.matches(of: /(?:^|[\s\[\]{},:?-])\*[^\s\[\]{},]/).count
    guard aliases <= Self.aliasLimit else {
      throw FileError(
        file,
        "has \(aliases) aliases (*name); expected at most \(Self.aliasLimit): write values out")
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      // It ends with the line, which may be long.
      throw FileError(file, "is not valid YAML: \("\(error)".prefix(1000))")
    }
    guard let node, !text.isEmpty else {
      self = .mapping([:], place: file)
      return
    }
    var conversion = YAMLConfiguration(file: file)
    self = try conversion.tree(node)
    if case .scalar("", _) = self { self = .mapping([:], place: file) }  // comments alone
    guard case .mapping = self else {
      throw FileError(file, "is not a YAML mapping of settings, such as \"model: PATH\"")
    }
  }

  /// The tree with the value at a path of keys replaced by a scalar.
  package func setting(_ keys: ArraySlice<String>, to text: String, place: String) throws
    -> ConfigurationTree
  {
    guard let key = keys.first else { return .scalar(text, place: place) }
    var fields: [String: ConfigurationTree] = [:]
    var definitions: Set<String> = []
    switch self {
    case .mapping(let existing, _, let names): (fields, definitions) = (existing, names)
    case .scalar("", _): break
    default:
      throw RunError.setting(
        place: place, problem: "\"\(key)\" would be below a value that has no keys (\(self.place))")
    }
    let below = fields[key] ?? .mapping([:], place: place)
    fields[key] = try below.setting(keys.dropFirst(), to: text, place: place)
    return .mapping(fields, place: self.place, definitions: definitions)
  }
}
