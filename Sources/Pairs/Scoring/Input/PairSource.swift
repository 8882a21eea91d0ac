package import Files

/// Where pairs come from: read as often as needed, from the beginning, one after the other.
package protocol PairSource: Sendable {
  /// As messages call it.
  var name: String { get }
  /// The columns of its rows.
  var header: [String] { get }
  /// What is to be said of how it is read, a sentence each.
  var remarks: [String] { get }
  /// All that decides which rows there are and which files they mean, but for the bytes.
  var choices: String { get }

  /// The rows from the first on.
  ///
  /// - Throws: `FileError` when it cannot be read.
  func rows() throws -> any PairRows

  /// The file of an image.
  ///
  /// - Parameter image: As a row names it.
  /// - Returns: Its path.
  /// - Throws: `FileError` that says why there is none.
  func imageFile(_ image: String) throws -> String
}

/// Rows of pairs, one after the other.
package protocol PairRows {
  /// The next row; nil after the last.
  ///
  /// - Throws: `FileError` with the place of what is wrong.
  mutating func next() throws -> PairRow?

  /// The SHA-256 of all that the rows are read from; nil before the last row.
  var digest: Digest? { get }
}
