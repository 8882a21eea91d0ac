import Files
import Foundation
import Images
import Runs
import Testing

@testable import Datasets
@testable import Embedding

/// Only what is missing or refused by a decoder is left out; where the system fails nothing is known.
struct ImageInspectionTests {
  /// An image whose reading fails in a way of its own.
  private struct FailingImage: ImageSource {
    let kind: FileError.Kind
    private var failure: FileError { FileError("a.png", "fails", kind: kind) }

    var exists: Bool { true }
    func digest() throws -> Digest { throw failure }
    func requirePixels() throws { throw failure }
    func pixels(of digest: Digest) throws -> RGBImage { throw failure }
  }

  private func samples(_ kind: FileError.Kind) -> [Sample] {
    (0..<2).map { _ in
      Sample(path: "listed.png", image: FailingImage(kind: kind), classIndex: 0, split: "")
    }
  }

  @Test(arguments: [FileError.Kind.missing, .content])
  func `a fault of the image is reported`(kind: FileError.Kind) throws {
    let image = RunError.UnusableImage(path: "listed.png", problem: "fails")
    for result in try ImageInspection.digests(samples(kind)) {
      #expect(result == .failure(image))
    }
    let undecodable = try ImageInspection.undecodable(samples(kind), rows: [1])
    #expect(undecodable.map(\.row) == [1] && undecodable.map(\.image) == [image])
  }

  @Test(arguments: [EMFILE, ENFILE, EIO, EACCES, ENOMEM, ESTALE])
  func `a fault of the system stops the run`(number: Int32) {
    let samples = samples(.system(number))
    let first = #expect(throws: FileError.self) { try ImageInspection.digests(samples) }
    #expect(first?.kind == .system(number))
    let second = #expect(throws: FileError.self) {
      try ImageInspection.undecodable(samples, rows: [0])
    }
    #expect(second?.kind == .system(number))
  }
}
