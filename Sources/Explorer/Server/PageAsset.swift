/// A part of the page: markup, style or script.
package struct PageAsset: Sendable {
  /// The contents.
  package let bytes: [UInt8]
  /// What they are, such as `text/css; charset=utf-8`.
  package let mediaType: String

  package init(_ bytes: [UInt8], mediaType: String) {
    (self.bytes, self.mediaType) = (bytes, mediaType)
  }
}
