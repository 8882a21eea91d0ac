internal import Foundation
internal import Hummingbird

extension Route {
  /// What a user saves under names: states of the page, and selections.
  static let savedRoutes =
    [
      Route(.get, "/api/v1/saved") { call in
        .json(
          [
            "queries": try call.explorable.savedNames(.query),
            "selections": try call.explorable.savedNames(.selection),
          ])
      }
    ] + routes(of: .query, "/api/v1/queries/{name}", body: .text)
    + routes(of: .selection, "/api/v1/selections/{name}", body: .mask)

  private static func routes(of kind: SavedKind, _ path: String, body: Body) -> [Route] {
    [
      Route(.get, path) { call in
        guard let data = try call.explorable.saved(kind, name: call.savedName()) else {
          throw Refusal.missing("nothing is saved under this name")
        }
        let bytes = ByteBuffer(bytes: data)
        return kind == .query
          ? Answer(bytes, "text/plain; charset=utf-8", isKept: false)
          : .binary(bytes, isKept: false)
      },
      Route(.put, path, body: body) { call in
        let name = try call.savedName()
        let data: Data
        switch kind {
        case .query: data = Data(try call.text().utf8)
        case .selection:
          data = Data(try call.mask(count: try call.images(of: nil).images.count).bytes)
        }
        try call.explorable.save(kind, name: name, data)
        return Answer(status: .noContent)
      },
      Route(.delete, path) { call in
        guard try call.explorable.forget(kind, name: call.savedName()) else {
          throw Refusal.missing("nothing is saved under this name")
        }
        return Answer(status: .noContent)
      },
    ]
  }
}

extension Call {
  /// The name that something is saved under.
  ///
  /// - Throws: `Refusal` (400) for one that is too long or has control characters.
  fileprivate func savedName() throws -> String {
    let name = self.name("name")
    guard name.count <= limits.nameCharacters,
      !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      throw Refusal.malformed(
        "a name has at most \(limits.nameCharacters) characters, none of them a control character")
    }
    return name
  }
}
