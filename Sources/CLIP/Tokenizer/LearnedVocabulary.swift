public import Foundation
import HeapModule

/// A byte-pair vocabulary learnt from texts, as the two files that `Tokenizer` reads.
///
/// Words are cut as the tokenizer cuts them, and counted. The symbols are at first their bytes, the last
/// of a word marked as its end; then, again and again, the two neighbours that occur most often become
/// one symbol. Of pairs that occur equally often the one whose left symbol has the lower id goes first,
/// then the one whose right symbol has, so that the same texts in any order give the same files.
///
/// The ids are in the order of CLIP's own vocabulary: the 256 bytes inside a word, the same at its end,
/// the merges in the order in which they were learnt, `<|startoftext|>` and `<|endoftext|>`.
///
/// Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words with Subword Units",
/// doi:10.18653/v1/P16-1162.
public struct LearnedVocabulary: Sendable {
  /// The ids without any merge: all bytes twice, and the two special tokens.
  public static let smallestSize = 514

  /// The contents of `vocab.json`.
  public let vocabulary: Data
  /// The contents of `merges.txt`.
  public let merges: Data
  /// The number of ids.
  public let size: Int

  /// Learns from texts.
  ///
  /// - Parameters:
  ///   - texts: Any texts; names of the special tokens in them are passed over.
  ///   - size: The number of ids to stop at, at least `smallestSize`. There are fewer if before that
  ///     no pair of symbols occurs twice.
  /// - Throws: `TrainingError` if the size is too small, or the texts have no words.
  ///
  /// Complexity: O(n) for n bytes of text and, for each merge, the sum of the lengths of the distinct
  /// words that it changes.
  public init(texts: [String], size: Int) throws {
    guard size >= Self.smallestSize else {
      throw TrainingError.fault(
        "a vocabulary of \(size) tokens: it has at least \(Self.smallestSize), which are the 256 bytes "
          + "inside a word, the same at its end, and two special tokens; ask for more")
    }
    var learner = PairLearner(words: Self.words(of: texts))
    guard !learner.words.isEmpty else {
      throw TrainingError.fault(
        "no words to learn a vocabulary from in \(texts.count) texts: give texts that are not blank"
      )
    }
    let bytes = ByteAlphabet.order.map { ByteAlphabet.names[Int($0)] }
    var names = bytes + bytes.map { $0 + Tokenizer.endOfWord.utf8 }
    var lines = [[UInt8]("#version: 0.2".utf8)]
    while names.count < size - 2, let pair = learner.mostFrequentPair() {
      let (left, right) = (names[Int(pair.left)], names[Int(pair.right)])
      // A string of bytes is merged in one way only: what happens between two borders that are still
      // there does not depend on what lies beyond them. So the name is new.
      learner.merge(pair, into: Int32(names.count))
      lines.append(left + " ".utf8 + right)
      names.append(left + right)
    }
    names += [Tokenizer.startName, Tokenizer.endName].map { [UInt8]($0.utf8) }
    self.size = names.count
    merges = Data((lines + [[]]).joined(separator: "\n".utf8))
    vocabulary = Self.json(names)
  }

  /// The distinct words of the texts, normalised, with how often each occurs.
  private static func words(of texts: [String]) -> [[UInt8]: Int] {
    let special = [Tokenizer.startName, Tokenizer.endName].map {
      AddedToken(content: [UInt8]($0.utf8), id: 0, isNormalized: false)
    }
    var counts: [[UInt8]: Int] = [:]
    for text in texts {
      for case .text(let literal) in AddedToken.split([UInt8](text.utf8)[...], at: special) {
        let text = NormalizedText(literal)
        for word in text.words(in: text.bytes.indices) {
          counts[[UInt8](text.bytes[word]), default: 0] += 1
        }
      }
    }
    return counts
  }

  /// The object of names and ids, in the order of the ids.
  private static func json(_ names: [[UInt8]]) -> Data {
    let quotation = UInt8(ascii: "\"")
    let escape = UInt8(ascii: "\\")
    var text: [UInt8] = []
    for (id, name) in names.enumerated() {
      text.append(UInt8(ascii: id == 0 ? "{" : ","))
      text.append(quotation)
      // The names have no control characters: other characters stand for those bytes.
      for byte in name {
        if byte == quotation || byte == escape { text.append(escape) }
        text.append(byte)
      }
      text.append(quotation)
      text += ":\(id)".utf8
    }
    return Data(text + "}\n".utf8)
  }
}

/// The words of a corpus while their symbols are merged, with the counts of all neighbours.
private struct PairLearner {
  struct Pair: Hashable, Comparable {
    let left: Int32
    let right: Int32

    static func < (a: Pair, b: Pair) -> Bool { (a.left, a.right) < (b.left, b.right) }
  }

  struct Word {
    var symbols: [Int32]
    let count: Int

    var pairs: some Sequence<Pair> {
      zip(symbols, symbols.dropFirst()).lazy.map { Pair(left: $0, right: $1) }
    }
  }

  /// A pair with the count that it had when it was put into the queue.
  private struct Entry: Comparable {
    let count: Int
    let pair: Pair

    static func < (a: Entry, b: Entry) -> Bool {
      a.count == b.count ? a.pair < b.pair : a.count > b.count
    }
  }

  private(set) var words: [Word]
  private var counts: [Pair: Int] = [:]
  /// For each pair the words in which it is or was.
  private var places: [Pair: Set<Int>] = [:]
  private var queue: Heap<Entry>

  init(words: [[UInt8]: Int]) {
    var symbols = [Int32](repeating: 0, count: 256)
    for (id, byte) in ByteAlphabet.order.enumerated() { symbols[Int(byte)] = Int32(id) }
    self.words = words.map { word, count in
      var symbols = word.map { symbols[Int($0)] }
      symbols[symbols.count - 1] += 256
      return Word(symbols: symbols, count: count)
    }
    for (index, word) in self.words.enumerated() {
      for pair in word.pairs {
        counts[pair, default: 0] += word.count
        places[pair, default: []].insert(index)
      }
    }
    queue = Heap(counts.map { Entry(count: $1, pair: $0) })
  }

  /// The pair that comes first, nil if none occurs twice.
  mutating func mostFrequentPair() -> Pair? {
    while let entry = queue.popMin(), entry.count > 1 {
      guard let count = counts[entry.pair] else { continue }
      if count == entry.count { return entry.pair }
      // Merges beside it have made it rarer since.
      queue.insert(Entry(count: count, pair: entry.pair))
    }
    return nil
  }

  /// Makes one symbol of a pair wherever it occurs, from the left.
  mutating func merge(_ pair: Pair, into result: Int32) {
    var created: Set<Pair> = []
    for index in places.removeValue(forKey: pair) ?? [] {
      let count = words[index].count
      for old in words[index].pairs { counts[old, default: 0] -= count }
      words[index].symbols = Self.merged(words[index].symbols, pair, into: result)
      for new in words[index].pairs {
        counts[new, default: 0] += count
        guard new.left == result || new.right == result else { continue }
        created.insert(new)
        places[new, default: []].insert(index)
      }
    }
    counts[pair] = nil
    for new in created { queue.insert(Entry(count: counts[new] ?? 0, pair: new)) }
  }

  private static func merged(_ symbols: [Int32], _ pair: Pair, into result: Int32) -> [Int32] {
    var merged: [Int32] = []
    merged.reserveCapacity(symbols.count)
    var place = 0
    while place < symbols.count {
      let isPair =
        symbols[place] == pair.left && place + 1 < symbols.count
        && symbols[place + 1] == pair.right
      merged.append(isPair ? result : symbols[place])
      place += isPair ? 2 : 1
    }
    return merged
  }
}
