/// Signs below one another, and how their text spells them: what one image shows.
package struct SignColumn: Sendable, Equatable {
  /// At least one.
  package let signs: [Sign]
  /// The signs in FSW with a blank between two; a sign that was in FSW as it stood.
  package let fsw: String

  /// Reads signs separated by white space, each in FSW or SWU.
  ///
  /// - Throws: `SignError` with the position in the text.
  package init(_ text: String) throws(SignError) {
    signs = try Sign.signs(in: text)
    let words = text.unicodeScalars.split { $0.properties.isWhitespace }
    fsw = zip(words, signs).map { word, sign in
      word.first?.isASCII == true ? String(word) : sign.fsw
    }.joined(separator: " ")
  }

  /// All signs of columns below one another.
  package init(joining columns: [SignColumn]) {
    precondition(!columns.isEmpty)
    signs = columns.flatMap(\.signs)
    fsw = columns.map(\.fsw).joined(separator: " ")
  }

  /// Signs, spelled as FSW.
  package init(_ signs: [Sign]) {
    precondition(!signs.isEmpty)
    self.signs = signs
    fsw = signs.map(\.fsw).joined(separator: " ")
  }
}
