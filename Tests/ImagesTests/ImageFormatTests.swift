import Files
import Foundation
import Testing

@testable import Images

struct ImageFormatTests {
  @Test func `the first bytes tell JPEG and PNG, whatever the file is called`() throws {
    let image = RGBImage(width: 1, height: 1, pixels: [1, 2, 3])
    #expect(try ImageFormat(of: image.jpegData(quality: 90), file: "a.png") == .jpeg)
    #expect(try ImageFormat(of: image.pngData(), file: "a.jpg") == .png)
    // No more than the signature is looked at.
    #expect(try ImageFormat(of: Data([0xFF, 0xD8, 0xFF]), file: "a") == .jpeg)
  }

  @Test(arguments: [
    ("GIF89a......", "GIF"), ("RIFF....WEBPVP8 ", "WebP"), ("BM......", "BMP"),
    ("II*\0....", "TIFF"), ("MM\0*....", "TIFF"), ("....ftypheic", "HEIC"),
    ("....ftypavif", "AVIF"), ("<!DOCTYPE html>", "web page"), ("8BPS....", "Photoshop"),
    ("version https://git-lfs.github.com/spec/v1", "git lfs pull"), ("P6\n1 1\n255\n...", "PPM"),
    ("hello, world", "68 65 6C 6C"),
  ])
  func `another format is refused by name`(content: String, name: String) {
    let error = #expect(throws: FileError.self) {
      try ImageFormat(of: Data(content.utf8), file: "photos/a.jpg")
    }
    #expect(error?.description.hasPrefix("photos/a.jpg: ") == true)
    #expect(error?.problem.contains(name) == true)
    #expect(error?.problem.contains("convert it to JPEG or PNG") == true)
  }

  @Test func `an empty file has its own message`() {
    #expect(
      throws: FileError(
        "a.png", "the file is empty; expected a JPEG or PNG image")
    ) { try ImageFormat(of: Data(), file: "a.png") }
  }
}
