internal import Foundation
internal import Hummingbird
internal import Runs

private struct SearchAnswer: Encodable {
  struct Hit: Encodable {
    let row: Int
    let cosine: Double
    let similarity: Double
  }

  struct Marker: Encodable {
    let text: String
    let x: Double
    let y: Double
    let spread: Double
    let isWeak: Bool
    let rows: [Int]
  }

  let hits: [Hit]
  let candidateCount: Int
  let milliseconds: Double
  let markers: [Marker]
}

extension Route {
  /// What is looked for, and what passes filters.
  static let searchRoutes = [
    Route(.post, "/api/v1/search", body: .json, lane: .searching) { call in
      let body = try SearchBody(call, members: SearchBody.searchMembers)
      let set = try call.images(of: body.condition)
      let request = try body.request(among: set)
      try call.requireEmbeddings(set)
      let start = ContinuousClock.now
      let result = try call.explorable.search(request, set.condition)
      let elapsed = ContinuousClock.now - start
      let placed = set.located.population > 0 ? request.prompts.filter { $0.weight > 0 } : []
      let markers = try placed.map { prompt in
        SearchAnswer.Marker(try call.explorable.place(prompt.text, set.condition))
      }
      return .json(
        SearchAnswer(
          hits: result.hits.map { hit in
            SearchAnswer.Hit(row: hit.row, cosine: hit.cosine, similarity: hit.similarity)
          },
          candidateCount: result.candidateCount, milliseconds: elapsed / .milliseconds(1),
          markers: markers))
    },
    Route(.post, "/api/v1/filter", body: .json) { call in
      let body = try SearchBody(call, members: SearchBody.filterMembers)
      let set = try call.images(of: body.condition)
      return .mask(try call.explorable.rows(passing: body.filters(), set.condition))
    },
  ]
}

extension SearchAnswer.Marker {
  fileprivate init(_ marker: QueryMarker) {
    (text, x, y) = (marker.text, marker.x, marker.y)
    (spread, isWeak, rows) = (marker.spread, marker.isWeak, marker.rows)
  }
}

extension Call {
  /// Refuses to look among images of which none has been embedded yet.
  func requireEmbeddings(_ set: ImageSet) throws {
    guard set.embedded.population > 0 else {
      throw Refusal(.conflict, "no image has been embedded yet; wait and try again")
    }
  }
}
