/// Where a text is no sign, and what would have been one.
package struct SignError: Error, CustomStringConvertible, Hashable, Sendable {
  /// The character (Unicode scalar) of the text, from 1; one more than it has when the text ends too early.
  package let position: Int
  /// What stands there, as a message shows it.
  package let found: String
  /// What the notation has at this place, and a remedy where there is one.
  package let expected: String

  /// `character 9: found “q”, expected …`.
  package var description: String { "character \(position): found \(found), expected \(expected)" }
}
