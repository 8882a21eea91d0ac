import Files
import Yams

/// A configuration before it has types: what a YAML file holds, with assignments laid over it.
///
/// Every value keeps the place it came from, so that errors can name it.
package indirect enum ConfigurationTree {
  case scalar(String, place: String)
  case list([ConfigurationTree], place: String)
  case mapping([String: ConfigurationTree], place: String)

  /// No sound experiment has more values; aliases of aliases can make billions.
  private static let valueLimit = 100_000
  /// The deepest settings there are lie three below the root.
  private static let depthLimit = 64
  /// So many aliases unfold to some hundred thousand values at most, whatever stands for what; the parser compares
  /// keys with all that they stand for.
  private static let aliasLimit = 32

  package var place: String {
    switch self {
    case .scalar(_, let place), .list(_, let place), .mapping(_, let place): place
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
    var remaining = Self.valueLimit
    self = try Self.convert(node, file: file, depth: 0, remaining: &remaining)
    if case .scalar("", _) = self { self = .mapping([:], place: file) }  // comments alone
    guard case .mapping = self else {
      throw FileError(file, "is not a YAML mapping of settings, such as \"model: PATH\"")
    }
  }

  private static func convert(
    _ node: Node, file: String, depth: Int, remaining: inout Int
  ) throws -> ConfigurationTree {
    remaining -= 1
    guard remaining > 0 else { throw FileError(file, "holds more than \(valueLimit) values") }
    let place = node.mark.map { "\(file), line \($0.line)" } ?? file
    guard depth <= depthLimit else {
      throw FileError(place, "is nested more than \(depthLimit) deep")
    }
    switch node {
    case .scalar(let scalar):
      let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
      return .scalar(isNull ? "" : scalar.string, place: place)
    case .sequence(let items):
      return .list(
        try items.map { try convert($0, file: file, depth: depth + 1, remaining: &remaining) },
        place: place)
    case .mapping(let pairs):
      var fields: [String: ConfigurationTree] = [:]
      for (key, value) in pairs {
        guard let name = key.string else {
          throw FileError(file, "line \(key.mark?.line ?? 0): a key is not a word")
        }
        fields[name] = try convert(
          value, file: file, depth: depth + 1, remaining: &remaining)
      }
      return .mapping(fields, place: place)
    case .alias:
      throw FileError(file, "has an alias that stands for nothing")
    }
  }

  /// The tree with the value at a path of keys replaced by a scalar.
  package func setting(_ keys: ArraySlice<String>, to text: String, place: String) throws
    -> ConfigurationTree
  {
    guard let key = keys.first else { return .scalar(text, place: place) }
    var fields: [String: ConfigurationTree] = [:]
    switch self {
    case .mapping(let existing, _): fields = existing
    case .scalar("", _): break
    default:
      throw RunError.setting(
        place: place, problem: "\"\(key)\" would be below a value that has no keys (\(self.place))")
    }
    let below = fields[key] ?? .mapping([:], place: place)
    fields[key] = try below.setting(keys.dropFirst(), to: text, place: place)
    return .mapping(fields, place: self.place)
  }
}
