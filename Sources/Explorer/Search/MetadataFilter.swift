/// What metadata must be.
package enum MetadataFilter: Sendable, Equatable {
  /// The value is one of these names; an empty name stands for images without a value.
  case isOne(key: String, of: [String])
  /// The value is a number from a lower to an upper limit, both included; nil for no limit.
  case isBetween(key: String, lower: Double?, upper: Double?)
  /// The value contains a text, upper and lower case alike.
  case contains(key: String, text: String)
}
