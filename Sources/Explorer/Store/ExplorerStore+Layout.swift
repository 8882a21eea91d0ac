internal import Files
internal import Foundation
internal import GRDB

/// Where an image stands on the map.
package struct StoredPlace: Sendable, Equatable {
  package let x: Float
  package let y: Float
  /// Whether the map was made of it, among others; else it was placed on a map that stood.
  package let isFitted: Bool

  package init(x: Float, y: Float, isFitted: Bool) {
    (self.x, self.y, self.isFitted) = (x, y, isFitted)
  }
}

extension ExplorerStore {
  private static let layoutKey = "layout"

  /// The places of images on a map, by row; none of a map that was made otherwise.
  ///
  /// - Parameters:
  ///   - images: The images.
  ///   - key: All that decides the map but the images: model and settings.
  /// - Returns: The places of those images that have one.
  /// - Throws: `FileError` for a damaged file.
  /// - Complexity: O(images).
  package func places(of images: StoredImages, key: String) throws -> [Int: StoredPlace] {
    try read { database in
      let there = try String.fetchOne(
        database, sql: "SELECT value FROM settings WHERE key = ?", arguments: [Self.layoutKey])
      guard there == key else { return [:] }
      var places: [Int: StoredPlace] = [:]
      let rows = try Row.fetchCursor(database, sql: "SELECT image, x, y, fitted FROM layout")
      while let row = try rows.next() {
        let (x, y) = (
          Float(try row.decode(Double.self, atIndex: 1)),
          Float(try row.decode(Double.self, atIndex: 2))
        )
        guard let place = images.rowsOfNumbers[try row.decode(Int64.self, atIndex: 0)], x.isFinite,
          y.isFinite
        else { continue }
        places[place] = StoredPlace(x: x, y: y, isFitted: try row.decode(Bool.self, atIndex: 3))
      }
      return places
    }
  }

  /// Keeps places on a map, in one transaction: those of a map that stands are added, another map's go.
  ///
  /// - Parameters:
  ///   - places: The places, by row; they are finite.
  ///   - images: The images.
  ///   - key: All that decides the map but the images.
  ///   - replacesAll: Whether the map is made anew, so that nothing of the one that stands remains.
  /// - Throws: `FileError` when the disk refuses; the map that stood then stays.
  package func keep(
    _ places: [Int: StoredPlace], of images: StoredImages, key: String, replacesAll: Bool
  ) throws {
    precondition(places.values.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    try write { database in
      let there = try String.fetchOne(
        database, sql: "SELECT value FROM settings WHERE key = ?", arguments: [Self.layoutKey])
      if replacesAll || there != key { try database.execute(sql: "DELETE FROM layout") }
      try Self.set(Self.layoutKey, to: key, in: database)
      for (row, place) in places {
        try database.execute(
          sql: "INSERT OR REPLACE INTO layout VALUES (?, ?, ?, ?)",
          arguments: [images.images[row].number, Double(place.x), Double(place.y), place.isFitted])
      }
    }
  }
}
