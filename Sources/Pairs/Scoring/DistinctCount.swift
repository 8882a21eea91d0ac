import Files

/// How many images and captions of their own rows have, images by their names.
struct DistinctCount: Sendable {
  private var names: Set<ShortDigest> = []
  private var texts: Set<ShortDigest> = []

  init() {}

  /// Counts a row whose image is there.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - source: Where its image lies.
  /// - Throws: `FileError` when the system fails.
  mutating func add(_ row: PairRow, _ source: any PairSource) throws {
    guard row.problem == nil else { return }
    let name = ShortDigest(of: row.image)
    if !names.contains(name) {
      do {
        guard try FileStatus(source.imageFile(row.image)) != nil else { return }
      } catch let error as FileError where !error.isSystemFault {
        return
      }
      names.insert(name)
    }
    texts.insert(ShortDigest(of: row.caption))
  }

  var images: Int { names.count }
  var captions: Int { texts.count }
}
