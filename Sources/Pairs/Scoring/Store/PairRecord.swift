/// What is known of a row once it is embedded, of a fixed size in the store.
struct PairRecord: BitwiseCopyable, Sendable, Equatable {
  /// The distinct image, −1 without one.
  var image: Int32 = -1
  /// The distinct caption, −1 where the row has no score.
  var text: Int32 = -1
  /// The caption's tokens with start and end, before it is cut.
  var tokens: Int32 = 0
  /// How many of them the context has no room for.
  var truncated: Int32 = 0
  /// Why there is no score, by the number of the message; −1 where there is one.
  var error: Int32 = -1
  /// The cosine; 0 where there is none.
  var cosine: Float = 0

  var isScored: Bool { error < 0 }
}
