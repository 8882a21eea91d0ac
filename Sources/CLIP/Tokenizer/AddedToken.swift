/// A token whose name is found in the text before that is cut into words.
struct AddedToken: Sendable, Equatable {
  /// A stretch of text between tokens, or a token.
  enum Piece {
    case token(Int)
    case text(ArraySlice<UInt8>)
  }

  /// The name in UTF-8.
  let content: [UInt8]
  let id: Int
  /// Whether both name and text are normalised before they are compared, so that case is ignored.
  let isNormalized: Bool

  /// Cuts a text at the names of tokens, from the left, at each place the longest that fits.
  ///
  /// - Parameters:
  ///   - text: UTF-8 text.
  ///   - tokens: The tokens, the longest names first.
  /// - Returns: The tokens found and the stretches of text between them that are not empty.
  static func split(_ text: ArraySlice<UInt8>, at tokens: [AddedToken]) -> [Piece] {
    var pieces: [Piece] = []
    var start = text.startIndex
    var place = start
    let initials = Set(tokens.compactMap(\.content.first))
    while !initials.isEmpty, place < text.endIndex {
      guard initials.contains(text[place]),
        let token = tokens.first(where: { text[place...].starts(with: $0.content) })
      else {
        place += 1
        continue
      }
      if start < place { pieces.append(.text(text[start..<place])) }
      pieces.append(.token(token.id))
      place += token.content.count
      start = place
    }
    if start < text.endIndex { pieces.append(.text(text[start...])) }
    return pieces
  }
}
