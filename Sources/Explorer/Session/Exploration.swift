internal import CLIP
internal import Files
package import Foundation
internal import LinearAlgebra
package import Runs
internal import Synchronization

/// An image set while it is explored: what its input and its store have, as far as it has come.
///
/// `work()` brings it on; everything else may be asked at any time, from any thread.
package final class Exploration: Explorable {
  let options: ExplorationOptions
  let input: ExplorationInput
  /// What is known of the images, a row each.
  let metadata: ImageMetadata
  let store: ExplorerStore
  let model: CLIPModel?
  /// What embeds texts; nil without a model.
  let encoder: QueryEncoder?
  /// What the model multiplies cosines by; CLIP's largest without one.
  let logitScale: Double
  package let title: String
  package let conditions = [Condition.clean]
  package let sprites = SpriteLayout()
  private let initialNotes: [String]
  let state: Mutex<State>
  private let sheets = Mutex(SheetCache())

  /// What there is at a moment.
  struct State {
    var set: ImageSet
    var progress = ExplorationProgress(stage: .reading)
    /// The images in the store; nil until they have been compared with it.
    var stored: StoredImages?
    /// What searches the images that are embedded; nil while there are none.
    var search: ImageSearch?
    /// What places texts on the map; nil until it is there.
    var placement: MapPlacement?
    var notes: [String] = []
    var dimension = 0
    var listeners: [Int: AsyncStream<ExplorationProgress>.Continuation] = [:]
    var listenerCount = 0
  }

  /// Sheets that were drawn, up to so many bytes of them.
  private struct SheetCache {
    static let budget = 64 << 20
    var sheets: [Int: Data] = [:]
    var size = 0
    /// The pictures that there were when they were drawn.
    var revision = 0
  }

  /// Opens an input and its store; nothing is embedded yet.
  ///
  /// - Parameter options: What is explored, and how.
  /// - Throws: `FileError` for an input that is neither a run nor a folder of images, for metadata that is damaged, for a
  ///   model that cannot be opened or is not the run's, and for a store that cannot be had.
  package init(_ options: ExplorationOptions) throws {
    self.options = options
    input = try ExplorationInput(options.path)
    metadata = try ImageMetadata(options.metadata, of: input.images, in: input.metadataFolder)
    let found = try input.model(options)
    model = found.model
    encoder = try model.map { try QueryEncoder($0) }
    logitScale = try model?.logitScale() ?? 100
    let location = try StoreLocation(of: options.path, file: options.store)
    store = try ExplorerStore(location.path)
    initialNotes = input.notes + [found.note, location.note].compactMap(\.self)
    title = ResolvedPath(options.path).path.lastPathPart
    for note in [found.note, location.note].compactMap(\.self) {
      announce("note: \(note)", isQuiet: options.isQuiet)
    }
    state = Mutex(State(set: Self.emptySet))
  }

  private static var emptySet: ImageSet {
    ImageSet(
      revision: 0, condition: .clean, images: [], columns: [], embedded: RowMask(count: 0),
      located: RowMask(count: 0), positions: Matrix(rows: 0, columns: 2), problems: [])
  }

  // MARK: What there is

  package var notes: [String] { initialNotes + state.withLock { $0.notes } }

  package var modelName: String? { model?.name }

  package var dimension: Int { state.withLock { $0.dimension } }

  package func imageSet(_ condition: Condition) -> ImageSet? {
    condition == .clean ? state.withLock { $0.set } : nil
  }

  package var progress: ExplorationProgress { state.withLock { $0.progress } }

  package func progressUpdates() -> AsyncStream<ExplorationProgress> {
    let (stream, continuation) = AsyncStream<ExplorationProgress>.makeStream(
      bufferingPolicy: .bufferingNewest(1))
    let key = state.withLock { state -> Int? in
      continuation.yield(state.progress)
      guard !state.progress.isOver else { return nil }
      state.listenerCount += 1
      state.listeners[state.listenerCount] = continuation
      return state.listenerCount
    }
    guard let key else {
      continuation.finish()
      return stream
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { _ = $0.listeners.removeValue(forKey: key) }
    }
    return stream
  }

  /// Changes what there is, and tells those who listen.
  func update(_ change: (inout State) -> Void) {
    let (progress, listeners) = state.withLock { state in
      change(&state)
      state.set.revision += 1
      state.progress.revision = state.set.revision
      defer { if state.progress.isOver { state.listeners = [:] } }
      return (state.progress, Array(state.listeners.values))
    }
    // Outside of the lock: what ends a stream asks for it.
    for listener in listeners {
      listener.yield(progress)
      if progress.isOver { listener.finish() }
    }
  }

  // MARK: Pictures

  package func thumbnail(row: Int) throws -> Data? {
    guard let stored = state.withLock({ $0.stored }), stored.images.indices.contains(row) else {
      return nil
    }
    return try store.thumbnail(row, of: stored) ?? input.thumbnail(row: row)
  }

  package func original(row: Int) throws -> (data: Data, mediaType: String)? {
    let images = input.images
    guard images.indices.contains(row), let file = images[row].file,
      try FileStatus(file)?.kind == .file
    else { return nil }
    let data = try FileContents.read(file)
    // What is no image is not handed out, whatever it is called.
    if data.starts(with: [0xFF, 0xD8]) { return (data, "image/jpeg") }
    return data.starts(with: [0x89, 0x50, 0x4E, 0x47]) ? (data, "image/png") : nil
  }

  package func spriteSheet(_ index: Int) throws -> Data? {
    let (count, revision) = state.withLock { ($0.set.images.count, $0.progress.done) }
    guard let rows = sprites.rows(onSheet: index, of: count) else { return nil }
    let drawn = sheets.withLock { cache -> Data? in
      if cache.revision != revision { cache = SheetCache() }
      cache.revision = revision
      return cache.sheets[index]
    }
    if let drawn { return drawn }
    let sheet = try sprites.sheet(rows) { [self] in try thumbnail(row: $0) }
    sheets.withLock { cache in
      guard cache.revision == revision else { return }
      if cache.size + sheet.count > SheetCache.budget { cache = SheetCache() }
      cache.revision = revision
      cache.sheets[index] = sheet
      cache.size += sheet.count
    }
    return sheet
  }

  // MARK: Searching

  package func search(_ request: SearchRequest, _ condition: Condition) throws -> SearchResult {
    let (set, search) = try searching(condition)
    return try search.search(request, in: set)
  }

  package func rows(passing filters: [MetadataFilter], _ condition: Condition) throws -> RowMask {
    guard let set = imageSet(condition) else { throw Self.unknown(condition) }
    return try set.rows(passing: filters)
  }

  package func place(_ text: String, _ condition: Condition) throws -> QueryMarker {
    let (_, search) = try searching(condition)
    guard let placement = state.withLock({ $0.placement }) else {
      throw SearchError("the map is not there yet; wait a moment and try again")
    }
    return try placement.marker(text, embedding: search.embedding(of: text))
  }

  private func searching(_ condition: Condition) throws -> (ImageSet, ImageSearch) {
    guard condition == .clean else { throw Self.unknown(condition) }
    return try state.withLock { state in
      guard let search = state.search else {
        throw SearchError("no image is embedded yet; wait a moment and try again")
      }
      return (state.set, search)
    }
  }

  private static func unknown(_ condition: Condition) -> SearchError {
    SearchError("there is no condition \(condition.name) here")
  }

  // MARK: What is saved

  package func savedNames(_ kind: SavedKind) throws -> [String] { try store.savedNames(kind) }

  package func saved(_ kind: SavedKind, name: String) throws -> Data? {
    switch kind {
    case .query: try store.saved(kind, name: name)
    case .selection: try store.selection(name, of: images()).map { Data($0.bytes) }
    }
  }

  package func save(_ kind: SavedKind, name: String, _ data: Data) throws {
    switch kind {
    case .query: try store.save(kind, name: name, data)
    case .selection:
      let images = try images()
      guard let rows = RowMask(count: images.images.count, bytes: data) else {
        throw SearchError("a selection has a bit an image, \((images.images.count + 7) / 8) bytes")
      }
      try store.saveSelection(name, rows, of: images)
    }
  }

  package func forget(_ kind: SavedKind, name: String) throws -> Bool {
    try store.forget(kind, name: name)
  }

  private func images() throws -> StoredImages {
    guard let stored = state.withLock({ $0.stored }) else {
      throw SearchError("the images are still being looked for; wait a moment and try again")
    }
    return stored
  }
}

extension ExplorationProgress {
  /// Whether nothing more happens.
  var isOver: Bool { stage == .ready || stage == .failed }
}
