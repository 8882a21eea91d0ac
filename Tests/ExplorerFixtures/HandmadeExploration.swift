package import Explorer
package import Foundation
import Images
import LinearAlgebra
package import Runs
import Synchronization

/// A set of images that is made up: gray pictures on a grid, each of them as near to any text as its row says.
package final class HandmadeExploration: Explorable {
  private struct State {
    var progress: ExplorationProgress
    var watchers: [AsyncStream<ExplorationProgress>.Continuation] = []
    var saved: [SavedKind: [String: Data]] = [:]
  }

  package static let kinds = ["apples", "pears", "plums"]
  /// What a page would run if it took names for markup.
  package static let markup = "<img src=x onerror=alert(1)>"

  package let title = "Handmade"
  package let notes = ["These images are made up."]
  package let modelName: String? = "handmade"
  package let dimension = 3
  package let conditions = [Condition.clean]
  package let sprites = SpriteLayout(tile: 8, columns: 4, rows: 2)
  package let images: ImageSet
  private let state: Mutex<State>
  /// Is called before every search, on the thread that searches.
  private let onSearch: @Sendable () throws -> Void

  /// The row of an image without a picture: the last one; of sets for a browser, whose console tells of each that is
  /// missing, none.
  private var unpictured: Int? { images.images.count < 100 ? images.images.count - 1 : nil }

  /// A number of images, all of them embedded and placed unless told otherwise.
  package init(
    count: Int = 20, isEmbedded: @escaping (Int) -> Bool = { _ in true },
    progress: ExplorationProgress = ExplorationProgress(stage: .ready),
    onSearch: @escaping @Sendable () throws -> Void = {}
  ) {
    let side = max(1, Int(Double(count).squareRoot()))
    let embedded = RowMask(count: count, where: isEmbedded)
    let images = (0..<count).map { row in
      let name = row == 1 ? Self.markup : "image \(row)"
      return ExploredImage(
        number: Int64(row + 1), id: name, path: "folder/\(name).jpg", width: 40, height: 30)
    }
    let codes = (0..<count).map { $0 % 7 == 6 ? -1 : Int32($0 % Self.kinds.count) }
    self.images = ImageSet(
      revision: 1, condition: .clean, images: images,
      columns: [
        MetadataColumn(key: "kind", values: .categories(names: Self.kinds, codes: codes)),
        MetadataColumn(
          key: "a/b \"ü\"",
          values: .categories(
            names: ["false", "true"], codes: (0..<count).map { Int32($0 % 2) })),
        MetadataColumn(
          key: "size",
          values: .numbers(
            (0..<count).map { $0 % 5 == 4 ? 0 : Double($0) / 2 },
            present: RowMask(count: count) { $0 % 5 != 4 })),
        MetadataColumn(
          key: "note",
          values: .categories(
            names: ["=1+1", Self.markup], codes: (0..<count).map { $0 == 1 ? 1 : $0 == 2 ? 0 : -1 })
        ),
      ],
      embedded: embedded, located: embedded,
      positions: Matrix(
        rows: count, columns: 2,
        values: (0..<count).flatMap { row in
          embedded.contains(row) ? [Float(row % side), Float(row / side)] : [0, 0]
        }),
      problems: [ExplorationProblem(subject: "folder/broken.jpg", reason: "is no image")])
    state = Mutex(State(progress: progress))
    self.onSearch = onSearch
  }

  package func imageSet(_ condition: Condition) -> ImageSet? { condition == .clean ? images : nil }

  package var progress: ExplorationProgress { state.withLock { $0.progress } }

  package func progressUpdates() -> AsyncStream<ExplorationProgress> {
    let (stream, continuation) = AsyncStream<ExplorationProgress>.makeStream()
    state.withLock { state in
      if [.ready, .failed].contains(state.progress.stage) {
        continuation.finish()
      } else {
        state.watchers.append(continuation)
      }
    }
    return stream
  }

  /// Goes on to a stage, and tells who watches.
  package func advance(to progress: ExplorationProgress) {
    state.withLock { state in
      state.progress = progress
      for watcher in state.watchers {
        watcher.yield(progress)
        if [.ready, .failed].contains(progress.stage) { watcher.finish() }
      }
    }
  }

  package func thumbnail(row: Int) throws -> Data? {
    guard row >= 0, row < images.images.count, row != unpictured else { return nil }
    return try RGBImage(width: 40, height: 30, gray: UInt8(row * 9 % 256)).jpegData(quality: 80)
  }

  package func original(row: Int) throws -> (data: Data, mediaType: String)? {
    guard row < images.images.count - 1 else { return nil }
    return (try RGBImage(width: 40, height: 30, gray: UInt8(row * 9 % 256)).pngData(), "image/png")
  }

  package func spriteSheet(_ index: Int) throws -> Data? {
    guard index < (images.images.count + 7) / 8 else { return nil }
    return try RGBImage(width: 32, height: 16, gray: 99).jpegData(quality: 80)
  }

  package func search(_ request: SearchRequest, _ condition: Condition) throws -> SearchResult {
    try onSearch()
    guard !request.prompts.isEmpty || !request.examples.isEmpty || request.region != nil else {
      throw SearchError("nothing is looked for")
    }
    var mask = try rows(passing: request.filters, condition).intersection(images.embedded)
    if let within = request.within { mask = mask.intersection(within) }
    let rows = mask.rows
    let hits = rows.prefix(request.count).map { row in
      SearchResult.Hit(row: row, cosine: 1 - Double(row) / Double(images.images.count))
    }
    return SearchResult(hits: Array(hits), candidateCount: rows.count)
  }

  package func rows(passing filters: [MetadataFilter], _ condition: Condition) throws -> RowMask {
    try RowMask(count: images.images.count) { row in
      try filters.allSatisfy { try passes($0, row) }
    }
  }

  private func passes(_ filter: MetadataFilter, _ row: Int) throws -> Bool {
    switch filter {
    case .isOne(let key, let names): names.contains(try name(key, row))
    case .contains(let key, let text):
      try name(key, row).lowercased().contains(text.lowercased())
    case .isBetween(let key, let lower, let upper):
      try number(key, row).map { $0 >= lower ?? -.infinity && $0 <= upper ?? .infinity } ?? false
    }
  }

  private func column(_ key: String) throws -> MetadataColumn.Values {
    guard let column = images.columns.first(where: { $0.key == key }) else {
      throw SearchError("there is no column \"\(key)\"")
    }
    return column.values
  }

  private func name(_ key: String, _ row: Int) throws -> String {
    guard case .categories(let names, let codes) = try column(key), codes[row] >= 0 else {
      return ""
    }
    return names[Int(codes[row])]
  }

  private func number(_ key: String, _ row: Int) throws -> Double? {
    guard case .numbers(let values, let present) = try column(key), present.contains(row) else {
      return nil
    }
    return values[row]
  }

  package func place(_ text: String, _ condition: Condition) throws -> QueryMarker {
    QueryMarker(text: text, x: 0.5, y: 1.5, spread: 0.25, isWeak: text.isEmpty, rows: [0, 1])
  }

  package func savedNames(_ kind: SavedKind) throws -> [String] {
    state.withLock { ($0.saved[kind] ?? [:]).keys.sorted() }
  }

  package func saved(_ kind: SavedKind, name: String) throws -> Data? {
    state.withLock { $0.saved[kind]?[name] }
  }

  package func save(_ kind: SavedKind, name: String, _ data: Data) throws {
    state.withLock { $0.saved[kind, default: [:]][name] = data }
  }

  package func forget(_ kind: SavedKind, name: String) throws -> Bool {
    state.withLock { $0.saved[kind]?.removeValue(forKey: name) != nil }
  }
}
