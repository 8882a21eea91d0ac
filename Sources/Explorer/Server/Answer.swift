internal import Files
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import LinearAlgebra

/// What a request is answered with.
struct Answer: Sendable {
  /// The contents.
  enum Body: Sendable {
    case bytes(ByteBuffer)
    /// What is written bit by bit, for as long as the connection lives.
    case stream(@Sendable (inout any ResponseBodyWriter) async throws -> Void)
  }

  var status = HTTPResponse.Status.ok
  var headers: HTTPFields
  var body: Body
  /// The tag of what a browser may keep and ask again for; nil for what it must not keep.
  private(set) var tag: String?

  /// Contents of a media type.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - mediaType: What they are.
  ///   - isKept: Whether a browser may keep them, and ask each time whether they have changed. The tag that it asks
  ///     with is a digest of them: it can neither outlive a change nor an end of the program.
  /// - Complexity: O(bytes) if they are kept.
  init(_ bytes: ByteBuffer, _ mediaType: String, isKept: Bool = true) {
    headers = [.contentType: mediaType]
    body = .bytes(bytes)
    guard isKept else { return }
    var hash = SHA256()
    hash.update(bytes.readableBytesView)
    tag = "\"\(Digest(hash).description.prefix(32))\""
  }

  /// A stream of a media type.
  init(
    _ mediaType: String,
    stream: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
  ) {
    headers = [.contentType: mediaType]
    body = .stream(stream)
  }

  /// An answer without contents.
  init(status: HTTPResponse.Status) {
    self.status = status
    headers = [:]
    body = .bytes(ByteBuffer())
  }

  /// A value as JSON.
  ///
  /// - Complexity: O(size).
  static func json(_ value: some Encodable, isKept: Bool = false) -> Answer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts, whole and finite numbers, lists and objects of them: nothing that JSON has no words for.
    guard let data = try? encoder.encode(value) else {
      return Refusal(.internalServerError, "the answer has a number that JSON has no word for")
        .answer
    }
    return Answer(ByteBuffer(bytes: data), "application/json", isKept: isKept)
  }

  /// Numbers or bits, as the routes say.
  static func binary(_ bytes: ByteBuffer, isKept: Bool) -> Answer {
    Answer(bytes, "application/octet-stream", isKept: isKept)
  }

  /// The bytes of a mask.
  static func mask(_ mask: RowMask) -> Answer {
    binary(ByteBuffer(bytes: mask.bytes), isKept: false)
  }

  /// The number of bytes of the contents; 0 for a stream.
  var count: Int {
    guard case .bytes(let bytes) = body else { return 0 }
    return bytes.readableBytes
  }

  /// The response to a request: nothing but the head for `HEAD`, 304 for what the browser has already.
  func response(to request: HTTPRequest) -> Response {
    var headers = self.headers
    headers.append(contentsOf: SecurityHeaders.fields)
    if headers[.cacheControl] == nil {
      headers[.cacheControl] = tag == nil ? "no-store" : "no-cache"
    }
    if let tag { headers[.eTag] = tag }
    if status == .ok, let tag, request.method == .get || request.method == .head,
      Self.names(request.headerFields[.ifNoneMatch], tag)
    {
      headers[.contentType] = nil
      return Response(status: .notModified, headers: headers)
    }
    switch body {
    case .bytes(let bytes):
      headers[.contentLength] = status == .noContent ? nil : "\(bytes.readableBytes)"
      return Response(
        status: status, headers: headers,
        body: request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: bytes))
    case .stream(let write):
      return Response(
        status: status, headers: headers,
        body: request.method == .head ? ResponseBody() : ResponseBody { try await write(&$0) })
    }
  }

  /// Whether a list of tags, weak ones among them, names one.
  private static func names(_ list: String?, _ tag: String) -> Bool {
    guard let list else { return false }
    return list.split(separator: ",").contains { item in
      let item = item.trimmingCharacters(in: .whitespaces)
      return item == "*" || item == tag || item == "W/" + tag
    }
  }
}

/// The headers that every answer has, errors too.
enum SecurityHeaders {
  static let fields: HTTPFields = {
    let policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
      + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    var fields: HTTPFields = [
      .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff",
      .crossOriginResourcePolicy: "same-origin",
    ]
    if let name = HTTPField.Name("Referrer-Policy") { fields[name] = "no-referrer" }
    return fields
  }()
}
