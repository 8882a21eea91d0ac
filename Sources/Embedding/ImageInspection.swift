package import Datasets
import Files
import LinearAlgebra
package import Runs

/// One of a data set's variants, by its place among them.
package struct ListedVariant: Sendable {
  package let index: Int
  package let variant: Variant
}

/// Looking at every image before any is embedded, so that no run ends at hour three.
enum ImageInspection {
  /// The identity of every image, on all workers; those that are missing are reported.
  ///
  /// - Throws: What stops the run: that the system fails says nothing about an image.
  package static func digests(
    _ samples: [Sample], variant: ListedVariant? = nil
  ) throws -> [Result<Digest, RunError.UnusableImage>] {
    try Parallel.tryMap(count: samples.count) { row in
      do {
        return .success(try samples[row].image(variant?.index).digest())
      } catch {
        return .failure(try unusable(samples[row], variant, error))
      }
    }
  }

  /// The images among `rows` that have no pixels to be had, on all workers.
  ///
  /// - Throws: What stops the run: that the system fails says nothing about an image.
  static func undecodable(
    _ samples: [Sample], rows: [Int], variant: ListedVariant? = nil
  ) throws -> [(row: Int, image: RunError.UnusableImage)] {
    try Parallel.tryMap(count: rows.count) { index -> RunError.UnusableImage? in
      let sample = samples[rows[index]]
      do {
        try sample.image(variant?.index).requirePixels()
        return nil
      } catch {
        return try unusable(sample, variant, error)
      }
    }.enumerated().compactMap { index, image in image.map { (rows[index], $0) } }
  }

  /// The problem without the file's name, which stands before it.
  ///
  /// - Throws: The error, unless it says that the file is missing or a decoder refuses it.
  private static func unusable(
    _ sample: Sample, _ variant: ListedVariant?, _ error: any Error
  ) throws -> RunError.UnusableImage {
    guard let error = error as? FileError, !error.isSystemFault else { throw error }
    return RunError.UnusableImage(
      path: (variant.map { "\($0.variant.name)/" } ?? "") + sample.path, problem: error.problem)
  }
}

extension RunError.UnusableImage: Error {}
