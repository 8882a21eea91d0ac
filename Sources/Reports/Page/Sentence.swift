/// A sentence of the page, and what it speaks of.
struct Sentence: Sendable, Equatable {
  /// Its words; several sentences where they stand together.
  let text: String
  /// The kind of noise that it is about; nil for none or all.
  var noise: String?
  /// The figures and tables that show what it says.
  let anchors: [PageAnchor]

  /// A sentence.
  init(_ text: String, noise: String? = nil, _ anchors: PageAnchor...) {
    self.text = text
    self.noise = noise
    self.anchors = anchors
  }
}
