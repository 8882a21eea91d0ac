import Files
import Foundation

/// Typed reading of one mapping of a configuration.
///
/// The keys that are asked for are the keys there are: `finish()` refuses all others and suggests
/// the nearest, so that a misspelt setting never goes unnoticed.
package final class ConfigurationSection {
  private let fields: [String: ConfigurationTree]
  /// Keys that name a value for use elsewhere.
  private let definitions: Set<String>
  private let path: String
  private var known: [String] = []

  package init(_ tree: ConfigurationTree, path: String = "") throws {
    switch tree {
    case .mapping(let fields, _, let definitions):
      (self.fields, self.definitions) = (fields, definitions)
    case .scalar("", _): (fields, definitions) = ([:], [])
    default:
      throw RunError.setting(
        place: tree.place, problem: "\(path.dropLast()) holds a value; expected keys below it")
    }
    self.path = path
  }

  /// Whether `key` has a value.
  package func has(_ key: String) -> Bool {
    if case .scalar("", _)? = fields[key] { return false }
    return fields[key] != nil
  }

  /// The keys that have a value, in order, where a user names them.
  package var names: [String] { fields.keys.filter(has).sorted() }

  /// The text of a value, a list's joined by commas; nil for what has none.
  package func text(_ key: String) -> String? {
    switch fields[key] {
    case .scalar(let text, _): text
    case .list(let items, _):
      ListText.text(items.map { if case .scalar(let text, _) = $0 { text } else { "" } })
    case .mapping, nil: nil
    }
  }

  /// The section below `key`; an empty one if it is absent.
  package func section(_ key: String) throws -> ConfigurationSection {
    known.append(key)
    return try ConfigurationSection(
      fields[key] ?? .mapping([:], place: ""), path: "\(path)\(key).")
  }

  /// The value of `key`, or nil when it is absent or empty.
  ///
  /// - Parameters:
  ///   - key: The key in this section.
  ///   - expected: What the value should be, in words, for the error.
  ///   - parse: The typed value; nil when the text is not one.
  /// - Returns: The typed value, or nil.
  /// - Throws: `RunError.setting` with the place and the text of a value that does not parse.
  package func optional<Value>(
    _ key: String, expected: String, _ parse: (String) -> Value?
  ) throws -> Value? {
    known.append(key)
    guard let tree = fields[key] else { return nil }
    guard case .scalar(let text, let place) = tree else {
      throw mismatch(key, tree.place, expected: expected, found: "a list or keys")
    }
    if text.isEmpty { return nil }
    guard let value = parse(text) else {
      throw mismatch(key, place, expected: expected, found: Self.quoted(text))
    }
    return value
  }

  /// The value of `key`, or `fallback` when it is absent or empty.
  package func value<Value>(
    _ key: String, default fallback: Value, expected: String, _ parse: (String) -> Value?
  ) throws -> Value {
    try optional(key, expected: expected, parse) ?? fallback
  }

  /// The values of a list, written as a YAML list or as `ListText` has them; nil when absent or empty.
  package func list<Value>(
    _ key: String, expected: String, _ parse: (String) -> Value?
  ) throws -> [Value]? {
    known.append(key)
    guard let tree = fields[key] else { return nil }
    let items: [ConfigurationTree]
    switch tree {
    case .list(let values, _): items = values
    case .scalar("", _): return nil
    case .scalar(let text, let place):
      items = ListText.names(text).map { .scalar($0, place: place) }
    case .mapping(_, let place, _):
      throw mismatch(key, place, expected: expected, found: "keys")
    }
    guard items.count <= Self.listLimit else {
      throw mismatch(
        key, tree.place, expected: "at most \(Self.listLimit)", found: "\(items.count) values")
    }
    guard !items.isEmpty else {
      throw mismatch(key, tree.place, expected: expected, found: "an empty list")
    }
    return try items.map { item in
      guard case .scalar(let text, _) = item else {
        throw mismatch(key, item.place, expected: expected, found: "a list or keys")
      }
      guard let value = parse(text) else {
        throw mismatch(key, item.place, expected: expected, found: Self.quoted(text))
      }
      return value
    }
  }

  /// A word of an enumeration.
  package func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, default fallback: Value
  ) throws -> Value where Value.RawValue == String {
    try optionalChoice(key, as: Value.self) ?? fallback
  }

  /// A word of an enumeration, or nil when absent.
  package func optionalChoice<Value: RawRepresentable & CaseIterable>(
    _ key: String, as type: Value.Type
  ) throws -> Value? where Value.RawValue == String {
    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
    return try optional(key, expected: "one of \(words)") { Value(rawValue: $0) }
  }

  /// An error about the value of `key`, naming its place.
  package func error(_ key: String, _ problem: String) -> RunError {
    .setting(place: fields[key]?.place ?? "the defaults", problem: "\(path)\(key): \(problem)")
  }

  /// Refuses keys that nobody asked for, but for those that only name what is used elsewhere.
  package func finish() throws {
    for (key, tree) in fields.sorted(by: { $0.key < $1.key })
    where !known.contains(key) && !definitions.contains(key) {
      let suggestion = key.nearest(of: known).map { "; did you mean \(path)\($0)?" } ?? ""
      throw RunError.setting(
        place: tree.place, problem: "there is no setting \(path)\(key)\(suggestion)")
    }
  }

  /// A text in quotes, its head when it is long.
  private static func quoted(_ text: String) -> String {
    let shown = text.prefix(200)
    return "\"\(shown)\(shown.endIndex == text.endIndex ? "" : "…")\""
  }

  private func mismatch(
    _ key: String, _ place: String, expected: String, found: String
  ) -> RunError {
    .setting(place: place, problem: "\(path)\(key) is \(found); expected \(expected)")
  }

  /// What a seed or a count should be, in words.
  package static let wholeNumber = "a whole number from 0"

  /// The value of `key`, a whole number in a range, or `fallback` when it is absent or empty.
  package func count(
    _ key: String, in range: ClosedRange<Int>, default fallback: Int
  ) throws -> Int {
    try optionalCount(key, in: range) ?? fallback
  }

  /// The value of `key`, a whole number in a range, or nil when it is absent or empty.
  package func optionalCount(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    try optional(key, expected: range.words, range.number)
  }

  /// The value of `key`, a number in a range, or `fallback` when it is absent or empty.
  package func number(
    _ key: String, in range: ClosedRange<Double>, default fallback: Double
  ) throws -> Double {
    try value(key, default: fallback, expected: range.words, range.number)
  }

  /// The most values of a list; no sound one has more.
  private static let listLimit = 100_000
}
