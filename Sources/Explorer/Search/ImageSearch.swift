internal import Files
internal import Foundation

/// Finds the images nearest to texts, images and regions.
package struct ImageSearch: Sendable {
  /// The embeddings, a row for every image of the set.
  package let index: EmbeddingIndex
  /// What embeds texts; nil where no model is known, and only images can be looked for.
  package let encoder: QueryEncoder?
  /// The float32 embeddings.
  package let rows: EmbeddingIndex.Rows

  package init(index: EmbeddingIndex, encoder: QueryEncoder?, rows: @escaping EmbeddingIndex.Rows) {
    (self.index, self.encoder, self.rows) = (index, encoder, rows)
  }

  /// The images nearest to a request, among those that are embedded and that its filters leave.
  ///
  /// - Parameters:
  ///   - request: What is looked for.
  ///   - set: The images.
  /// - Returns: The images, the nearest first.
  /// - Throws: `SearchError` for what cannot be looked for; `FileError` of the index, the model and the store.
  /// - Complexity: That of `EmbeddingIndex.nearest`, and of every text that is not among the last.
  package func search(_ request: SearchRequest, in set: ImageSet) throws -> SearchResult {
    let candidates = try candidates(of: request, in: set)
    let query = try query(of: request)
    let found = try index.nearest(
      to: query, count: request.count, among: candidates, rows: rows)
    return SearchResult(hits: found.hits, candidateCount: candidates.population)
  }

  /// The embedding of a text, a unit vector.
  ///
  /// - Throws: `SearchError` for an empty or overlong text, and where no model is known.
  package func embedding(of text: String) throws -> [Float] {
    let count = text.unicodeScalars.count
    guard count <= SearchRequest.longestText else {
      throw SearchError(
        "a text of \(count) characters is too long; expected at most \(SearchRequest.longestText)"
      )
    }
    guard !text.allSatisfy(\.isWhitespace) else {
      throw SearchError("the text is empty; write what the image should show")
    }
    guard let encoder else {
      throw SearchError(
        "texts cannot be looked for: no model is known for these embeddings; look for an image instead"
      )
    }
    guard encoder.dimension == index.dimension else {
      throw SearchError(
        "texts cannot be looked for: the model's embeddings have \(encoder.dimension) numbers, those of the images "
          + "\(index.dimension)")
    }
    return try encoder.embed(text)
  }

  private func candidates(of request: SearchRequest, in set: ImageSet) throws -> RowMask {
    try requireCounts(request)
    guard set.images.count == index.rowCount else {
      throw SearchError(
        "the index holds \(index.rowCount) images and the set \(set.images.count); try again when it is ready"
      )
    }
    var candidates = try set.rows(passing: request.filters).intersection(set.embedded)
      .intersection(index.present)
    if let within = request.within {
      try requireCount(within, "the choice among which to look")
      candidates = candidates.intersection(within)
    }
    return candidates
  }

  private func requireCounts(_ request: SearchRequest) throws {
    guard SearchRequest.counts.contains(request.count) else {
      throw SearchError(
        "\(request.count) images cannot be found at once; expected \(SearchRequest.counts.lowerBound) to "
          + "\(SearchRequest.counts.upperBound)")
    }
    guard request.prompts.count <= SearchRequest.mostPrompts else {
      throw SearchError(
        "\(request.prompts.count) texts are too many; expected at most \(SearchRequest.mostPrompts)"
      )
    }
    guard request.examples.count <= SearchRequest.mostExamples else {
      throw SearchError(
        "\(request.examples.count) example images are too many; expected at most \(SearchRequest.mostExamples)"
      )
    }
    guard request.filters.count <= SearchRequest.mostFilters else {
      throw SearchError(
        "\(request.filters.count) filters are too many; expected at most \(SearchRequest.mostFilters)"
      )
    }
    guard !request.prompts.isEmpty || !request.examples.isEmpty || request.region != nil else {
      throw SearchError("nothing to look for; give a text, an example image or a region of the map")
    }
  }

  private func requireCount(_ mask: RowMask, _ what: String) throws {
    guard mask.count == index.rowCount else {
      throw SearchError("\(what) is of \(mask.count) images; there are \(index.rowCount)")
    }
  }

  /// The direction of Σ w e over texts, example images and the region's mean.
  private func query(of request: SearchRequest) throws -> [Float] {
    var sum = [Double](repeating: 0, count: index.dimension)
    var weights = 0.0
    func add(_ vector: some Collection<Float>, _ weight: Double) throws {
      guard weight.isFinite else {
        throw SearchError("a weight is \(weight); expected a number, below 0 to look away")
      }
      weights += abs(weight)
      for (place, value) in vector.enumerated() { sum[place] += weight * Double(value) }
    }
    for prompt in request.prompts { try add(embedding(of: prompt.text), prompt.weight) }
    for example in request.examples {
      guard example.row >= 0, example.row < index.rowCount else {
        throw SearchError(
          "there is no image \(example.row) (counted from 0); there are \(index.rowCount)")
      }
      guard index.present.contains(example.row) else {
        throw SearchError(
          "image \(example.row) (counted from 0) has no embedding, so nothing is near to it")
      }
      try add(rows([example.row])[0], example.weight)
    }
    if let region = request.region { try add(mean(of: region), 1) }
    guard let query = Self.direction(of: sum, weights: weights) else {
      throw SearchError(
        "what is looked for weighs to nothing: texts and images with plus and minus cancel; change a weight"
      )
    }
    return query
  }

  /// The direction of the mean of a region's embeddings.
  private func mean(of region: RowMask) throws -> [Float] {
    try requireCount(region, "the region")
    let chosen = region.intersection(index.present).rows
    guard !chosen.isEmpty else {
      throw SearchError("the region holds no image that is embedded; draw it around some")
    }
    var sum = [Double](repeating: 0, count: index.dimension)
    for start in stride(from: 0, to: chosen.count, by: Self.batchSize) {
      let batch = Array(chosen[start..<min(chosen.count, start + Self.batchSize)])
      for embedding in try rows(batch) {
        for (place, value) in embedding.enumerated() { sum[place] += Double(value) }
      }
    }
    guard let mean = Self.direction(of: sum, weights: Double(chosen.count)) else {
      throw SearchError("the images of the region cancel each other; draw a smaller one")
    }
    return mean
  }

  private static let batchSize = 512

  /// A sum of unit vectors, made one; nil where it is not finite, or so small that float32's rounding of them is all of
  /// it.
  private static func direction(of sum: [Double], weights: Double) -> [Float]? {
    // Relative to the weights, so that squares neither overflow nor vanish.
    guard weights > 0, weights.isFinite else { return nil }
    let scaled = sum.map { $0 / weights }
    let length = scaled.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 1e-6, length.isFinite else { return nil }
    return scaled.map { Float($0 / length) }
  }
}

extension SearchRequest {
  /// How many images can be asked for.
  package static let counts = 1...1000
  /// The most texts.
  package static let mostPrompts = 32
  /// The most example images.
  package static let mostExamples = 64
  /// The most filters.
  package static let mostFilters = 64
  /// The most characters of a text, as Unicode counts them.
  package static let longestText = 2000
}
