import Foundation

@testable import CLIP

/// The files of a tokenizer with the 512 byte symbols, a few merges and the two special tokens.
struct SmallTokenizer {
  let names: [String]
  let merges: [String]

  /// The ids are 0–255 and 256–511 as in CLIP's vocabulary, then the merges' results in order, then
  /// start and end token.
  init(merges: [String]) {
    let symbols = ByteAlphabet.order.map {
      String(decoding: ByteAlphabet.names[Int($0)], as: UTF8.self)
    }
    let results = merges.map { $0.filter { $0 != " " } }
    names = symbols + symbols.map { $0 + "</w>" } + results + ["<|startoftext|>", "<|endoftext|>"]
    self.merges = merges
  }

  var vocabularyText: String { "{\n  \(members.joined(separator: ",\n  "))\n}" }

  var mergesText: String { (["#version: 0.2"] + merges).joined(separator: "\n") + "\n" }

  /// A `tokenizer.json` as `tokenizers` writes it, with merges as pairs or as strings.
  func json(asPairs: Bool = true) -> String {
    let list = merges.map { merge in
      let parts = merge.split(separator: " ").map { Self.quoted(String($0)) }
      return asPairs ? "[\(parts.joined(separator: ", "))]" : Self.quoted(merge)
    }
    return #"""
      {
        "version": "1.0", "truncation": null, "padding": null,
        "added_tokens": [
          {"id": \#(names.count - 2), "content": "<|startoftext|>", "single_word": false,
           "lstrip": false, "rstrip": false, "normalized": false, "special": true},
          {"id": \#(names.count - 1), "content": "<|endoftext|>", "single_word": false,
           "lstrip": false, "rstrip": false, "normalized": false, "special": true}
        ],
        "normalizer": {"type": "Sequence", "normalizers": [
          {"type": "NFC"},
          {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "},
          {"type": "Lowercase"}
        ]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
          {"type": "Split", "pattern": {"Regex":
          "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"},
          "behavior": "Removed", "invert": true},
          {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true}
        ]},
        "model": {
          "type": "BPE", "dropout": null, "unk_token": "<|endoftext|>",
          "continuing_subword_prefix": "", "end_of_word_suffix": "</w>", "fuse_unk": false,
          "vocab": {\#(members.joined(separator: ","))},
          "merges": [\#(list.joined(separator: ", "))]
        }
      }
      """#
  }

  /// The tokenizer from the two files.
  func tokenizer() throws -> Tokenizer {
    try Tokenizer(
      vocabulary: Data(vocabularyText.utf8), vocabularyFile: "vocab.json",
      merges: Data(mergesText.utf8), mergesFile: "merges.txt")
  }

  private var members: [String] {
    names.enumerated().map { "\(Self.quoted($1)): \($0)" }
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
