import Files
import Foundation
import Testing

@testable import Images

struct OddImagesTests {
  @Test(arguments: OddImages.all)
  func `an odd image has Pillow's pixels`(odd: OddImages.Case) throws {
    let data = try #require(Data(base64Encoded: odd.file))
    // The name says nothing of the format.
    let image = try RGBImage(decoding: data, file: "image.bmp")
    #expect("\(Digest(of: Data(image.pixels)))" == odd.digest)
  }
}
