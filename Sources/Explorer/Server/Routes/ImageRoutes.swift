internal import Hummingbird
internal import Runs

/// An image as a list tells it.
private struct ImageAnswer: Encodable {
  let row: Int
  let id: String
  let path: String
  let width: Int
  let height: Int
  let embedded: Bool
  let metadata: [String: JSONField]
}

extension Route {
  /// What is known of images, and their pictures.
  static let imageRoutes = [
    Route(.get, "/api/v1/images") { call in
      let set = try call.images()
      let answers = try call.rows(of: set).map { row in
        let image = set.images[row]
        return ImageAnswer(
          row: row, id: image.id, path: image.path, width: image.width, height: image.height,
          embedded: set.embedded.contains(row), metadata: set.metadata(row))
      }
      return .json(["images": answers], isKept: true)
    },
    Route(.get, "/api/v1/thumbnails/{row}") { call in
      guard let data = try call.explorable.thumbnail(row: call.row()) else {
        throw Refusal.missing("there is no small picture of this image")
      }
      return Answer(ByteBuffer(bytes: data), "image/jpeg")
    },
    Route(.get, "/api/v1/originals/{row}") { call in
      guard let original = try call.explorable.original(row: call.row()) else {
        throw Refusal.missing("the file of this image is not there any more")
      }
      return Answer(ByteBuffer(bytes: original.data), original.mediaType)
    },
    Route(.get, "/api/v1/sprites/{sheet}") { call in
      guard let data = try call.explorable.spriteSheet(call.index("sheet")) else {
        throw Refusal.missing("there is no such sheet")
      }
      return Answer(ByteBuffer(bytes: data), "image/jpeg")
    },
  ]
}

extension Call {
  /// The row that the path names.
  fileprivate func row() throws -> Int {
    let row = try index("row")
    guard row < (try images(of: nil)).images.count else {
      throw Refusal.missing("there is no row \(row)")
    }
    return row
  }

  /// The rows that the parameters name, one by one or as a range; a range may reach past the end.
  fileprivate func rows(of set: ImageSet) throws -> [Int] {
    guard let list = parameters["rows"] else {
      return Array(try range(of: set.images.count))
    }
    let texts = list.split(separator: ",", omittingEmptySubsequences: false)
    guard texts.count <= limits.images else {
      throw Refusal.malformed("\(texts.count) rows; at most \(limits.images) are told at once")
    }
    return try texts.map { text in
      guard let row = Self.count(text), row < set.images.count else {
        throw Refusal.malformed("there is no row \"\(text.prefix(80))\"")
      }
      return row
    }
  }
}

extension ImageSet {
  /// What is known of an image under each key that it has a value under.
  ///
  /// A column of nothing but `true` and `false` holds flags, as those who wrote them mean it.
  func metadata(_ row: Int) -> [String: JSONField] {
    var fields: [String: JSONField] = [:]
    for column in columns {
      switch column.values {
      case .categories(let names, let codes):
        let code = Int(codes[row])
        guard names.indices.contains(code) else { continue }
        let isFlag = names.allSatisfy { $0 == "true" || $0 == "false" }
        fields[column.key] = isFlag ? .flag(names[code] == "true") : .text(names[code])
      case .numbers(let values, let present):
        guard present.contains(row), values[row].isFinite else { continue }
        fields[column.key] = .number(values[row])
      }
    }
    return fields
  }
}
