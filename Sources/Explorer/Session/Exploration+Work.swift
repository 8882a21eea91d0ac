internal import CLIP
internal import Files
internal import LinearAlgebra
internal import RunAnalyses
internal import Runs
internal import Synchronization

extension Exploration {
  /// Brings the set on until all is there: compares files with the store, embeds what is new, makes the map.
  ///
  /// Blocks the thread that calls it, which is none of a task's; what is there is shown meanwhile.
  ///
  /// - Throws: `FileError` for what is damaged or cannot be written; `RunError.interrupted`. What is kept by then is there
  ///   at the next start.
  package func work() throws {
    do {
      let problems = try read()
      let vectors = try embed(problems)
      try locate(vectors)
      update { $0.progress = ExplorationProgress(stage: .ready) }
    } catch {
      update { state in
        state.progress.stage = .failed
        state.progress.message = "\(error)"
      }
      throw error
    }
  }

  // MARK: Reading

  /// Compares the input with the store, and shows what is known of the images.
  ///
  /// - Returns: What cannot be shown.
  func read() throws -> [ExplorationProblem] {
    let listing = input.images
    var bar = ProgressBar("files", total: 0, isQuiet: options.isQuiet)
    var known = 0
    let (stored, unread) = try StoreUpdate(
      store, listing: listing, metadata: metadata, unlisted: input.unlisted
    ).run {
      done, total in
      if done == 0 { bar = ProgressBar("files", total: total, isQuiet: options.isQuiet) }
      bar.advance(by: done - known)
      known = done
      update { $0.progress = ExplorationProgress(stage: .reading, done: done, total: total) }
    }
    let problems = input.problems + metadata.problems + unread
    let count = stored.images.count
    let columns = try columns()
    update { state in
      state.stored = stored
      state.set = ImageSet(
        revision: state.set.revision, condition: .clean, images: stored.images, columns: columns,
        embedded: RowMask(count: count), located: RowMask(count: count),
        positions: Matrix(rows: count, columns: 2), problems: problems)
    }
    if case .run(let run) = input, let remark = run.remark(on: stored.digests) {
      announce("note: \(remark)", isQuiet: options.isQuiet)
      update { $0.notes.append(remark) }
    }
    tell(problems)
    return problems
  }

  /// The columns of the input and those of its metadata, each under a key of its own.
  private func columns() throws -> [MetadataColumn] {
    var columns = try input.columns(.clean)
    var taken = Set(columns.map(\.key))
    for column in metadata.columns {
      var key = column.key
      while !taken.insert(key).inserted { key = "metadata." + key }
      if key != column.key {
        let note = "The run has a \(column.key) of its own; that of the metadata is called \(key)."
        announce("note: \(note)", isQuiet: options.isQuiet)
        update { $0.notes.append(note) }
      }
      columns.append(MetadataColumn(key: key, values: column.values, role: column.role))
    }
    return columns
  }

  private static let toldProblems = 20

  /// Says on standard error what cannot be shown, and how much more there is.
  private func tell(_ problems: [ExplorationProblem]) {
    for problem in problems.prefix(Self.toldProblems) {
      announce("\(problem.subject): \(problem.reason)", isQuiet: options.isQuiet)
    }
    if problems.count > Self.toldProblems {
      announce(
        "and \(problems.count - Self.toldProblems) more problems, which the page lists",
        isQuiet: options.isQuiet)
    }
  }

  // MARK: Embedding

  /// Makes the embeddings and thumbnails that are lacking.
  ///
  /// - Returns: The embeddings.
  func embed(_ problems: [ExplorationProblem]) throws -> ExploredVectors {
    guard let stored = state.withLock({ $0.stored }) else {
      preconditionFailure("the images have been read")
    }
    var vectors: ExploredVectors
    var encoder: EmbeddingUpdate.Encoder?
    switch input {
    case .run(let run):
      vectors = try ExploredVectors(run: run, stored, in: store)
    case .folder:
      guard let model else { preconditionFailure("a folder has a model") }
      let own = try EmbeddingUpdate.Encoder(model, in: store)
      encoder = own
      vectors = try ExploredVectors(store, stored, own)
    }
    try show(vectors)
    if !options.makesNewMap { try showStandingMap(stored, vectors) }
    var problems = problems
    var bar: ProgressBar?
    var known = 0
    var shown = vectors.embedded.population
    let start = ContinuousClock.now
    try EmbeddingUpdate(store, stored, encoder).run(embedded: vectors.embedded) { batch in
      if bar == nil { bar = ProgressBar("images", total: batch.total, isQuiet: options.isQuiet) }
      bar?.advance(by: batch.done - known)
      known = batch.done
      problems += batch.problems
      tell(batch.problems)
      for row in batch.embeddedRows { vectors.embedded.insert(row) }
      let rate = Double(batch.done) / max((ContinuousClock.now - start) / .seconds(1), 1e-3)
      update { state in
        state.progress = ExplorationProgress(
          stage: .embedding, done: batch.done, total: batch.total, rate: rate)
        state.set.problems = problems
        state.set.embedded = vectors.embedded
        for (row, size) in zip(batch.rows, batch.sizes) {
          let image = state.set.images[row]
          state.set.images[row] = ExploredImage(
            number: image.number, id: image.id, path: image.path, width: size.width,
            height: size.height)
        }
      }
      // Writing the matrix anew each time would take the square of the time.
      if 2 * vectors.embedded.population >= 3 * shown {
        shown = vectors.embedded.population
        try show(vectors)
      }
    }
    if shown < vectors.embedded.population { try show(vectors) }
    return vectors
  }

  /// Lets what is embedded be searched.
  private func show(_ vectors: ExploredVectors) throws {
    guard vectors.embedded.population > 0 else { return }
    let search = ImageSearch(index: try vectors.index(), encoder: encoder, rows: vectors.rows)
    let (embedded, dimension) = (vectors.embedded, vectors.dimension)
    update { state in
      state.set.embedded = embedded
      state.dimension = dimension
      state.search = search
    }
  }

  // MARK: The map

  private static func mapKey(_ vectors: ExploredVectors) -> String { "map 1 of \(vectors.key)" }

  /// Shows the map of an earlier start while what is new is being embedded.
  private func showStandingMap(_ stored: StoredImages, _ vectors: ExploredVectors) throws {
    let places = try store.places(of: stored, key: Self.mapKey(vectors))
    guard !places.isEmpty, vectors.embedded.population > 0 else { return }
    try show(places, vectors)
  }

  /// Shows the places of images, and lets texts be placed among them.
  private func show(_ places: [Int: StoredPlace], _ vectors: ExploredVectors) throws {
    let map = try placement(by: places, vectors)
    update { state in
      state.placement = map.placement
      state.set.located = map.located
      state.set.positions = map.positions
    }
  }

  /// Places the images: on the map that stands, or on one that is made of all of them.
  func locate(_ vectors: ExploredVectors) throws {
    guard let stored = state.withLock({ $0.stored }), vectors.embedded.population > 0 else {
      return
    }
    update { $0.progress = ExplorationProgress(stage: .mapping) }
    let key = Self.mapKey(vectors)
    var places = options.makesNewMap ? [:] : try store.places(of: stored, key: key)
    let present = vectors.embedded.rows
    let missing = present.filter { places[$0] == nil }
    let fitted = places.filter(\.value.isFitted)
    if fitted.isEmpty
      || ImageMap.needsNewMap(fitted: fitted.count, placed: present.count - fitted.count)
    {
      var embeddings = try vectors.matrix(present)
      let positions = try ImageMap.positions(
        of: &embeddings, control: .interruptible(isQuiet: true))
      places = [:]
      for (place, row) in present.enumerated() {
        places[row] = StoredPlace(x: positions[place, 0], y: positions[place, 1], isFitted: true)
      }
      try store.keep(places, of: stored, key: key, replacesAll: true)
    } else if !missing.isEmpty {
      let added = try self.places(of: missing, beside: fitted, vectors)
      places.merge(added) { $1 }
      try store.keep(added, of: stored, key: key, replacesAll: false)
    }
    let later = places.values.count { !$0.isFitted }
    if later > 0 {
      let note =
        "\(later) of \(places.count) images came after the map was made; they stand among the images they are most "
        + "like. --new-map makes the map of all."
      update { $0.notes.append(note) }
    }
    try show(places, vectors)
  }

  /// The places of images that came later, beside those that the map was made of.
  private func places(
    of rows: [Int], beside fitted: [Int: StoredPlace], _ vectors: ExploredVectors
  ) throws -> [Int: StoredPlace] {
    let placement = try placement(by: fitted, vectors).placement
    let placed = try placement.positions(of: vectors.matrix(rows))
    return Dictionary(
      uniqueKeysWithValues: rows.enumerated().map { place, row in
        (row, StoredPlace(x: placed[place, 0], y: placed[place, 1], isFitted: false))
      })
  }

  /// What places others among images that have a place.
  private func placement(
    by places: [Int: StoredPlace], _ vectors: ExploredVectors
  ) throws -> (placement: MapPlacement, positions: Matrix<Float>, located: RowMask) {
    guard let search = state.withLock({ $0.search }) else {
      preconditionFailure("some are embedded")
    }
    var positions = Matrix<Float>(rows: vectors.embedded.count, columns: 2)
    var located = RowMask(count: vectors.embedded.count)
    for (row, place) in places where vectors.embedded.contains(row) {
      (positions[row, 0], positions[row, 1]) = (place.x, place.y)
      located.insert(row)
    }
    let placement = try MapPlacement(
      index: search.index, positions: positions, located: located, logitScale: logitScale,
      rows: vectors.rows)
    return (placement, positions, located)
  }
}
