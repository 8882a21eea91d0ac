import Files
import Foundation

/// How much of a scoring is done and safe on the disk.
struct PairCheckpoint: Codable, Sendable, Equatable {
  /// All that decides the embeddings.
  var key: String
  /// Rows that are embedded.
  var rows = 0
  var images = 0
  var texts = 0
  /// The bytes of the messages of rows without a score.
  var messageBytes = 0
  /// All that decides the draws of negCLIPLoss, beside the embeddings.
  var drawKey = ""
  /// Draws that are done.
  var draws = 0

  static let fileName = "checkpoint.json"

  /// Reads it; nil when there is none, or none that this version wrote: the work begins anew then.
  ///
  /// - Throws: `FileError` when the system refuses.
  static func read(_ path: String) throws -> PairCheckpoint? {
    guard try FileStatus(path) != nil else { return nil }
    return try? CheckedJSONDecoder().decode(PairCheckpoint.self, from: FileContents.read(path))
  }

  /// Writes it, whole or not at all.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    try AtomicFile.write(encoder.encode(self), to: path)
  }
}
