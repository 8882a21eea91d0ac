/// Token sequences one after the other in the rows of a batch, cut into the pieces that a thread
/// takes at once.
///
/// The pieces depend on the sequences alone, never on the number of threads.
struct SequenceBatch: Sendable {
  /// A few whole sequences.
  struct Piece: Sendable {
    let sequences: Range<Int>
    let rows: Range<Int>
  }

  /// The rows of each sequence.
  let rows: [Range<Int>]
  /// The row of each sequence whose state is read at the end.
  let readRows: [Int]
  /// Whether a token sees only those before it and itself.
  let isCausal: Bool
  let pieces: [Piece]

  /// Rows of a piece: enough for products at full speed, few enough for the second-level cache.
  private static let pieceRows = 400

  /// Sequences of the lengths given; the first token of each is read, or the last if they are causal.
  init(lengths: [Int], isCausal: Bool) {
    var rows: [Range<Int>] = []
    var pieces: [Piece] = []
    var end = 0
    var first = 0
    for (index, length) in lengths.enumerated() {
      precondition(length > 0)
      if index > first, end + length - rows[first].lowerBound > Self.pieceRows {
        pieces.append(Piece(sequences: first..<index, rows: rows[first].lowerBound..<end))
        first = index
      }
      rows.append(end..<end + length)
      end += length
    }
    if first < rows.count {
      pieces.append(Piece(sequences: first..<rows.count, rows: rows[first].lowerBound..<end))
    }
    self.rows = rows
    self.pieces = pieces
    self.isCausal = isCausal
    readRows = rows.map { isCausal ? $0.upperBound - 1 : $0.lowerBound }
  }

  /// Rows of all sequences.
  var total: Int { rows.last?.upperBound ?? 0 }
  /// The number of sequences.
  var count: Int { rows.count }
  /// Tokens of the longest sequence.
  var longest: Int { rows.map(\.count).max() ?? 0 }
  /// Rows of the largest piece.
  var mostPieceRows: Int { pieces.map(\.rows.count).max() ?? 0 }
}
