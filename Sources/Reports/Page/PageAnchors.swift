import Pages

/// The ids of a page's figures, tables and parts: what sentences may link to.
struct PageAnchors: Sendable {
  /// A part of the page that is of one kind of noise, or of all.
  private struct Place: Hashable {
    let anchor: PageAnchor
    let noise: String?
  }

  private var ids: [Place: String] = [:]

  /// Notes an id; of several of one anchor and kind of noise the first counts.
  ///
  /// - Parameters:
  ///   - anchor: What it is.
  ///   - noise: The kind of noise that it is of; nil for all.
  ///   - id: The element's id.
  mutating func add(_ anchor: PageAnchor, noise: String?, id: String) {
    let place = Place(anchor: anchor, noise: noise)
    if ids[place] == nil { ids[place] = id }
  }

  /// The id of what is of a kind of noise, else of what is of all; nil where the page has neither.
  func id(_ anchor: PageAnchor, noise: String?) -> String? {
    ids[Place(anchor: anchor, noise: noise)] ?? ids[Place(anchor: anchor, noise: nil)]
  }

  /// A sentence with links to what it speaks of: of several figures, or tables, to the first that is there.
  func html(_ sentence: Sentence) -> HTML {
    var links: [HTML] = []
    var words: Set<String> = []
    for anchor in sentence.anchors {
      guard let id = id(anchor, noise: sentence.noise), words.insert(anchor.words).inserted else {
        continue
      }
      links.append("<a href=\"#\(id)\">\(anchor.words)</a>")
    }
    let sources: HTML = " <span class=\"sources\">[\(links.joined(separator: ", "))]</span>"
    return "\(HTML.unbroken(sentence.text))\(sources, if: !links.isEmpty)"
  }

  /// Sentences as one paragraph; nothing of none.
  func paragraph(_ sentences: [Sentence]) -> HTML {
    guard !sentences.isEmpty else { return "" }
    return "<p>\(sentences.map(html).joined(separator: " "))</p>\n"
  }
}
