/// Where a text stands on the map of the images.
package struct QueryMarker: Sendable, Equatable {
  package var text: String
  package var x: Double
  package var y: Double
  /// How far the images that it is placed by lie from there: the root of the weighted mean square.
  package var spread: Double
  /// Whether the text is nearer to no image than to images at large, so that its place means little.
  package var isWeak: Bool
  /// The images it is placed by, the nearest first.
  package var rows: [Int]

  package init(text: String, x: Double, y: Double, spread: Double, isWeak: Bool, rows: [Int]) {
    (self.text, self.x, self.y, self.spread) = (text, x, y, spread)
    (self.isWeak, self.rows) = (isWeak, rows)
  }
}
