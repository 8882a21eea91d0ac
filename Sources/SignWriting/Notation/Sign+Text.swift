extension Sign {
  /// The sign that a text in Formal SignWriting spells, whole and without white space.
  ///
  /// The grammar is `[A symbol+] [BLMR]nnnxnnn (symbol nnnxnnn)*`, with coordinates from 250 to 749
  /// (Slevinski, draft-slevinski-formal-signwriting). Symbols without a box, as punctuation stands in a
  /// text, are in the middle lane with the corner (500, 500). Time O(characters).
  ///
  /// - Throws: `SignError` with the character (from 1), what stands there and what the grammar has.
  package init(fsw text: String) throws(SignError) {
    var reader = SignReader(text)
    self = try reader.readFSW()
  }

  /// The sign that a text in SignWriting in Unicode spells, whole and without white space.
  ///
  /// The same grammar in the characters U+1D800 (prefix), U+1D801 to U+1D804 (lanes), U+1D80C to U+1D9FF
  /// (coordinates), U+40001 onwards (symbols).
  ///
  /// - Throws: `SignError` with the character (from 1), what stands there and what the grammar has.
  package init(swu text: String) throws(SignError) {
    var reader = SignReader(text)
    self = try reader.readSWU()
  }

  /// The signs of a text, separated by white space, each in FSW or in SWU.
  ///
  /// - Returns: In order, at least one.
  /// - Throws: `SignError`, whose positions count from the beginning of the whole text; an empty text is one.
  package static func signs(in text: String) throws(SignError) -> [Sign] {
    let scalars = Array(text.unicodeScalars)
    var signs: [Sign] = []
    var start = 0
    while start < scalars.count {
      guard !scalars[start].properties.isWhitespace else {
        start += 1
        continue
      }
      var end = start
      while end < scalars.count, !scalars[end].properties.isWhitespace { end += 1 }
      var reader = SignReader(scalars, range: start..<end)
      signs.append(reader.isAtSWU ? try reader.readSWU() : try reader.readFSW())
      start = end
    }
    guard !signs.isEmpty else {
      throw SignError(
        position: scalars.count + 1, found: "the end of the text", expected: "a sign in FSW or SWU")
    }
    return signs
  }

  /// The sign in Formal SignWriting, its box always written.
  package var fsw: String {
    var text: [UInt8] = []
    if !prefix.isEmpty {
      text.append(UInt8(ascii: "A"))
      for symbol in prefix { symbol.appendKey(to: &text) }
    }
    text.append(lane.rawValue.asciiValue ?? UInt8(ascii: "M"))
    corner.append(to: &text)
    for placed in symbols {
      placed.symbol.appendKey(to: &text)
      placed.place.append(to: &text)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The sign in SignWriting in Unicode, its box always written.
  ///
  /// Coordinates as `clamped` has them, for SWU has no others.
  package var swu: String {
    var text = String.UnicodeScalarView()
    func append(_ point: Point) {
      text.append(SWU.scalar(of: point.x))
      text.append(SWU.scalar(of: point.y))
    }
    if !prefix.isEmpty {
      text.append(SWU.prefix)
      for symbol in prefix { text.append(SWU.scalar(of: symbol)) }
    }
    text.append(SWU.mark(of: lane))
    append(corner)
    for placed in symbols {
      text.append(SWU.scalar(of: placed.symbol))
      append(placed.place)
    }
    return String(text)
  }

  /// The sign as a form to compare by: without the prefix, which only sorts, and with its box.
  ///
  /// As `normalize_signwriting` of PyPI `signwriting` 0.1.19.
  package var normalized: Sign { Sign(lane: lane, corner: corner, symbols: symbols) }

  /// The sign with every coordinate brought to the nearest of 250 to 749.
  ///
  /// As `sign_to_fsw` of PyPI `signwriting` 0.1.19, except that it leaves 750 alone unless another is worse.
  package var clamped: Sign {
    func clamp(_ point: Point) -> Point {
      Point(
        x: point.x.clamped(to: Sign.coordinates), y: point.y.clamped(to: Sign.coordinates))
    }
    return Sign(
      prefix: prefix, lane: lane, corner: clamp(corner),
      symbols: symbols.map { Placed($0.symbol, at: clamp($0.place)) })
  }
}

extension Sign.Point {
  /// `482x483`.
  fileprivate func append(to text: inout [UInt8]) {
    text += String(x).utf8
    text.append(UInt8(ascii: "x"))
    text += String(y).utf8
  }
}
