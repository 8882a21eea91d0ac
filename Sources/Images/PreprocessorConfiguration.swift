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
    let fields: Fields
    do {
      fields = try CheckedJSONDecoder().decode(Fields.self, from: data)
    } catch let error as DecodingError {
      throw FileError(file, Self.explained(error))
    }
    do {
      let resize = try fields.resize
      let output = try fields.output(after: resize)
      let colors = try fields.colors
      self.init(
        resize: resize, width: output.width, height: output.height,
        rescaleFactor: colors.factor, mean: colors.mean, std: colors.std)
      guard tellsBytesApart else {
        throw Fault(
          key: "image_mean",
          problem:
            "with rescale_factor \(colors.factor) and image_std \(colors.std), \(colors.mean) is "
            + "so far from the pixels that float32 does not tell one byte from the next")
      }
    } catch let fault as Fault {
      throw FileError(file, "\(fault.key): \(fault.problem)")
    }
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

/// A value that is refused.
private struct Fault: Error {
  let key: String
  let problem: String
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

extension Fields {
  var resize: ImagePreprocessing.Resize {
    get throws {
      guard convertsToRGB ?? true else {
        throw Fault(
          key: "do_convert_rgb",
          problem: "false; images are always converted to RGB, set it to true")
      }
      guard resample ?? 3 == 3 else {
        throw Fault(
          key: "resample",
          problem: "filter \(resample ?? 3); only 3, Pillow's bicubic, is implemented")
      }
      guard resizes ?? true else { return .none }
      switch try (size ?? Size(shortestEdge: 224)).sides(key: "size") {
      case .shortest(let side): return .shortestEdge(side)
      case .both(let width, let height): return .exact(width: width, height: height)
      }
    }
  }

  func output(
    after resize: ImagePreprocessing.Resize
  ) throws -> (width: Int, height: Int) {
    if crops ?? true {
      switch try (cropSize ?? Size(shortestEdge: 224)).sides(key: "crop_size") {
      case .shortest(let side): return (side, side)
      case .both(let width, let height): return (width, height)
      }
    }
    guard case .exact(let width, let height) = resize else {
      throw Fault(
        key: "do_center_crop",
        problem: "false, so that images would differ in size; set it to true, or give size as "
          + "{\"height\": n, \"width\": n}")
    }
    return (width, height)
  }

  var colors: (factor: Double, mean: [Double], std: [Double]) {
    get throws {
      let factor = rescales ?? true ? rescaleFactor ?? 1 / 255 : 1
      // 1/255 and 1 are in use.
      guard (1e-6...1e3).contains(factor) else {
        throw Fault(
          key: "rescale_factor", problem: "\(factor); expected a number from 1e-6 to 1000")
      }
      guard normalizes ?? true else { return (factor, [0, 0, 0], [1, 1, 1]) }
      let standard = ImagePreprocessing.clip()
      let mean = try triple(mean ?? standard.mean, "image_mean")
      let std = try triple(std ?? standard.std, "image_std")
      // Of pixels from 0 to 255, or from 0 to 1.
      guard mean.allSatisfy((-1e3...1e3).contains) else {
        throw Fault(key: "image_mean", problem: "\(mean); expected numbers from -1000 to 1000")
      }
      // Far wider than any sound one, and narrow enough that no pixel over- or underflows.
      guard std.allSatisfy({ (1e-6...1e6).contains($0) }) else {
        throw Fault(
          key: "image_std",
          problem: "\(std); expected numbers from 1e-6 to 1e6, values are divided by them")
      }
      return (factor, mean, std)
    }
  }

  private func triple(_ values: [Double], _ key: String) throws -> [Double] {
    guard values.count == 3 else {
      throw Fault(
        key: key, problem: "\(values.count) values; expected 3, for red, green and blue")
    }
    return values
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

  /// What it asks for: the shorter side, or both.
  enum Sides {
    case shortest(Int)
    case both(width: Int, height: Int)
  }

  func sides(key: String) throws -> Sides {
    switch (shortestEdge, longestEdge, width, height) {
    case (nil, nil, let width?, let height?):
      .both(
        width: try checked(width, "\(key).width"), height: try checked(height, "\(key).height"))
    case (let side?, nil, nil, nil): .shortest(try checked(side, key))
    default:
      throw Fault(
        key: key,
        problem: "expected a number, {\"shortest_edge\": n} or {\"height\": n, \"width\": n}")
    }
  }

  private func checked(_ side: Int, _ key: String) throws -> Int {
    let expected = 1...ImagePreprocessing.maximumSide
    guard expected.contains(side) else {
      throw Fault(key: key, problem: "\(side) pixels; expected 1 to \(expected.upperBound)")
    }
    return side
  }
}
