import Files
import Foundation

/// What a `tokenizer.json` of Hugging Face's `tokenizers` says.
struct TokenizerDescription {
  let file: String
  private(set) var vocabulary: Vocabulary?
  private(set) var merges: [(left: ArraySlice<UInt8>, right: ArraySlice<UInt8>)]?
  /// The entries of `added_tokens`.
  private(set) var addedTokens: [JSONValue] = []
  private var normalizer = JSONValue.null
  private var preTokenizer = JSONValue.null
  /// The members of `model` other than the vocabulary and the merges.
  private var model: [String: JSONValue]?

  init(_ data: Data, file: String) throws {
    self.file = file
    var scanner = try JSONScanner(data, file: file)
    try scanner.object { key, scanner in
      switch String(decoding: key, as: UTF8.self) {
      case "added_tokens":
        try scanner.array { scanner in addedTokens.append(try scanner.value()) }
      case "normalizer": normalizer = try scanner.value()
      case "pre_tokenizer": preTokenizer = try scanner.value()
      case "model": try readModel(&scanner)
      default: _ = try scanner.value()
      }
    }
    try scanner.end()
  }

  private mutating func readModel(_ scanner: inout JSONScanner) throws {
    var members: [String: JSONValue] = [:]
    try scanner.object { key, scanner in
      switch String(decoding: key, as: UTF8.self) {
      case "vocab": vocabulary = try Vocabulary(&scanner, file: file)
      case "merges": merges = try readMerges(&scanner)
      case let name: members[name] = try scanner.value()
      }
    }
    model = members
  }

  /// Reads merges written as `"a b"` or as `["a", "b"]`.
  private func readMerges(
    _ scanner: inout JSONScanner
  ) throws -> [(left: ArraySlice<UInt8>, right: ArraySlice<UInt8>)] {
    var merges: [(left: ArraySlice<UInt8>, right: ArraySlice<UInt8>)] = []
    try scanner.array { scanner in
      var pair: (left: ArraySlice<UInt8>, right: ArraySlice<UInt8>)?
      if scanner.isAtArray {
        var parts: [[UInt8]] = []
        try scanner.array { scanner in parts.append(try scanner.string()) }
        if parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty {
          pair = (parts[0][...], parts[1][...])
        }
      } else {
        pair = Tokenizer.pair(try scanner.string()[...])
      }
      guard let pair else {
        throw scanner.fault("model.merges[\(merges.count)] is not a pair of symbols")
      }
      merges.append(pair)
    }
    return merges
  }

  /// Throws unless the steps described are those of CLIP's tokenizer.
  func requireCLIP() throws {
    guard let model else { throw fault("model is missing") }
    // Files of the first versions do not name the model's type.
    try require(model["type"]?.text ?? "BPE", "BPE", "model.type")
    try require(
      model["end_of_word_suffix"]?.text ?? "", Tokenizer.endOfWord, "model.end_of_word_suffix")
    try require(
      model["continuing_subword_prefix"]?.text ?? "", "", "model.continuing_subword_prefix")
    for key in ["byte_fallback", "ignore_merges"] where model[key] == .boolean(true) {
      throw fault("model.\(key) is true: CLIP's tokenizer has it false")
    }
    try require(
      Self.steps(normalizer, "normalizers"), #"NFC, Replace \s+, Lowercase"#, "normalizer")
    let words = #"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#
    let names = #"<\|startoftext\|>|<\|endoftext\|>|"#
    let found = Self.steps(preTokenizer, "pretokenizers")
    // Both give the same words in transformers 5, which puts the longer one in the shorter's place.
    if found != "Split \(words), ByteLevel" {
      try require(found, "Split \(names)\(words), ByteLevel", "pre_tokenizer")
    }
  }

  private func require(_ found: String, _ expected: String, _ key: String) throws {
    guard found == expected else {
      throw fault(
        "\(key) is \(found.isEmpty ? "empty" : "\"\(found)\""): CLIP's tokenizer has "
          + (expected.isEmpty ? "none" : "\"\(expected)\""))
    }
  }

  private func fault(_ problem: String) -> FileError { FileError(file, problem) }

  /// The types and patterns of a sequence of steps, or of a single one, on one line.
  private static func steps(_ value: JSONValue, _ key: String) -> String {
    guard case .array(let steps)? = value[key] else {
      return [value["type"]?.text, value["pattern"]?["Regex"]?.text].compactMap(\.self)
        .joined(separator: " ")
    }
    return steps.map { Self.steps($0, key) }.joined(separator: ", ")
  }
}
