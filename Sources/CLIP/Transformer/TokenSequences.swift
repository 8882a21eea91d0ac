/// The sequences that make up a batch: which row of the activations each of their tokens is.
struct TokenSequences: Sendable {
  /// One sequence's tokens.
  struct Path: Sendable {
    /// Their rows, in order.
    fileprivate(set) var rows: [Int] = []
    /// How many of them, from the first, are rows of sequences before this one; the others are
    /// rows one after the other.
    fileprivate(set) var shared = 0
  }

  /// Each sequence's tokens.
  private(set) var paths: [Path] = []
  /// Whether a token sees only those before it and itself.
  let isCausal: Bool
  /// Rows of all.
  private(set) var total = 0
  /// For a causal batch, each row's token id and its position in the sequence.
  private(set) var tokens: [(id: Int, position: Int)] = []

  /// `count` sequences of `length` tokens that all see one another.
  init(count: Int, length: Int) {
    precondition(length > 0)
    isCausal = false
    total = count * length
    paths = (0..<count).map { Path(rows: Array($0 * length..<($0 + 1) * length)) }
  }

  /// Sequences of token ids of which one sees only those before it.
  ///
  /// What several begin with is there once: a token's state depends on nothing but the tokens up to
  /// it, so that their common beginning has the same states in all.
  init(causal sequences: [[Int]]) {
    struct Step: Hashable {
      let parent: Int
      let id: Int
    }
    var rows: [Step: Int] = [:]
    isCausal = true
    for sequence in sequences {
      precondition(!sequence.isEmpty)
      var path = Path()
      for (position, id) in sequence.enumerated() {
        let step = Step(parent: path.rows.last ?? -1, id: id)
        if let row = rows[step] {
          path.rows.append(row)
          path.shared += 1
        } else {
          path.rows.append(tokens.count)
          rows[step] = tokens.count
          tokens.append((id, position))
        }
      }
      paths.append(path)
    }
    total = tokens.count
  }

  /// The rows of a buffer that holds every token, and a token of every sequence: sequences that are equal, as
  /// texts that a short context cuts off can be, share all of their tokens.
  var rowCapacity: Int { max(total, paths.count) }

  /// Tokens of the longest.
  var longest: Int { paths.map(\.rows.count).max() ?? 0 }
}
