import Datasets
import Files
import LinearAlgebra
package import Runs

/// Looking at every image before any is embedded, so that no run ends at hour three.
enum ImageInspection {
  /// The identity of every image, on all workers; those that are missing are reported.
  ///
  /// - Throws: What stops the run: that the system fails says nothing about an image.
  package static func digests(
    _ samples: [Sample]
  ) throws -> [Result<Digest, RunError.UnusableImage>] {
    try Parallel.tryMap(count: samples.count) { row in
      do {
        return .success(try samples[row].image.digest())
      } catch {
        return .failure(try unusable(samples[row], error))
      }
    }
  }

  /// The images among `rows` that have no pixels to be had, on all workers.
  ///
  /// - Throws: What stops the run: that the system fails says nothing about an image.
  static func undecodable(
    _ samples: [Sample], rows: [Int]
  ) throws -> [(row: Int, image: RunError.UnusableImage)] {
    try Parallel.tryMap(count: rows.count) { index -> RunError.UnusableImage? in
      let sample = samples[rows[index]]
      do {
        try sample.image.requirePixels()
        return nil
      } catch {
        return try unusable(sample, error)
      }
    }.enumerated().compactMap { index, image in image.map { (rows[index], $0) } }
  }

  /// The problem without the file's name, which stands before it.
  ///
  /// - Throws: The error, unless it says that the file is missing or a decoder refuses it.
  private static func unusable(
    _ sample: Sample, _ error: any Error
  ) throws -> RunError.UnusableImage {
    guard let error = error as? FileError, !error.isSystemFault else { throw error }
    return RunError.UnusableImage(path: sample.path, problem: error.problem)
  }
}

extension RunError.UnusableImage: Error {}
