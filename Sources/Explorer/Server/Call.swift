internal import Foundation
internal import Hummingbird
internal import Runs

/// A request that is about to be answered.
struct Call: Sendable {
  let service: ExplorerService
  /// What stands for the parts of the path in braces.
  let names: [String: String]
  let parameters: [String: String]
  let body: ByteBuffer

  var explorable: any Explorable { service.explorable }
  var limits: ExplorerLimits { service.limits }

  /// A part of the path.
  func name(_ key: String) -> String { names[key] ?? "" }

  /// A part of the path, or a parameter, that counts from 0; 404 for a part that is no such number.
  func index(_ key: String) throws -> Int {
    guard let index = Self.count(name(key)) else {
      throw Refusal.missing("there is no \(key) \"\(name(key).prefix(80))\"")
    }
    return index
  }

  /// A whole number from 0 in digits alone; nil for every other text.
  static func count(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }

  /// A parameter that is a whole number in a range.
  func parameter(_ key: String, in range: ClosedRange<Int>, or standard: Int) throws -> Int {
    guard let text = parameters[key] else { return standard }
    guard let value = Self.count(text), range.contains(value) else {
      throw Refusal.malformed(
        "\(key) is \"\(text.prefix(80))\"; expected a number from \(range.lowerBound) to "
          + "\(range.upperBound)")
    }
    return value
  }

  /// The condition that a parameter names, `clean` where there is none, and its images.
  func images() throws -> ImageSet { try images(of: parameters["condition"]) }

  /// The images of a condition by name.
  ///
  /// - Throws: `Refusal` (404) for a condition that is not there.
  func images(of name: String?) throws -> ImageSet {
    let name = name ?? Condition.clean.name
    guard let condition = explorable.conditions.first(where: { $0.name == name }),
      let images = explorable.imageSet(condition)
    else { throw Refusal.missing("there is no condition \"\(name.prefix(80))\"") }
    return images
  }

  /// The body as a mask of a number of rows.
  ///
  /// - Throws: `Refusal`: 413 for more bytes than it takes, 400 for fewer and for bits past the last row.
  func mask(count: Int) throws -> RowMask {
    let expected = (count + 7) / 8
    guard body.readableBytes <= expected else { throw Refusal.body(limit: expected) }
    guard let mask = RowMask(count: count, bytes: body.readableBytesView) else {
      throw Refusal.malformed(
        "the body has \(body.readableBytes) bytes; expected \(expected), a bit an image, those past "
          + "the last image 0")
    }
    return mask
  }

  /// The body as text.
  ///
  /// - Throws: `Refusal` (400) for what is not UTF-8.
  func text() throws -> String {
    guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
      throw Refusal.malformed("the body is not UTF-8 text")
    }
    return text
  }

  /// The part of a list that the parameters `offset` and `limit` name.
  ///
  /// - Throws: `Refusal` (400) for parameters that are no numbers, or too large.
  func range(of count: Int) throws -> Range<Int> {
    let offset = try parameter("offset", in: 0...Int.max, or: 0)
    let limit = try parameter("limit", in: 1...limits.images, or: min(60, limits.images))
    let start = min(offset, count)
    return start..<min(start + limit, count)
  }

  /// Refuses a text to look for that is too long.
  func requireQuery(_ text: String) throws {
    // A character that is seen may have any number of marks.
    let count = text.unicodeScalars.count
    guard count <= limits.queryCharacters else {
      throw Refusal.malformed(
        "the text has \(count) characters; at most \(limits.queryCharacters) are taken")
    }
  }
}
