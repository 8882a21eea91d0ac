extension String {
  /// The text as an error shows it: one that is longer than a page without its middle.
  ///
  /// An error quotes what was found, and what was found may be a whole file. How an error begins says where and what, and
  /// how it ends what to do. A path alone, as long as Linux takes it, is never cut.
  ///
  /// - Returns: The text, or its beginning, how many bytes are left out, and its end: below 4,096 bytes in all.
  package var legible: String {
    let count = utf8.count
    guard count > Self.page else { return self }
    // Slices begin and end at whole scalars.
    let head = self[..<utf8.index(startIndex, offsetBy: Self.page * 2 / 3)]
    let tail = self[utf8.index(endIndex, offsetBy: -Self.page / 4)...]
    return "\(head)… (\(count - head.utf8.count - tail.utf8.count) bytes more) …\(tail)"
  }

  /// The bytes of the longest path that Linux takes.
  private static let page = 4096
}
