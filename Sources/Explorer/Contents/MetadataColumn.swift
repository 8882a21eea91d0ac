/// What is known of the images under one key, a value a row.
package struct MetadataColumn: Sendable, Equatable {
  /// Values of one type.
  package enum Values: Sendable, Equatable {
    /// Names, and for every row the place of its name among them; -1 for none. Texts, booleans, and lists or objects as
    /// JSON. The names are sorted: numbers in them count as numbers, so that `a2` stands before `a10`.
    case categories(names: [String], codes: [Int32])
    /// Numbers, and which rows have one; the others are 0.
    case numbers([Double], present: RowMask)
  }

  /// The key.
  package let key: String
  /// The values, one a row.
  package let values: Values
  /// What it is of a run: `class`, `predicted`, `correct`, `confidence`, `split`; nil for metadata.
  package let role: String?

  package init(key: String, values: Values, role: String? = nil) {
    (self.key, self.values, self.role) = (key, values, role)
  }
}
