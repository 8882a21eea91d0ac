/// What a browser, or a page in it, did not do.
public struct BrowserError: Error, CustomStringConvertible {
  /// What was asked, and what came of it.
  public let description: String
  init(_ description: String) { self.description = description }
}
