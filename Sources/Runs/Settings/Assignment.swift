/// A value laid over the file's: a path of keys, its text, and where the user wrote it.
package struct Assignment: Sendable {
  package let keys: [String]
  package let text: String
  package let place: String

  /// The value of one option, such as `--levels`.
  package init(_ path: String, _ text: String, place: String) {
    keys = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    self.text = text
    self.place = place
  }

  /// `key.path=value`, the argument of `--set`.
  package init(argument: String) throws {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      throw RunError.setting(
        place: "--set \(argument)", problem: "expected key.path=value")
    }
    self.init(
      String(argument[..<equals]), String(argument[argument.index(after: equals)...]),
      place: "--set \(argument)")
  }
}
