import Files
import Images
import Runs
import Testing

@testable import Datasets
@testable import Embedding

/// Images that were looked at once are not looked at again, and are the same rows.
struct InspectedImagesTests {
  /// An image that can be identified, or fails; its pixels are nobody's business here.
  private struct NamedImage: ImageSource {
    let name: String
    var isMissing = false
    var exists: Bool { !isMissing }
    func digest() throws -> Digest {
      if isMissing { throw FileError(name, "is damaged") }
      return Digest(of: name)
    }
    func requirePixels() throws {}
    func pixels(of digest: Digest) throws -> RGBImage {
      RGBImage(width: 1, height: 1, pixels: [0, 0, 0])
    }
  }

  private func dataset(_ names: [String], missing: Set<String> = []) -> Dataset {
    Dataset(
      classes: ["a", "b"],
      samples: names.enumerated().map { row, name in
        Sample(
          path: name, image: NamedImage(name: name, isMissing: missing.contains(name)),
          classIndex: row % 2, split: "")
      }, missing: [], source: "test")
  }

  @Test func `what was looked at has every usable image, and names the others`() throws {
    let rows = try InspectedRows(
      lookingAt: dataset(["x", "y", "z"], missing: ["y"]), of: "test")
    #expect(rows.images.images.map(\.path) == ["x", "z"])
    #expect(rows.images.images.map(\.className) == ["a", "a"])
    #expect(rows.images.images.map(\.digests) == [[Digest(of: "x")], [Digest(of: "z")]])
    #expect(rows.images.leftOut.map(\.path) == ["y"] && rows.unplanned.isEmpty)
  }

  @Test func `known images are taken as they were, without a look at any`() throws {
    let known = try InspectedRows(lookingAt: dataset(["x", "y", "z"]), of: "test").images
    // Each would fail if it were looked at.
    let rows = try InspectedRows(
      dataset(["x", "y", "z"], missing: ["x", "y", "z"]), known: known, of: "test")
    #expect(rows.images == known)
    #expect(rows.dataset.samples.map(\.path) == ["x", "y", "z"])
  }

  @Test func `images left out stay out, and new ones are named and not used`() throws {
    let known = try InspectedRows(
      lookingAt: dataset(["x", "y", "z"], missing: ["y"]), of: "test"
    ).images
    let rows = try InspectedRows(
      dataset(["x", "y", "z", "new"]), known: known, of: "test")
    #expect(rows.dataset.samples.map(\.path) == ["x", "z"])
    #expect(rows.unplanned == ["new"] && rows.images == known)
  }

  @Test func `an image that is gone, or of another class, is an error that names it`() throws {
    let known = try InspectedRows(lookingAt: dataset(["x", "y", "z"]), of: "test").images
    for names in [["x", "z"], ["y", "x", "z"], []] {
      let error = #expect(throws: FileError.self) {
        _ = try InspectedRows(dataset(names), known: known, of: "test")
      }
      #expect("\(try #require(error))".contains("is in the plan (class"), "\(names)")
    }
    let versions = InspectedImages(versions: ["fog/1"], images: known.images, leftOut: [])
    #expect(throws: FileError.self) {
      _ = try InspectedRows(dataset(["x", "y", "z"]), known: versions, of: "test")
    }
  }
}
