internal import Files
package import Foundation
internal import Pages
package import Runs

/// All that a server asks of what it serves.
///
/// The methods block for as long as they compute or read.
package protocol Explorable: AnyObject, Sendable {
  /// The title of the page.
  var title: String { get }
  /// What the images are of, for the page: "40 images in photos", and what a reader must know, such as that the files are
  /// gone and thumbnails serve.
  var notes: [String] { get }
  /// The name of the model; nil when there is none to embed texts with.
  var modelName: String? { get }
  /// The dimension of its embeddings; 0 while unknown.
  var dimension: Int { get }
  /// The conditions there are, `clean` first.
  var conditions: [Condition] { get }

  /// The images as far as they have come; nil for a condition that is not there.
  func imageSet(_ condition: Condition) -> ImageSet?
  /// How far they have come.
  var progress: ExplorationProgress { get }
  /// What happens from now on; the stream ends when the set is ready or has failed.
  func progressUpdates() -> AsyncStream<ExplorationProgress>

  /// A small JPEG of an image, its longer side at most 256 pixels; nil where there is none.
  func thumbnail(row: Int) throws -> Data?
  /// The file of an image and its media type; nil when the file is not there any more.
  func original(row: Int) throws -> (data: Data, mediaType: String)?
  /// How the sheets of tiny pictures are cut: row r is tile r mod (columns · rows) of sheet r / (columns · rows).
  var sprites: SpriteLayout { get }
  /// A sheet as JPEG; nil past the last.
  func spriteSheet(_ index: Int) throws -> Data?

  /// The images nearest to a query.
  ///
  /// - Throws: `SearchError` for what cannot be looked for.
  func search(_ request: SearchRequest, _ condition: Condition) throws -> SearchResult
  /// The rows that filters leave.
  func rows(passing filters: [MetadataFilter], _ condition: Condition) throws -> RowMask
  /// Where a text stands on the map.
  func place(_ text: String, _ condition: Condition) throws -> QueryMarker

  /// The names of what is saved, sorted.
  func savedNames(_ kind: SavedKind) throws -> [String]
  /// What was saved under a name; nil for nothing. A query is the page's state as text; a selection the rows of it that
  /// are still there, as the bytes of a `RowMask`.
  func saved(_ kind: SavedKind, name: String) throws -> Data?
  /// Saves under a name, in place of what was there.
  func save(_ kind: SavedKind, name: String, _ data: Data) throws
  /// Forgets what was saved under a name; whether there was something.
  func forget(_ kind: SavedKind, name: String) throws -> Bool
}

/// What a user saves under a name.
package enum SavedKind: String, Sendable, CaseIterable {
  case query
  case selection
}

/// How sheets of tiny pictures are cut.
package struct SpriteLayout: Sendable, Equatable {
  /// The side of a tile in pixels; a picture is in its middle, what it leaves is grey.
  package var tile: Int
  package var columns: Int
  package var rows: Int

  /// Sheets as a report's, unless told otherwise.
  package init(
    tile: Int = SpriteSheets.tile, columns: Int = SpriteSheets.columns,
    rows: Int = SpriteSheets.rows
  ) {
    (self.tile, self.columns, self.rows) = (tile, columns, rows)
  }
}

/// What cannot be looked for: the request names something that is not there, or weighs to nothing.
package struct SearchError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description.legible }
}
