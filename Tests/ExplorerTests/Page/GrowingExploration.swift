import Explorer
import ExplorerFixtures
import Foundation
import LinearAlgebra
import Runs
import Synchronization

/// A set made by hand of which there is nothing at first, and then more with each step.
final class GrowingExploration: Explorable {
  private let whole: HandmadeExploration
  private let set: Mutex<ImageSet>

  /// A number of images whose files are still read.
  init(count: Int) {
    whole = HandmadeExploration(count: count, progress: ExplorationProgress(stage: .reading))
    set = Mutex(
      ImageSet(
        revision: 0, condition: .clean, images: [], columns: [], embedded: RowMask(count: 0),
        located: RowMask(count: 0), positions: Matrix(rows: 0, columns: 2), problems: []))
  }

  var count: Int { whole.images.images.count }

  /// Goes on: all files are read and the first of the images embedded, a picture for each; the map is there in the end.
  func advance(to stage: ExplorationProgress.Stage, embedded done: Int, problems: Int = 0) {
    let revision = set.withLock { set in
      let revision = set.revision + 1
      set = whole.images
      set.revision = revision
      for row in done..<count {
        let image = set.images[row]
        set.images[row] = ExploredImage(
          number: image.number, id: image.id, path: image.path, width: 0, height: 0)
      }
      set.embedded = RowMask(count: count) { $0 < done }
      if stage != .ready {
        set.located = RowMask(count: count)
        set.positions = Matrix(rows: count, columns: 2)
      }
      set.problems = (0..<problems).map {
        ExplorationProblem(subject: "broken \($0).jpg", reason: "is no image")
      }
      return revision
    }
    whole.advance(
      to: ExplorationProgress(stage: stage, done: done, total: count, revision: revision))
  }

  func imageSet(_ condition: Condition) -> ImageSet? {
    condition == .clean ? set.withLock { $0 } : nil
  }

  func thumbnail(row: Int) throws -> Data? {
    set.withLock { $0.embedded.contains(row) } ? try whole.thumbnail(row: row) : nil
  }

  // All else is as in the whole.

  var title: String { whole.title }
  var notes: [String] { whole.notes }
  var modelName: String? { whole.modelName }
  var dimension: Int { whole.dimension }
  var conditions: [Condition] { whole.conditions }
  var sprites: SpriteLayout { whole.sprites }
  var progress: ExplorationProgress { whole.progress }
  func progressUpdates() -> AsyncStream<ExplorationProgress> { whole.progressUpdates() }
  func original(row: Int) throws -> (data: Data, mediaType: String)? {
    try whole.original(row: row)
  }
  func spriteSheet(_ index: Int) throws -> Data? { try whole.spriteSheet(index) }
  func search(_ request: SearchRequest, _ condition: Condition) throws -> SearchResult {
    try whole.search(request, condition)
  }
  func rows(passing filters: [MetadataFilter], _ condition: Condition) throws -> RowMask {
    try whole.rows(passing: filters, condition)
  }
  func place(_ text: String, _ condition: Condition) throws -> QueryMarker {
    try whole.place(text, condition)
  }
  func savedNames(_ kind: SavedKind) throws -> [String] { try whole.savedNames(kind) }
  func saved(_ kind: SavedKind, name: String) throws -> Data? { try whole.saved(kind, name: name) }
  func save(_ kind: SavedKind, name: String, _ data: Data) throws {
    try whole.save(kind, name: name, data)
  }
  func forget(_ kind: SavedKind, name: String) throws -> Bool {
    try whole.forget(kind, name: name)
  }
}
