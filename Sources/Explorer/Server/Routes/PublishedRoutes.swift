internal import Foundation
internal import Hummingbird
internal import LinearAlgebra
internal import Runs

/// The routes that programs written for other explorers ask for.
private enum Published {
  struct Page: Encodable {
    struct Entry: Encodable {
      let x: JSONField
      let y: JSONField
      let id: String
      let metadata: [String: JSONField]
    }

    let dataset: [Entry]
    let nPages: Int

    /// A page of the images that have been embedded.
    init(_ number: Int, of set: ImageSet) throws {
      let rows = Published.order(count: set.images.count).filter(set.embedded.contains)
      nPages = (rows.count + Published.pageSize - 1) / Published.pageSize
      guard number < max(nPages, 1) else { throw Refusal.missing("there are \(nPages) pages") }
      dataset = rows.dropFirst(number * Published.pageSize).prefix(Published.pageSize).map { row in
        let place = (0..<2).map { axis -> JSONField in
          set.located.contains(row) ? .number(Double(set.positions[row, axis])) : .null
        }
        return Entry(
          x: place[0], y: place[1], id: set.images[row].id, metadata: set.metadata(row))
      }
    }
  }

  struct Place: Encodable {
    let x: Double
    let y: Double
    let text: String
  }

  struct Hits: Encodable {
    var ids: [String] = []
    var distances: [Double] = []
    var metadatas: [[String: JSONField]] = []
    var images: [String] = []
  }

  static let pageSize = 1000
  static let hitCount = 100

  /// All rows in an order that does not change while images are embedded, so that pages only grow.
  ///
  /// Method: Fisher and Yates's shuffle as Durstenfeld has it (1964, doi:10.1145/364520.364540), by our stream of seed
  /// 42.
  static func order(count: Int) -> [Int] {
    var stream = RandomStream(domain: "explorer/pages", seed: 42)
    var rows = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      rows.swapAt(last, Int(stream.next() % UInt64(last + 1)))
    }
    return rows
  }
}

extension Route {
  /// The embedding explorer's interface as it is published.
  static let publishedRoutes = [
    Route(.get, "/{page}") { call in
      let number = try call.index("page")
      let set = try call.images()
      return try call.service.cache.answer(
        "page \(set.condition.name) \(number)", revision: set.revision
      ) {
        .json(try Published.Page(number, of: set), isKept: true)
      }
    },
    Route(.get, "/get_image/{id}") { call in
      let id = call.name("id")
      guard let row = try call.images().images.firstIndex(where: { $0.id == id }) else {
        throw Refusal.missing("there is no image \"\(id.prefix(80))\"")
      }
      let original = try call.explorable.original(row: row)?.data
      guard let data = try original ?? call.explorable.thumbnail(row: row) else {
        throw Refusal.missing("there is no picture of this image")
      }
      return .json(["image": data.base64EncodedString()], isKept: true)
    },
    Route(.get, "/query/{text}", lane: .searching) { call in
      let set = try call.images()
      let text = call.name("text")
      try call.requireQuery(text)
      guard set.located.population > 0 else {
        throw Refusal(.conflict, "the map has not been made yet; wait and try again")
      }
      let marker = try call.explorable.place(text, set.condition)
      return .json([Published.Place(x: marker.x, y: marker.y, text: text)])
    },
    Route(.get, "/search", lane: .searching) { call in
      guard let text = call.parameters["query"] else {
        throw Refusal.malformed("the parameter query is missing: /search?query=TEXT")
      }
      let set = try call.images()
      try call.requireQuery(text)
      try call.requireEmbeddings(set)
      let request = SearchRequest(
        prompts: [SearchRequest.Prompt(text: text)], count: Published.hitCount)
      var hits = Published.Hits()
      for hit in try call.explorable.search(request, set.condition).hits {
        hits.ids.append(set.images[hit.row].id)
        hits.distances.append(hit.similarity)
        hits.metadatas.append(set.metadata(hit.row))
        let small = try call.explorable.thumbnail(row: hit.row)
        hits.images.append(small?.base64EncodedString() ?? "")
      }
      return .json(hits)
    },
  ]
}
