/// A row of pairs as it is read: an image and a caption, with the fields that go into the results unchanged.
package struct PairRow: Sendable, Equatable {
  /// Where it stands, for messages: "line 3".
  package let place: String
  /// The fields, in the order of the input's columns.
  package let fields: [String]
  /// The image as the input names it.
  package let image: String
  package let caption: String
  /// Why it cannot be scored whatever the image is; nil for nearly all.
  package let problem: String?

  package init(
    place: String, fields: [String], image: String, caption: String, problem: String? = nil
  ) {
    self.place = place
    self.fields = fields
    self.image = image
    self.caption = caption
    self.problem = problem
  }
}
