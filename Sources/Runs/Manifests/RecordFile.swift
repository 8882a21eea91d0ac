import Files
package import Foundation

/// A file of JSON with sorted keys that one type reads and writes, and that tells when one of its bytes was changed.
///
/// Its first key is `_sha256`, the SHA-256 of the file without that line:
/// `grep -v '"_sha256"' manifest.json | sha256sum` is what stands there. A file without the key, made by hand or by an
/// earlier version, is read as it is.
package protocol RecordFile: Codable, Sendable {
  /// Its name in the folder.
  static var fileName: String { get }
}

extension RecordFile {
  /// Writes it, whole or not at all.
  package func write(to path: String) throws {
    try AtomicFile.writeInPlace(
      RecordSeal.sealed(JSONEncoder.ofRecords.encode(self) + Data("\n".utf8)), to: path)
  }

  /// Reads it; nil when there is no such file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - kind: What it is, for people.
  ///   - remedy: What to do about one that cannot be read; nil for what is made anew once it is gone.
  /// - Returns: What it holds.
  /// - Throws: `FileError` naming the file that is none, or of which a byte was changed.
  package static func read(
    _ path: String, as kind: String = "manifest", remedy: String? = nil
  ) throws -> Self? {
    guard try FileStatus(path) != nil else { return nil }
    let data = try FileContents.read(path)
    let deletion = "delete it to have what it tells of made anew"
    guard !RecordSeal.isBroken(data) else {
      throw FileError(
        path,
        "is damaged: the \(RecordSeal.key) in it is not that of its other bytes; "
          + (remedy
            ?? "\(deletion), or the line of \(RecordSeal.key) alone to have it believed as it is"))
    }
    do {
      return try JSONDecoder.ofRecords.decode(Self.self, from: data)
    } catch let error as DecodingError {
      throw FileError(
        path,
        "is not a \(kind) that this version wrote: \(error.problem); \(remedy ?? deletion)")
    }
  }
}

extension JSONEncoder {
  /// A line a key, keys in order: the same value has the same bytes.
  package static var ofRecords: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return encoder
  }
}

extension JSONDecoder {
  /// What reads that.
  package static var ofRecords: JSONDecoder {
    let decoder = CheckedJSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return decoder
  }
}

/// The line of a record with the digest of all others.
enum RecordSeal {
  /// Sorted keys have it first.
  static let key = "_sha256"

  private static let opening = Data("{\n".utf8)
  private static let before = Data("  \"\(key)\" : \"".utf8)
  private static let digitCount = 64
  private static let after = Data("\",\n".utf8)
  private static let size = opening.count + before.count + digitCount + after.count

  /// The bytes of a record with the line.
  ///
  /// - Parameter json: An object, a line a key.
  /// - Returns: The bytes of the file.
  static func sealed(_ json: Data) -> Data {
    precondition(json.starts(with: opening), "a line a key")
    let rest = json.dropFirst(opening.count)
    return opening + before + digits(rest) + after + rest
  }

  /// Whether the bytes of a record are not those that were written; one without the line never is.
  ///
  /// Wherever one bit has changed, either the key is there or the right digits are in their place.
  ///
  /// - Complexity: O(bytes).
  static func isBroken(_ data: Data) -> Bool {
    let start = data.prefix(size)
    let digits = digits(data.dropFirst(size))
    guard start != opening + before + digits + after else { return false }
    return data.range(of: Data("\"\(key)\"".utf8)) != nil
      || start.dropFirst(opening.count + before.count).prefix(digitCount) == digits
  }

  /// The digest of an object of which all but the first line is given.
  private static func digits(_ rest: Data) -> Data {
    var digest = RunningDigest()
    digest.update(opening)
    digest.update(rest)
    return Data("\(digest.digest)".utf8)
  }
}

extension DecodingError {
  /// What is wrong at which key: `zero_shot.logit_scale: …`.
  package var problem: String {
    let (context, problem): (Context, String?) =
      switch self {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        (context, nil)
      case .keyNotFound(let key, let context): (context, "\(key.stringValue) is missing")
      @unknown default: (Context(codingPath: [], debugDescription: "\(self)"), nil)
      }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    return (place.isEmpty ? "" : place + ": ") + (problem ?? context.debugDescription)
  }
}

extension KeyedDecodingContainer {
  /// The value of a key, or what stands for it when it is absent.
  func value<Value: Decodable>(_ key: Key, or fallback: Value) throws -> Value {
    try decodeIfPresent(Value.self, forKey: key) ?? fallback
  }
}
