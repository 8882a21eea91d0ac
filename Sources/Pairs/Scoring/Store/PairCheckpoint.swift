import Runs

/// How much of a scoring is done and safe on the disk.
struct PairCheckpoint: RecordFile, Equatable {
  /// All that decides the embeddings.
  var key: String
  /// Rows that are embedded.
  var rows = 0
  var images = 0
  var texts = 0
  /// The bytes of the messages of rows without a score.
  var messageBytes = 0
  /// Of the images of these rows, when they were read.
  var stamps = ImageStamps.Summary()
  /// SHA-256 of the store's files up to there, in the order of their names; none for an empty store.
  var digests: [String] = []
  /// All that decides the draws of negCLIPLoss, beside the embeddings.
  var drawKey = ""
  /// Draws that are done.
  var draws = 0
  /// SHA-256 of the sums over them.
  var drawDigest = ""

  static let fileName = "checkpoint.json"
}
