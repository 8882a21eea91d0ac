import Files

/// Which tokens the text is searched for, and which one pads.
///
/// The rules are those of transformers 5: the start, end, unknown and pad tokens are named by
/// `special_tokens_map.json`, `tokenizer_config.json` or the defaults of CLIP, and described by the
/// `added_tokens_decoder` of `tokenizer_config.json` or the `added_tokens` of `tokenizer.json`.
/// A pad token is searched for too: where `!` pads, every exclamation mark of a text becomes one.
struct SpecialTokens {
  /// Descriptions of tokens; of several for one name the last counts.
  private let entries: [JSONValue]
  /// The name of the pad token.
  private let pad: String?
  private let file: String

  /// Gathers the descriptions from a model's files, or CLIP's defaults where there are none.
  ///
  /// - Parameters:
  ///   - configuration: The contents of `tokenizer_config.json`.
  ///   - map: The contents of `special_tokens_map.json`.
  ///   - addedTokens: The list in `tokenizer.json`.
  ///   - file: The name of the file or folder, for errors.
  init(
    configuration: JSONValue? = nil, map: JSONValue? = nil, addedTokens: [JSONValue] = [],
    file: String
  ) {
    var map = map
    var described = addedTokens
    if case .object(let listed)? = configuration?["added_tokens_decoder"] {
      // With this list the other files are not read.
      map = nil
      described = Array(listed.values)
    }
    func named(_ key: String, _ name: String) -> JSONValue {
      [map?[key], configuration?[key]].compactMap(\.self).first { $0 != .null } ?? .string(name)
    }
    let start = named("bos_token", Tokenizer.startName)
    let others = ["eos_token", "unk_token"].map { named($0, Tokenizer.endName) }
    let pad = named("pad_token", Tokenizer.endName)
    self.pad = Self.name(pad)
    self.file = file
    entries = [start] + others + [pad] + described
  }

  /// The id of the pad token, nil if the vocabulary has no such token.
  func pad(in vocabulary: Vocabulary) -> Int? {
    pad.flatMap { vocabulary[$0.utf8] }.map { Int($0) }
  }

  /// The tokens with their ids; a token other than the pad token must be in the vocabulary.
  func addedTokens(in vocabulary: Vocabulary) throws -> [AddedToken] {
    var tokens: [AddedToken] = []
    for entry in entries {
      guard let name = Self.name(entry), !name.isEmpty else {
        throw FileError(file, "a special token has no name")
      }
      for key in ["lstrip", "rstrip", "single_word"] where entry[key] == .boolean(true) {
        throw FileError(
          file, "the token \(name) has \(key) true: CLIP's tokens have it false")
      }
      guard let id = vocabulary[name.utf8] else {
        if name == pad { continue }
        throw FileError(
          file, "the special token \(name) is not in \(vocabulary.file)")
      }
      tokens.removeAll { $0.id == Int(id) }
      tokens.append(
        AddedToken(
          content: [UInt8](name.utf8), id: Int(id),
          isNormalized: entry["normalized"] == .boolean(true)))
    }
    return tokens
  }

  /// The name in a description of a token: a string, or the `content` of an object.
  private static func name(_ value: JSONValue) -> String? { value.text ?? value["content"]?.text }
}
