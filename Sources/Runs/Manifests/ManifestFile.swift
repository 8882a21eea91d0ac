import Files
package import Foundation
package import Version

/// What produced a folder of results: read and written by one type, as JSON with sorted keys.
///
/// Those of a run, of a training and of a linkage say the same of the program, the times, the machine and the stages.
package protocol ManifestFile: Codable, Sendable {
  /// Its name in the folder.
  static var fileName: String { get }
  /// The program that wrote it.
  var program: ProgramVersion? { get }
  /// The command line.
  var arguments: [String] { get }
  /// When the work began.
  var startedAt: Date? { get }
  /// When it ended.
  var finishedAt: Date? { get }
  /// The settings that decide the results, by key.
  var configuration: [String: String] { get }
  /// The machine.
  var host: Machine? { get }
  /// What every stage took.
  var stages: [StageUsage] { get }
}

extension ManifestFile {
  /// Writes it, whole or not at all.
  package func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    try AtomicFile.write(encoder.encode(self), to: path)
  }

  /// Reads it; nil when there is no such file.
  ///
  /// - Throws: `FileError` naming the file that is none.
  package static func read(_ path: String) throws -> Self? {
    guard try FileStatus(path) != nil else { return nil }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      return try decoder.decode(Self.self, from: FileContents.read(path))
    } catch let error as DecodingError {
      throw FileError(
        path,
        "is not a manifest that this version wrote: \(error.problem); delete it to have what it tells of made anew"
      )
    }
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
