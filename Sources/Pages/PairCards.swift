/// Pairs of an image and a caption on a page, each a card: the picture, its numbers, the caption.
package enum PairCards {
  /// The side of a picture, in pixels of its own.
  package static let pixels = 224
  /// The most characters and lines of a caption that are seen at first.
  static let shownCharacters = 180
  static let shownLines = 5

  /// The rules that the page's style sheet needs, behind those of `Thumbnails`.
  package static let styles: HTML = """
    .pairs{list-style:none;padding:0;max-width:none;display:grid;gap:1.1rem 1rem;
    grid-template-columns:repeat(auto-fill,minmax(min(100%,11rem),1fr));margin:.6rem 0 1.2rem}
    .pair{margin:0;min-width:0;font-size:.84rem;line-height:1.4;break-inside:avoid}
    .pair .thumb{width:100%;height:auto;aspect-ratio:1;border-radius:4px}
    .pair .numbers{margin:.35rem 0 .15rem;font-variant-numeric:tabular-nums;color:var(--muted);
    display:flex;flex-wrap:wrap;gap:0 .7rem;align-items:baseline}
    .pair .numbers strong{color:var(--text);font-size:1.05rem}
    .pair .numbers span{white-space:nowrap}
    .pair .caption{margin:0;white-space:pre-line;overflow-wrap:anywhere}
    .pair .caption.none{color:var(--muted);font-style:italic}
    .pair details>summary{margin:0;color:var(--text);list-style:none}
    .pair details>summary::-webkit-details-marker{display:none}
    .pair details .toggle{color:var(--accent);white-space:nowrap}
    .pair details[open] .begin,.pair details:not([open]) .less{display:none}
    @media print{.pairs{grid-template-columns:repeat(6,1fr);gap:6pt}
    .pair{font-size:6.5pt}.pair details>summary{display:none}}

    """

  /// A card.
  ///
  /// - Parameters:
  ///   - picture: The image.
  ///   - score: The number that pairs are ordered by, in words.
  ///   - facts: What else is known of the pair.
  ///   - caption: The caption, as it is.
  /// - Returns: An item of a list of class `pairs`.
  package static func card(
    picture: HTML, score: String, facts: [String], caption: String
  ) -> HTML {
    let more = facts.map { fact -> HTML in " <span>\(fact)</span>" }.joined()
    return """
      <li class="pair">\(picture)<p class="numbers"><strong>\(score)</strong>\(more)</p>\
      \(html(ofCaption: caption))</li>

      """
  }

  /// The cards one beside another.
  package static func list(_ cards: [HTML]) -> HTML {
    cards.isEmpty ? "" : "<ul class=\"pairs\">\n\(cards.joined())</ul>\n"
  }

  /// A caption: its line ends kept, a long one folded, in the direction of its script.
  static func html(ofCaption caption: String) -> HTML {
    guard caption.contains(where: { !$0.isWhitespace }) else {
      return "<p class=\"caption none\">no caption</p>"
    }
    guard let beginning = beginning(of: caption) else {
      return "<p class=\"caption\" dir=\"auto\">\(caption)</p>"
    }
    return """
      <details class="caption" dir="auto"><summary><span class="begin">\(beginning)… \
      <span class="toggle">all of it</span></span><span class="toggle less">less</span></summary>\
      \(caption)</details>
      """
  }

  /// As much of a long caption as is seen at first, to the end of a word; nil for one that is not long.
  private static func beginning(of caption: String) -> String? {
    var end = caption.startIndex
    var (characters, lines) = (0, 0)
    while end < caption.endIndex, characters < shownCharacters {
      if caption[end].isNewline { lines += 1 }
      if lines == shownLines { break }
      caption.formIndex(after: &end)
      characters += 1
    }
    guard caption[end...].contains(where: { !$0.isWhitespace }) else { return nil }
    let shown = caption[..<end]
    // Words of some scripts have no space between them.
    guard let space = shown.lastIndex(where: \.isWhitespace),
      caption.distance(from: space, to: end) < shownCharacters / 3
    else { return String(shown) }
    return String(shown[..<space])
  }
}
