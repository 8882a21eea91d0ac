internal import Hummingbird

extension Route {
  /// The page and what belongs to it.
  static let pageRoutes = [
    Route(.get, "/") { call in Answer(call.service.page) },
    Route(.get, "/assets/{name}") { call in
      guard let asset = call.service.assets[call.name("name")] else {
        throw Refusal.missing("there is no such part of the page")
      }
      return Answer(asset)
    },
    Route(.get, "/api/v1/openapi.json") { _ in
      Answer(ByteBuffer(bytes: PackageResources.openapi_json), "application/json")
    },
  ]
}

extension Answer {
  fileprivate init(_ asset: PageAsset) {
    self.init(ByteBuffer(bytes: asset.bytes), asset.mediaType)
  }
}
