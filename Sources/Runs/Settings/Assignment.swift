/// A value laid over the file's: a path of keys, its text, and where the user wrote it.
package struct Assignment: Sendable, Codable {
  package let keys: [String]
  package let text: String
  package let place: String

  /// The value of one option, such as `--levels`.
  package init(_ path: String, _ text: String, place: String) {
    keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    self.text = text
    self.place = place
  }

  /// One that a plan keeps.
  ///
  /// - Throws: `DecodingError` for a path of no keys, and for one of too many.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    keys = try values.decode([String].self, forKey: .keys)
    text = try values.decode(String.self, forKey: .text)
    place = try values.decode(String.self, forKey: .place)
    guard (1...Self.mostKeys).contains(keys.count) else {
      throw DecodingError.dataCorruptedError(
        forKey: .keys, in: values,
        debugDescription: "\(keys.count) keys; expected 1 to \(Self.mostKeys)")
    }
  }

  /// The most keys of a path; the settings there are have at most three.
  static let mostKeys = 16

  /// As much of an argument is repeated in messages.
  private static let shownLength = 200

  /// `key.path=value`, the argument of `--set`.
  ///
  /// - Throws: `RunError.setting` for an argument without a key or a value, and for a path of too many keys.
  package init(argument: String) throws {
    let shown = argument.prefix(Self.shownLength)
    let place = "--set \(shown)" + (shown.endIndex == argument.endIndex ? "" : "…")
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      throw RunError.setting(place: place, problem: "expected key.path=value")
    }
    self.init(
      String(argument[..<equals]), String(argument[argument.index(after: equals)...]),
      place: place)
    guard keys.count <= Self.mostKeys else {
      throw RunError.setting(
        place: place,
        problem:
          "has a path of \(keys.count) keys; expected at most \(Self.mostKeys), as in key.path=value"
      )
    }
  }
}
