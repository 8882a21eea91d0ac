import LinearAlgebra

/// The cosines of some images with some captions, tile by tile, and how many lie before a query's own.
struct RetrievalProducts: Sendable {
  /// Unit rows.
  let images: Matrix<Float>
  let texts: Matrix<Float>
  /// The captions of every image that are its own, ascending.
  let own: [[Int32]]

  private static let height = 256
  private static let width = 1024

  /// How many that are no pair of it have a cosine as large as the best of its own, for every image and for every
  /// caption.
  ///
  /// Products are summed in float64 and rounded to float32 before they are compared: equal embeddings have equal
  /// cosines.
  func before(control: ComputationControl) throws -> (images: [Int], texts: [Int]) {
    var bestOfImages = [Float](repeating: -.infinity, count: images.rows)
    var bestOfTexts = [Float](repeating: -.infinity, count: texts.rows)
    let ownCosines = Parallel.map(count: images.rows) { image in
      own[image].map { text in
        let (a, b) = (images.row(image), texts.row(Int(text)))
        return Float(zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
      }
    }
    for (image, cosines) in ownCosines.enumerated() {
      for (text, cosine) in zip(own[image], cosines) {
        bestOfImages[image] = max(bestOfImages[image], cosine)
        bestOfTexts[Int(text)] = max(bestOfTexts[Int(text)], cosine)
      }
    }
    let (imageBest, textBest) = (bestOfImages, bestOfTexts)
    let blocks = (images.rows + Self.height - 1) / Self.height
    let counts = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: blocks) { block in
        let first = block * Self.height
        let rows = first..<min(first + Self.height, images.rows)
        return try count(rows, imageBest, textBest, control)
      }
    }
    var ofTexts = [Int](repeating: 0, count: texts.rows)
    for block in counts {
      for (text, count) in block.texts.enumerated() { ofTexts[text] += Int(count) }
    }
    return (counts.flatMap { $0.images.map { Int($0) } }, ofTexts)
  }

  /// What a block of images adds.
  private func count(
    _ rows: Range<Int>, _ bestOfImages: [Float], _ bestOfTexts: [Float],
    _ control: ComputationControl
  ) throws -> (images: [Int32], texts: [Int32]) {
    var ofImages = [Int32](repeating: 0, count: rows.count)
    var ofTexts = [Int32](repeating: 0, count: texts.rows)
    let left: Matrix<Double> = images.selectingRows(rows).converted()
    for start in stride(from: 0, to: texts.rows, by: Self.width) {
      try control.check()
      let columns = start..<min(start + Self.width, texts.rows)
      let right: Matrix<Double> = texts.selectingRows(columns).converted()
      let products = left.timesTransposed(right)
      for row in rows {
        let best = bestOfImages[row]
        let base = (row - rows.lowerBound) * columns.count
        var before: Int32 = 0
        for column in columns {
          let cosine = Float(products.values[base + column - start])
          if cosine >= best { before += 1 }
          if cosine >= bestOfTexts[column] { ofTexts[column] += 1 }
        }
        // Its own do not count.
        for column in own[row] where columns.contains(Int(column)) {
          let cosine = Float(products.values[base + Int(column) - start])
          if cosine >= best { before -= 1 }
          if cosine >= bestOfTexts[Int(column)] { ofTexts[Int(column)] -= 1 }
        }
        ofImages[row - rows.lowerBound] += before
      }
    }
    return (ofImages, ofTexts)
  }
}
