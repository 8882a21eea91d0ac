import Files
import Foundation
import Testing

@testable import Images

struct ImagePreprocessingTests {
  private func parse(_ json: String) throws -> ImagePreprocessing {
    try ImagePreprocessing(decoding: Data(json.utf8), file: "preprocessor_config.json")
  }

  @Test func `the configuration of a published CLIP model is understood`() throws {
    let parsed = try parse(
      """
      {"crop_size": {"height": 224, "width": 224}, "do_center_crop": true, "do_convert_rgb": true,
       "do_normalize": true, "do_rescale": true, "do_resize": true,
       "feature_extractor_type": "CLIPFeatureExtractor",
       "image_mean": [0.48145466, 0.4578275, 0.40821073],
       "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3,
       "rescale_factor": 0.00392156862745098, "size": {"shortest_edge": 224}}
      """)
    #expect(parsed == .clip(size: 224))
    #expect(try parse(#"{"size": 336, "crop_size": 336}"#) == .clip(size: 336))
    #expect(try parse("{}") == .clip())
  }

  @Test func `switches that are off leave their step out`() throws {
    let parsed = try parse(
      """
      {"do_resize": false, "crop_size": {"height": 30, "width": 20}, "do_rescale": false,
       "do_normalize": false}
      """)
    #expect(parsed.resize == .none)
    #expect(parsed.width == 20 && parsed.height == 30)
    let values = (0..<256).map { Float($0) }
    #expect(parsed.normalizationTable() == [values, values, values])
    let exact = try parse(#"{"size": {"height": 8, "width": 6}, "do_center_crop": false}"#)
    #expect(exact.resize == .exact(width: 6, height: 8))
    #expect(exact.width == 6 && exact.height == 8)
  }

  @Test(arguments: [
    ("", "JSON"), ("[1]", "JSON"), ("{\"size\"", "JSON"), (#"{"do_resize": 1}"#, "do_resize"),
    (#"{"size": "large"}"#, "size"), (#"{"size": 0}"#, "size"), (#"{"size": -3}"#, "size"),
    (#"{"size": 4097}"#, "size"), (#"{"size": 22.5}"#, "size"), (#"{"size": {}}"#, "size"),
    (#"{"size": {"height": 8}}"#, "size"), (#"{"size": [8, 8]}"#, "size"),
    (#"{"size": {"shortest_edge": 224, "longest_edge": 300}}"#, "size"),
    (#"{"size": {"height": 8, "width": 0}}"#, "size.width"),
    (#"{"size": {"shortest_edge": "a"}}"#, "size.shortest_edge"),
    (#"{"crop_size": 99999}"#, "crop_size"), (#"{"crop_size": {"width": 3}}"#, "crop_size"),
    (#"{"do_center_crop": false}"#, "do_center_crop"), (#"{"resample": 2}"#, "resample"),
    (#"{"do_convert_rgb": false}"#, "do_convert_rgb"), (#"{"image_mean": [1, 2]}"#, "image_mean"),
    (#"{"image_mean": "x"}"#, "image_mean"), (#"{"image_std": [1, 0, 1]}"#, "image_std"),
    (#"{"image_std": [1, 1, 1, 1]}"#, "image_std"), (#"{"image_std": [1, -1, 1]}"#, "image_std"),
    (#"{"rescale_factor": 0}"#, "rescale_factor"), (#"{"rescale_factor": "a"}"#, "rescale_factor"),
    (#"{"rescale_factor": 1e999}"#, ""), (#"{"rescale_factor": 1e300}"#, "rescale_factor"),
    (#"{"rescale_factor": 1e-300}"#, "rescale_factor"),
    (#"{"image_mean": [0.5, 0.5, 4294967296]}"#, "image_mean"),
    (#"{"image_mean": [0.5, -1e300, 0.5]}"#, "image_mean"),
    (#"{"image_std": [1, 1, 1e300]}"#, "image_std"),
    // Each in its range: together they leave float32 no digits for the bytes.
    (#"{"image_mean": [0.5, 1000, 0.5], "rescale_factor": 1e-6}"#, "image_mean"),
    (#"{"size": 9223372036854775807}"#, "size"), (#"{"size": 1e300}"#, "size"),
    (String(repeating: "[", count: 513), "an array begins"),
  ])
  func `a value that cannot be is refused by its key`(json: String, key: String) {
    let error = #expect(throws: FileError.self) { try parse(json) }
    #expect(error?.file == "preprocessor_config.json")
    #expect(key.isEmpty || error?.problem.contains(key) == true, "\(error?.problem ?? "")")
  }

  @Test func `the shorter edge decides, the longer one is rounded down`() {
    let clip = ImagePreprocessing.clip(size: 224)
    #expect(clip.resizedSize(width: 640, height: 480) == (298, 224))  // 298.67
    #expect(clip.resizedSize(width: 333, height: 500) == (224, 336))  // 336.3
    #expect(clip.resizedSize(width: 5, height: 5) == (224, 224))
    #expect(clip.resizedSize(width: 1, height: 60_000) == (224, 13_440_000))
  }

  @Test func `every image comes out in the size of the crop`() {
    let image = RGBImage(width: 30, height: 20, pixels: Array(repeating: 5, count: 1800))
    for resize: ImagePreprocessing.Resize in [
      .none, .shortestEdge(10), .exact(width: 3, height: 40),
    ] {
      let pixels = ImagePreprocessing(
        resize: resize, width: 16, height: 24, rescaleFactor: 1, mean: [0, 0, 0], std: [1, 1, 1]
      ).pixels(of: image)
      #expect(pixels.width == 16 && pixels.height == 24)
    }
  }

  @Test func `the table holds the normalised bytes of each channel`() {
    let table = ImagePreprocessing.clip().normalizationTable()
    #expect(table.map(\.count) == [256, 256, 256])
    #expect(table[0][0] == Float(-0.48145466 / 0.26862954))
    #expect(table[2][255] == Float((1 - 0.40821073) / 0.27577711))
  }

  @Test func `descriptions differ exactly where preprocessings do`() throws {
    let descriptions = try [
      "{}", #"{"size": 225}"#, #"{"size": {"height": 224, "width": 224}}"#, #"{"crop_size": 200}"#,
      #"{"do_resize": false}"#, #"{"image_mean": [0, 0, 0]}"#, #"{"image_std": [1, 1, 1]}"#,
      #"{"rescale_factor": 1}"#,
    ].map { try parse($0).canonicalDescription }
    #expect(Set(descriptions).count == descriptions.count)
    #expect(
      descriptions[0] == "transparency onWhite; resize shortest 224 bicubic; crop 224x224; "
        + "scale 0.00392156862745098; "
        + "mean 0.48145466,0.4578275,0.40821073; std 0.26862954,0.26130258,0.27577711")
  }
}
