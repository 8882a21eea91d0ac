import Fixtures
import Foundation
import Testing

@testable import Files
@testable import Images

/// Against Pillow 13.0 and the image processor of Hugging Face transformers 5.23 on JPEG and PNG files
/// of every kind; equality is exact.
@Suite(
  .enabled(
    if: SharedData.has("clip-parity/images/expected.json"), "needs ../shared/data/clip-parity"))
struct ImageParityTests {
  private struct Expected: Decodable {
    var size: [Int]
    var rgbSum: [Int]

    enum CodingKeys: String, CodingKey {
      case size
      case rgbSum = "rgb_sum"
    }
  }

  private func decoded(
    _ name: String, transparency: RGBImage.Transparency = .dropped
  ) throws -> RGBImage {
    let data = try Data(
      contentsOf: SharedData.folder.appending(path: "clip-parity/images").appending(path: name))
    return try RGBImage(decoding: data, file: name, transparency: transparency)
  }

  private func bytes(
    _ tensors: Safetensors, _ name: String
  ) throws -> (shape: [Int], values: [UInt8]) {
    let entry = try #require(tensors.entries[name])
    #expect(entry.type == "U8")
    return (entry.shape, Array(tensors.bytes(entry)))
  }

  @Test func `files decode to Pillow's sizes and channel sums`() throws {
    let json = try Data(
      contentsOf: SharedData.folder.appending(path: "clip-parity/images").appending(
        path: "expected.json"))
    let expected = try JSONDecoder().decode([String: Expected].self, from: json)
    #expect(expected.count == 20)
    for (name, expected) in expected {
      let image = try decoded(name)
      #expect([image.width, image.height] == expected.size, "\(name)")
      let sums = (0..<3).map { channel in
        stride(from: channel, to: image.pixels.count, by: 3).reduce(0) {
          $0 + Int(image.pixels[$1])
        }
      }
      #expect(sums == expected.rgbSum, "\(name)")
    }
  }

  @Test func `resizing equals Pillow's`() throws {
    let tensors = try Safetensors(
      path: SharedData.folder.appending(path: "clip-parity/images").appending(
        path: "pil_bicubic_hwc.safetensors"
      ).path)
    let inputs = tensors.entries.keys.filter { $0.hasPrefix("in_") }
    #expect(inputs.count == 6)
    for name in inputs {
      let input = try bytes(tensors, name)
      let output = try bytes(tensors, "out_" + name.dropFirst(3))
      let image = RGBImage(width: input.shape[1], height: input.shape[0], pixels: input.values)
      let resized = image.resized(width: output.shape[1], height: output.shape[0])
      #expect(resized.pixels == output.values, "\(name)")
    }
  }

  @Test func `preprocessing equals the image processor's`() throws {
    let tensors = try Safetensors(
      path: SharedData.folder.appending(path: "clip-parity/images").appending(
        path: "pixels_u8_chw.safetensors"
      ).path)
    let names = tensors.entries.keys.filter { !$0.hasSuffix(".torchvision") }
    #expect(names.count == 20)
    for name in names {
      let expected = try bytes(tensors, name)
      #expect(expected.shape == [3, 224, 224])
      // This version of the processor puts transparent pixels on white.
      let image = try decoded(name, transparency: .onWhite)
      let pixels = ImagePreprocessing.clip(size: 224).pixels(of: image).pixels
      let planes = (0..<3).flatMap { channel in
        stride(from: channel, to: pixels.count, by: 3).map { pixels[$0] }
      }
      let differing = zip(planes, expected.values).count { $0 != $1 }
      #expect(planes.count == expected.values.count && differing == 0, "\(name): \(differing)")
    }
  }
}
