/// CLIP's tokenizer: text to the integer ids that the text encoder reads.
///
/// Text is composed (NFC), its white space made single spaces, its letters made lower case; it is
/// cut into contractions, runs of letters, single digits and runs of anything else; each word's
/// bytes are merged pair by pair, the last of them marked as the end of a word. The ids equal those
/// of Hugging Face's `CLIPTokenizer` (transformers 5), which differ from OpenAI's first code where
/// that repairs text and undoes HTML escapes.
///
/// Names of special tokens that occur in the text become those tokens, as they do there.
///
/// Sennrich, Haddow, Birch 2016, "Neural Machine Translation of Rare Words with Subword Units",
/// doi:10.18653/v1/P16-1162; Radford et al. 2021, "Learning Transferable Visual Models From Natural
/// Language Supervision", arXiv:2103.00020.
public struct Tokenizer: Sendable {
  static let startName = "<|startoftext|>"
  static let endName = "<|endoftext|>"
  static let endOfWord = "</w>"

  /// The id that begins every model input.
  public let startToken: Int
  /// The id that ends every model input.
  public let endToken: Int
  /// The id that fills a padded input.
  public let padToken: Int
  /// The number of rows that the token embedding needs: one more than the largest id.
  public let vocabularySize: Int

  /// For each byte its id inside a word.
  private let byteSymbols: [Int32]
  /// For each byte its id at the end of a word.
  private let finalByteSymbols: [Int32]
  private let merges: BytePairMerges
  /// Looked for in the text as it stands, the longest first.
  private let literalTokens: [AddedToken]
  /// Looked for in the normalised text, the longest first.
  private let normalizedTokens: [AddedToken]

  init(
    byteSymbols: [Int32], finalByteSymbols: [Int32], merges: BytePairMerges, vocabularySize: Int,
    startToken: Int, endToken: Int, padToken: Int, addedTokens: [AddedToken]
  ) {
    self.byteSymbols = byteSymbols
    self.finalByteSymbols = finalByteSymbols
    self.merges = merges
    self.vocabularySize = vocabularySize
    self.startToken = startToken
    self.endToken = endToken
    self.padToken = padToken
    let sorted = addedTokens.sorted { $0.content.count > $1.content.count }
    literalTokens = sorted.filter { !$0.isNormalized }
    normalizedTokens = sorted.filter(\.isNormalized).map {
      AddedToken(content: NormalizedText($0.content[...]).bytes, id: $0.id, isNormalized: true)
    }
  }

  /// The byte-level vocabulary without merges, for models whose weights are random.
  ///
  /// The ids are those of CLIP's own vocabulary: 0–255 the bytes inside a word, 256–511 the same at
  /// its end, 49406 the start token, 49407 the end token, which also pads.
  public static var bytes: Tokenizer {
    var symbols = [Int32](repeating: 0, count: 256)
    for (id, byte) in ByteAlphabet.order.enumerated() { symbols[Int(byte)] = Int32(id) }
    return Tokenizer(
      byteSymbols: symbols, finalByteSymbols: symbols.map { $0 + 256 }, merges: BytePairMerges(),
      vocabularySize: 49_408, startToken: 49_406, endToken: 49_407, padToken: 49_407,
      addedTokens: [
        AddedToken(content: [UInt8](startName.utf8), id: 49_406, isNormalized: false),
        AddedToken(content: [UInt8](endName.utf8), id: 49_407, isNormalized: false),
      ])
  }

  /// The ids of a text, without start and end tokens, at full length.
  ///
  /// - Parameter text: Any text; an empty one has no ids.
  /// - Returns: The ids, in the order of the text. Complexity: O(n log n) for n bytes.
  public func encode(_ text: String) -> [Int] {
    var ids: [Int] = []
    for piece in AddedToken.split([UInt8](text.utf8)[...], at: literalTokens) {
      switch piece {
      case .token(let id): ids.append(id)
      case .text(let literal):
        let text = NormalizedText(literal)
        for piece in AddedToken.split(text.bytes[...], at: normalizedTokens) {
          switch piece {
          case .token(let id): ids.append(id)
          case .text(let normalized):
            for word in text.words(in: normalized.indices) {
              append(word: text.bytes[word], to: &ids)
            }
          }
        }
      }
    }
    return ids
  }

  /// The ids that a text encoder reads: start token, the text's ids, end token, not padded.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - contextLength: The largest number of ids, 77 for the published models; at least 2.
  /// - Returns: The ids, at most `contextLength`, and whether ids of the text were left out for it.
  public func modelInput(_ text: String, contextLength: Int) -> (ids: [Int], truncated: Bool) {
    let input = countedInput(text, contextLength: contextLength)
    return (input.ids, input.tokens > input.ids.count)
  }

  /// Like `modelInput`, with the number of ids that there would be if the context had no end.
  ///
  /// - Returns: The ids, at most `contextLength`, and how many they would be, start and end among them.
  public func countedInput(_ text: String, contextLength: Int) -> (ids: [Int], tokens: Int) {
    precondition(contextLength >= 2, "start and end token must fit")
    let ids = encode(text)
    return ([startToken] + ids.prefix(contextLength - 2) + [endToken], ids.count + 2)
  }

  /// The model input of a text, filled up with the pad token to a fixed length.
  ///
  /// - Parameters:
  ///   - text: Any text.
  ///   - contextLength: The number of ids, 77 for the published models; at least 2.
  /// - Returns: `contextLength` ids.
  public func padded(_ text: String, contextLength: Int) -> [Int] {
    let ids = modelInput(text, contextLength: contextLength).ids
    return ids + [Int](repeating: padToken, count: contextLength - ids.count)
  }

  private func append(word: ArraySlice<UInt8>, to ids: inout [Int]) {
    guard let last = word.last else { return }
    var symbols = word.dropLast().map { byteSymbols[Int($0)] }
    symbols.append(finalByteSymbols[Int(last)])
    merges.apply(to: &symbols)
    for symbol in symbols { ids.append(Int(symbol)) }
  }
}
