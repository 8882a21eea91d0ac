import Files
public import Foundation

extension ImagePreprocessing {
  /// Reads a `preprocessor_config.json`.
  ///
  /// Keys that are absent or null have CLIP's defaults; unknown keys are ignored. A configuration
  /// whose results would differ in size from image to image is refused.
  ///
  /// - Parameters:
  ///   - data: The bytes of the file.
  ///   - file: The file's name, for messages only.
  /// - Throws: `FileError` naming the key when a value is missing, of the wrong type, out of range
  ///   or asks for what is not implemented.
  public init(decoding data: Data, file: String) throws {
    func refusal(_ key: String, _ problem: String) -> FileError {
      FileError(file, "\(key): \(problem)")
    }
    let fields: Fields
    do {
      fields = try JSONDecoder().decode(Fields.self, from: data)
    } catch let error as DecodingError {
      throw FileError(file, Self.explained(error))
    }

    func checked(_ side: Int, _ key: String) throws -> Int {
      guard (1...Self.maximumSide).contains(side) else {
        throw refusal(key, "\(side) pixels; expected 1 to \(Self.maximumSide)")
      }
      return side
    }
    func rectangle(_ size: Size, _ key: String) throws -> (width: Int, height: Int)? {
      switch (size.shortestEdge, size.longestEdge, size.width, size.height) {
      case (nil, nil, let width?, let height?):
        (try checked(width, "\(key).width"), try checked(height, "\(key).height"))
      case (_?, nil, nil, nil): nil
      default:
        throw refusal(
          key, "expected a number, {\"shortest_edge\": n} or {\"height\": n, \"width\": n}")
      }
    }
    func triple(_ values: [Double]?, _ key: String, default standard: [Double]) throws -> [Double] {
      let values = values ?? standard
      guard values.count == 3 else {
        throw refusal(key, "\(values.count) values; expected 3, for red, green and blue")
      }
      return values
    }

    guard fields.convertsToRGB ?? true else {
      throw refusal("do_convert_rgb", "false; images are always converted to RGB, set it to true")
    }
    guard fields.resample ?? 3 == 3 else {
      throw refusal(
        "resample", "filter \(fields.resample ?? 3); only 3, Pillow's bicubic, is implemented")
    }

    let resize: Resize
    if fields.resizes ?? true {
      let size = fields.size ?? Size(shortestEdge: 224)
      if let (width, height) = try rectangle(size, "size") {
        resize = .exact(width: width, height: height)
      } else {
        resize = .shortestEdge(try checked(size.shortestEdge ?? 0, "size"))
      }
    } else {
      resize = .none
    }

    let output: (width: Int, height: Int)
    if fields.crops ?? true {
      let size = fields.cropSize ?? Size(shortestEdge: 224)
      if let rectangle = try rectangle(size, "crop_size") {
        output = rectangle
      } else {
        let side = try checked(size.shortestEdge ?? 0, "crop_size")
        output = (side, side)
      }
    } else if case .exact(let width, let height) = resize {
      output = (width, height)
    } else {
      throw refusal(
        "do_center_crop",
        "false, so that images would differ in size; set it to true, or give size as "
          + "{\"height\": n, \"width\": n}")
    }

    let factor = fields.rescales ?? true ? fields.rescaleFactor ?? 1 / 255 : 1
    guard factor.isFinite, factor > 0 else {
      throw refusal("rescale_factor", "\(factor); expected a positive number")
    }
    let standard = Self.clip()
    let normalizes = fields.normalizes ?? true
    let mean = try triple(
      normalizes ? fields.mean : [0, 0, 0], "image_mean", default: standard.mean)
    let std = try triple(normalizes ? fields.std : [1, 1, 1], "image_std", default: standard.std)
    guard mean.allSatisfy(\.isFinite) else {
      throw refusal("image_mean", "\(mean); expected finite numbers")
    }
    // Far wider than any sound one, and narrow enough that no pixel over- or underflows.
    guard std.allSatisfy({ (1e-6...1e6).contains($0) }) else {
      throw refusal(
        "image_std", "\(std); expected numbers from 1e-6 to 1e6, values are divided by them")
    }
    self.init(
      resize: resize, width: output.width, height: output.height, rescaleFactor: factor,
      mean: mean, std: std)
  }

  private static func explained(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context), .dataCorrupted(let context):
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      return key.isEmpty
        ? "not a JSON object of settings: \(context.debugDescription)"
        : "\(key): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}

/// The keys that are looked at.
private struct Fields: Decodable {
  var resizes: Bool?
  var size: Size?
  var crops: Bool?
  var cropSize: Size?
  var rescales: Bool?
  var rescaleFactor: Double?
  var normalizes: Bool?
  var mean: [Double]?
  var std: [Double]?
  var resample: Int?
  var convertsToRGB: Bool?

  enum CodingKeys: String, CodingKey {
    case resizes = "do_resize"
    case size
    case crops = "do_center_crop"
    case cropSize = "crop_size"
    case rescales = "do_rescale"
    case rescaleFactor = "rescale_factor"
    case normalizes = "do_normalize"
    case mean = "image_mean"
    case std = "image_std"
    case resample
    case convertsToRGB = "do_convert_rgb"
  }
}

/// A size: a number, the same as a shortest edge, or an object of one or two numbers.
private struct Size: Decodable {
  var shortestEdge: Int?
  var longestEdge: Int?  // read to be refused: it would cap the longer side
  var height: Int?
  var width: Int?

  enum CodingKeys: String, CodingKey {
    case shortestEdge = "shortest_edge"
    case longestEdge = "longest_edge"
    case height
    case width
  }

  init(shortestEdge: Int) {
    self.shortestEdge = shortestEdge
  }

  init(from decoder: any Decoder) throws {
    if let side = try? decoder.singleValueContainer().decode(Int.self) {
      shortestEdge = side
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    shortestEdge = try container.decodeIfPresent(Int.self, forKey: .shortestEdge)
    longestEdge = try container.decodeIfPresent(Int.self, forKey: .longestEdge)
    height = try container.decodeIfPresent(Int.self, forKey: .height)
    width = try container.decodeIfPresent(Int.self, forKey: .width)
  }
}
