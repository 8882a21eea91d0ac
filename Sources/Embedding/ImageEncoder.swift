package import CLIP
package import LinearAlgebra

/// The one way from pixels to features: batches that the number of images alone decides, one thread each, so
/// that no bit depends on the number of threads.
package struct ImageEncoder: Sendable {
  package let tower: VisionTower

  package init(_ tower: VisionTower) { self.tower = tower }

  /// The features of images, not normalised.
  ///
  /// - Parameters:
  ///   - count: The number of images.
  ///   - didFinish: Called after each batch with its number of images, on any thread.
  ///   - appendPixels: Appends the normalised pixels of an image, [3, height, width]; called on any thread.
  /// - Returns: Shape [images, dimension].
  /// - Throws: What `appendPixels` throws.
  package func features(
    count: Int, didFinish: @Sendable (Int) -> Void = { _ in },
    appendPixels: @Sendable (_ image: Int, _ pixels: inout [Float]) throws -> Void
  ) throws -> Matrix<Float> {
    let batches = ImageChunk.batches(count: count, size: tower.batchSize)
    let pieces = try BLAS.withThreads(1) {
      try Parallel.tryMap(count: batches.count) { index in
        var pixels: [Float] = []
        pixels.reserveCapacity(batches[index].count * tower.pixelCount)
        for image in batches[index] { try appendPixels(image, &pixels) }
        let features = tower.features(pixels, count: batches[index].count).values
        didFinish(batches[index].count)
        return features
      }
    }
    return Matrix(
      rows: count, columns: tower.projectionDimension, values: pieces.flatMap(\.self))
  }

  /// Whether an image's features have the same bits in every place of every batch.
  ///
  /// Measured, not assumed: libraries choose a product's order of summation by its number of rows. Which
  /// one depends on the shapes alone, so one image stands for all.
  ///
  /// - Complexity: The time of b (b + 1) / 2 images, for batches of b.
  package func isFreeOfBatches() -> Bool {
    let image = RandomStream(domain: "encoder/batches", seed: 0).normals(count: tower.pixelCount)
    let rows = BLAS.withThreads(1) {
      Parallel.map(count: tower.batchSize) { index -> [[UInt32]] in
        let count = index + 1
        let pixels = (0..<count).flatMap { _ in image }
        let features = tower.features(pixels, count: count)
        return (0..<count).map { features.row($0).map(\.bitPattern) }
      }
    }
    return Set(rows.joined()).count == 1
  }

  /// Images a second in a short trial: what a dry run's estimate rests on.
  ///
  /// A large tower is tried with an image a worker alone.
  package func trialRate() throws -> Double {
    let few = Parallel.workers
    let (most, longest) = (8 * few, 0.5)
    let pixels = RandomStream(domain: "benchmark/pixels", seed: 0)
      .normals(count: most * tower.pixelCount)
    func seconds(_ count: Int) throws -> Double {
      let start = ContinuousClock.now
      _ = try features(count: count) { image, input in
        input += pixels[image * tower.pixelCount..<(image + 1) * tower.pixelCount]
      }
      return (ContinuousClock.now - start) / .seconds(1)
    }
    let first = try seconds(few)
    let count = first > longest ? few : most
    return Double(count) / (try seconds(count))
  }
}
