import CLIP
import Files
import Foundation
import ModelFixtures

extension FuzzTarget {
  private static let learned = Result {
    try LearnedVocabulary(
      texts: ["a photo of a dog", "a photo of a striped café, 2 cats", "photos"], size: 530)
  }

  private static let mergesText = Result { try learned.get().merges }
  private static let vocabularyText = Result { try learned.get().vocabulary }

  /// Ids by name, with the merges that belong to them.
  static let vocabulary = FuzzTarget(
    "vocabulary", shortRuns: 100, seeds: { [try vocabularyText.get()] },
    run: { data in
      try requireTokens(
        Tokenizer(
          vocabulary: data, vocabularyFile: "vocab.json", merges: mergesText.get(),
          mergesFile: "merges.txt"))
    })

  /// Merges, with the ids that belong to them.
  static let merges = FuzzTarget(
    "merges", shortRuns: 100, seeds: { [try mergesText.get()] },
    run: { data in
      try requireTokens(
        Tokenizer(
          vocabulary: vocabularyText.get(), vocabularyFile: "vocab.json", merges: data,
          mergesFile: "merges.txt"))
    })

  /// Hugging Face's one file of both.
  static let tokenizerDescription = FuzzTarget(
    "tokenizer", shortRuns: 100,
    seeds: {
      let lines = String(decoding: try mergesText.get(), as: UTF8.self).split(separator: "\n")
        .dropFirst()
      let description: [String: Any] = [
        "version": "1.0",
        "added_tokens": [["id": 528, "content": "<|startoftext|>", "special": true]],
        "normalizer": [
          "type": "Sequence",
          "normalizers": [
            ["type": "NFC"],
            ["type": "Replace", "pattern": ["Regex": "\\s+"], "content": " "],
            ["type": "Lowercase"],
          ],
        ],
        "pre_tokenizer": [
          "type": "Sequence",
          "pretokenizers": [
            [
              "type": "Split", "invert": true, "behavior": "Removed",
              "pattern": [
                "Regex": #"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#
              ],
            ] as [String: Any],
            ["type": "ByteLevel"],
          ],
        ],
        "model": [
          "type": "BPE", "end_of_word_suffix": "</w>",
          "vocab": try JSONSerialization.jsonObject(with: vocabularyText.get()),
          "merges": lines.map(String.init),
        ],
      ]
      return [try JSONSerialization.data(withJSONObject: description, options: .sortedKeys)]
    },
    run: { try requireTokens(Tokenizer(tokenizerJSON: $0, file: "tokenizer.json")) })

  /// The settings beside a vocabulary: which tokens texts are searched for, and which one pads.
  static let tokenizerSettings = FuzzTarget(
    "tokenizer-settings", shortRuns: 100,
    seeds: {
      [
        """
        {"added_tokens_decoder": {"528": {"content": "<|startoftext|>", "lstrip": false, "normalized": true,
         "special": true}, "529": {"content": "<|endoftext|>", "rstrip": true}}, "pad_token": "!",
         "bos_token": {"content": "<|startoftext|>"}, "eos_token": "<|endoftext|>", "extra": ["a"]}
        """, #"{"pad_token": {"content": "photo</w>"}, "additional_special_tokens": ["dog</w>"]}"#,
        "{}",
      ].map { Data($0.utf8) }
    },
    run: { data in
      func fill(_ folder: ScratchFolder) throws {
        _ = try folder.write(vocabularyText.get(), "vocab.json")
        _ = try folder.write(mergesText.get(), "merges.txt")
      }
      try ScratchFolder.lend("tokenizer", filling: fill) { folder in
        for name in ["tokenizer_config.json", "special_tokens_map.json"] {
          let path = try folder.write(data, name)
          defer { try? FileManager.default.removeItem(atPath: path) }
          try requireTokens(Tokenizer(directory: URL(filePath: folder.path)))
        }
      }
    })

  /// Texts of any bytes: ids that there are, the same every time.
  static let tokens = FuzzTarget(
    "tokens",
    seeds: {
      [
        "a photo of a dog", "café é ﬁ 2½ it's", "<|startoftext|>a<|endoftext|>",
        "  \n\t日本語 👩‍👩‍👧 \u{1100}\u{1161}\u{300}",
        "",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let tokenizer = try sound.get()
      let text = String(decoding: data, as: UTF8.self)
      let ids = tokenizer.encode(text)
      promise(ids.allSatisfy { (0..<tokenizer.vocabularySize).contains($0) }, "an id is not there")
      promise(ids.count <= text.utf8.count * 3, "\(ids.count) ids of \(text.utf8.count) bytes")
      let padded = tokenizer.padded(text, contextLength: 24)
      promise(padded.count == 24, "\(padded.count) ids")
      promise(tokenizer.encode(text) == ids, "ids are others the second time")
    })

  private static let sound = Result {
    try Tokenizer(
      vocabulary: vocabularyText.get(), vocabularyFile: "vocab.json", merges: mergesText.get(),
      mergesFile: "merges.txt")
  }

  private static func requireTokens(_ tokenizer: Tokenizer) {
    for text in ["a photo of dogs, 2 cafés", "", "<|endoftext|> x"] {
      let ids = tokenizer.padded(text, contextLength: 8)
      promise(ids.count == 8, "\(ids.count) ids")
      promise(
        ids.allSatisfy { (0..<tokenizer.vocabularySize).contains($0) },
        "an id of \(ids) is not among \(tokenizer.vocabularySize)")
    }
  }

  /// A model's folder whose weights are damaged: towers are built of all that are taken.
  static let checkpoint = FuzzTarget(
    "checkpoint", shortRuns: 20,
    seeds: { [try tinyWeights.get()] },
    run: { data in
      func fill(_ folder: ScratchFolder) throws {
        _ = try folder.write(
          JSONSerialization.data(withJSONObject: TinyModel.fields), "config.json")
        _ = try folder.write(
          JSONSerialization.data(withJSONObject: TinyModel.vocabulary), "vocab.json")
        _ = try folder.write(Data("#version: 0.2\n".utf8), "merges.txt")
      }
      try ScratchFolder.lend("checkpoint", filling: fill) { folder in
        _ = try folder.write(data, "model.safetensors")
        let model = try CLIPModel(directory: folder.path)
        promise(try model.logitScale().isFinite, "the logit scale is not finite")
        _ = try model.visionTower()
        _ = try model.textTower()
      }
    })

  private static let tinyWeights = Result {
    try TinyModel.safetensors(TinyModel.tensors(seed: 0))
  }
}
