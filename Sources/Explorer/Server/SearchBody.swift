internal import Files
internal import Foundation
internal import Hummingbird

/// The JSON of a search or of filters, each member checked when it is read.
///
/// A member that is not known is refused: one that is misspelt would else be passed over in silence.
struct SearchBody {
  /// The most texts, images, filters and names of a filter.
  private enum Most {
    static let prompts = SearchRequest.mostPrompts
    static let examples = SearchRequest.mostExamples
    static let filters = SearchRequest.mostFilters
    static let names = 10_000
    static let weight = 1000.0
  }

  static let searchMembers: Set = [
    "prompts", "examples", "region", "filters", "within", "count", "condition",
  ]
  static let filterMembers: Set = ["filters", "condition"]

  private let call: Call
  private let members: [String: JSONValue]
  /// The name of a condition; nil where there is none.
  let condition: String?

  /// Reads the body of a request.
  ///
  /// - Parameters:
  ///   - call: The request.
  ///   - members: The members that its object may have.
  /// - Throws: `Refusal` (400) for what is no JSON, no object, or has other members.
  init(_ call: Call, members: Set<String>) throws {
    self.call = call
    let value: JSONValue
    do {
      value = try JSONValue(
        Data(call.body.readableBytesView), file: "the body", expecting: "a JSON object")
    } catch let error as FileError {
      throw Refusal.malformed("\(error)")
    }
    self.members = try Self.object(value, "the body", members: members)
    condition = try self.members["condition"].map { try Self.text($0, "condition") }
  }

  /// What is looked for among images.
  ///
  /// - Throws: `Refusal` (400) naming the member that is wrong.
  func request(among set: ImageSet) throws -> SearchRequest {
    let count = set.images.count
    var request = SearchRequest()
    request.prompts = try list("prompts", most: Most.prompts).map { value in
      let prompt = try Self.object(value, "a prompt", members: ["text", "weight"])
      let text = try Self.text(prompt["text"], "the text of a prompt")
      try call.requireQuery(text)
      return SearchRequest.Prompt(text: text, weight: try Self.weight(prompt["weight"]))
    }
    request.examples = try list("examples", most: Most.examples).map { value in
      let example = try Self.object(value, "an example", members: ["row", "weight"])
      guard let row = example["row"]?.integer, (0..<count).contains(row) else {
        throw Refusal.malformed(
          "the row of an example is \(Self.words(example["row"])); there are \(count) images")
      }
      return SearchRequest.Example(row: row, weight: try Self.weight(example["weight"]))
    }
    request.region = try mask("region", count: count)
    request.within = try mask("within", count: count)
    request.filters = try filters()
    if let value = given("count") {
      guard let wanted = value.integer, (1...call.limits.images).contains(wanted) else {
        throw Refusal.malformed(
          "count is \(value); expected a number from 1 to \(call.limits.images)")
      }
      request.count = wanted
    }
    return request
  }

  /// The filters.
  ///
  /// - Throws: `Refusal` (400) naming what is wrong.
  func filters() throws -> [MetadataFilter] { try list("filters", most: Most.filters).map(filter) }

  private func filter(_ value: JSONValue) throws -> MetadataFilter {
    let filter = try Self.object(
      value, "a filter", members: ["key", "isOne", "lower", "upper", "contains"])
    let key = try Self.text(filter["key"], "the key of a filter")
    switch Set(filter.keys).subtracting(["key"]) {
    case ["isOne"]:
      guard let names = filter["isOne"]?.texts, names.count <= Most.names else {
        throw Refusal.malformed(
          "isOne of the filter \"\(key.prefix(80))\" must be a list of at most \(Most.names) names")
      }
      return .isOne(key: key, of: names)
    case ["contains"]:
      let text = try Self.text(filter["contains"], "contains of a filter")
      try call.requireQuery(text)
      return .contains(key: key, text: text)
    case let others where !others.isEmpty && others.isSubset(of: ["lower", "upper"]):
      return .isBetween(
        key: key, lower: try Self.bound(filter["lower"]), upper: try Self.bound(filter["upper"]))
    default:
      throw Refusal.malformed(
        "the filter \"\(key.prefix(80))\" must have isOne, or contains, or lower and upper")
    }
  }

  /// A member that is there and not null.
  private func given(_ key: String) -> JSONValue? {
    members[key].flatMap { $0 == .null ? nil : $0 }
  }

  private func list(_ key: String, most: Int) throws -> [JSONValue] {
    guard let value = given(key) else { return [] }
    guard let elements = value.elements, elements.count <= most else {
      throw Refusal.malformed("\(key) must be a list of at most \(most)")
    }
    return elements
  }

  private func mask(_ key: String, count: Int) throws -> RowMask? {
    guard let value = given(key) else { return nil }
    guard let data = value.text.flatMap({ Data(base64Encoded: $0) }),
      let mask = RowMask(count: count, bytes: data)
    else {
      throw Refusal.malformed(
        "\(key) must be \((count + 7) / 8) bytes in base64, a bit an image, those past the last "
          + "image 0")
    }
    return mask
  }

  private static func object(
    _ value: JSONValue, _ what: String, members: Set<String>
  ) throws -> [String: JSONValue] {
    guard let found = value.members else {
      throw Refusal.malformed("\(what) is \(value); expected an object")
    }
    guard let other = found.keys.filter({ !members.contains($0) }).min() else { return found }
    throw Refusal.malformed(
      "\(what) has a member \"\(other.prefix(80))\"; expected \(members.sorted().listed)")
  }

  private static func text(_ value: JSONValue?, _ what: String) throws -> String {
    guard let text = value?.text, !text.utf8.contains(0) else {
      throw Refusal.malformed("\(what) is \(words(value)); expected a text without NUL")
    }
    return text
  }

  private static func weight(_ value: JSONValue?) throws -> Double {
    guard let value else { return 1 }
    guard let weight = value.double, abs(weight) <= Most.weight else {
      throw Refusal.malformed(
        "a weight is \(value); expected a number from \((-Most.weight).shortestText) to "
          + Most.weight.shortestText)
    }
    return weight
  }

  private static func bound(_ value: JSONValue?) throws -> Double? {
    guard let value, value != .null else { return nil }
    guard let bound = value.double, bound.isFinite else {
      throw Refusal.malformed("a limit of a filter is \(value); expected a number or null")
    }
    return bound
  }

  private static func words(_ value: JSONValue?) -> String {
    value.map { String($0.description.prefix(80)) } ?? "missing"
  }
}
