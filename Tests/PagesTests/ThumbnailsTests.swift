import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Pages

struct ThumbnailsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a picture is a style, an image that cannot be read a problem`() throws {
    let good = try folder.write(RGBImage(width: 9, height: 5, gray: 7).pngData(), "a.png")
    let bad = try folder.write("none", "b.png")
    let thumbnails = try Thumbnails(files: [(3, good), (8, bad)], side: 32) {}
    #expect(thumbnails.styles.markup.contains(".i3{background-image:url(data:image/jpeg;base64,"))
    #expect(!thumbnails.styles.markup.contains(".i8{"))
    #expect(thumbnails.problems[8]?.file == bad && thumbnails.problems[3] == nil)
    #expect(thumbnails.html(3, name: "a\"<").markup.contains("title=\"a&quot;&lt;\""))
    #expect(thumbnails.html(8, name: "b").markup.contains("no picture"))
  }

  @Test func `what the check throws ends the reading`() {
    #expect(throws: CancellationError.self) {
      try Thumbnails(files: [(0, "none.png")], side: 32) { throw CancellationError() }
    }
  }

  @Test func `drawings keep every pixel`() throws {
    let image = RGBImage(width: 3, height: 3, gray: 200)
    let styles = try Thumbnails([image], side: 24).styles.markup
    let data = try #require(styles.split(separator: "base64,").last?.split(separator: ")").first)
    let bytes = try #require(Data(base64Encoded: String(data)))
    #expect(try RGBImage(decoding: bytes, file: "drawing") == image)
  }
}
