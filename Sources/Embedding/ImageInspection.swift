import Datasets
import Files
import LinearAlgebra
package import Runs

/// Looking at every image before any is embedded, so that no run ends at hour three.
enum ImageInspection {
  /// The identity of every image, on all workers; those that cannot be read are reported.
  package static func digests(_ samples: [Sample]) -> [Result<Digest, RunError.UnusableImage>] {
    Parallel.map(count: samples.count) { row in
      do {
        return .success(try samples[row].image.digest())
      } catch {
        return .failure(unusable(samples[row], error))
      }
    }
  }

  /// The images among `rows` that have no pixels to be had, on all workers.
  static func undecodable(
    _ samples: [Sample], rows: [Int]
  ) -> [(row: Int, image: RunError.UnusableImage)] {
    Parallel.map(count: rows.count) { index -> RunError.UnusableImage? in
      let sample = samples[rows[index]]
      do {
        try sample.image.requirePixels()
        return nil
      } catch {
        return unusable(sample, error)
      }
    }.enumerated().compactMap { index, image in image.map { (rows[index], $0) } }
  }

  /// The problem without the file's name, which stands before it.
  private static func unusable(
    _ sample: Sample, _ error: any Error
  ) -> RunError.UnusableImage {
    let problem = (error as? FileError)?.problem ?? "\(error)"
    return RunError.UnusableImage(path: sample.path, problem: problem)
  }
}

extension RunError.UnusableImage: Error {}
