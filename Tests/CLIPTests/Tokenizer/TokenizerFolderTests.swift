import Files
import Foundation
import Testing

@testable import CLIP

struct TokenizerFolderTests {
  private let files = SmallTokenizer(merges: ["l o", "lo w</w>"])

  private var pair: [String: String] {
    ["vocab.json": files.vocabularyText, "merges.txt": files.mergesText]
  }

  /// Makes a tokenizer from a folder with these files.
  private func tokenizer(_ contents: [String: String]) throws -> Tokenizer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in contents {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    return try Tokenizer(directory: folder)
  }

  private func withPair(_ others: [String: String]) throws -> Tokenizer {
    try tokenizer(pair.merging(others) { $1 })
  }

  private func description(_ content: String, normalized: Bool) -> String {
    """
    {"content": "\(content)", "lstrip": false, "normalized": \(normalized), "rstrip": false,
     "single_word": false}
    """
  }

  @Test func `The two files come before tokenizer json`() throws {
    let other = SmallTokenizer(merges: []).json()
    #expect(try tokenizer(pair).encode("low") == [513])
    #expect(try tokenizer(["tokenizer.json": files.json()]).encode("low") == [513])
    #expect(try withPair(["tokenizer.json": other]).encode("low") == [513])
    let alone = ["vocab.json": files.vocabularyText, "tokenizer.json": other]
    #expect(try tokenizer(alone).encode("low").count == 3)
  }

  @Test(arguments: [[], ["vocab.json"], ["merges.txt"]])
  func `A folder without the files says what it needs`(names: [String]) throws {
    let error = try #require(
      #expect(throws: FileError.self) {
        try tokenizer(pair.filter { names.contains($0.key) })
      })
    #expect(error.problem.contains("vocab.json and merges.txt, or tokenizer.json"))
  }

  @Test func `A folder in the place of a file is an error`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    let inner = folder.appendingPathComponent("tokenizer.json")
    try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let error = try #require(
      #expect(throws: FileError.self) { try Tokenizer(directory: folder) })
    #expect(error.file == inner.path)
    #expect(error.problem.contains("is a folder; expected a file"))
  }

  @Test(arguments: [
    ("tokenizer_config.json", #"{"pad_token": "!"}"#),
    ("tokenizer_config.json", #"{"pad_token": {"content": "!", "__type": "AddedToken"}}"#),
    ("special_tokens_map.json", #"{"pad_token": "!"}"#),
  ])
  func `The pad token is read, and found in the text`(name: String, text: String) throws {
    let tokenizer = try withPair([name: text])
    #expect(tokenizer.padToken == 0)
    #expect(tokenizer.padded("low", contextLength: 5).suffix(2) == [0, 0])
    #expect(tokenizer.encode("low!!") == [513, 0, 0])
  }

  @Test(arguments: [
    #"{"pad_token": "<pad>"}"#, #"{"pad_token": null}"#,
    #"{"model_max_length": 1000000000000000019884624838656}"#,
  ])
  func `The end token pads where no other token can`(configuration: String) throws {
    let tokenizer = try withPair(["tokenizer_config.json": configuration])
    #expect(tokenizer.padToken == tokenizer.endToken)
    #expect(tokenizer.encode("!") == [256])
  }

  @Test func `A normalized token is found in any case, another only as written`() throws {
    let start = 514
    let listed = description("<|startoftext|>", normalized: true)
    let configuration = #"{"added_tokens_decoder": {"\#(start)": \#(listed)}}"#
    let first = try withPair(["tokenizer_config.json": configuration])
    #expect(first.encode("low<|StartOfText|>low") == [513, start, 513])
    #expect(first.encode("<|EndOfText|>").count == "<|endoftext|>".count)
    let map = #"{"bos_token": \#(listed)}"#
    let second = try withPair(["special_tokens_map.json": map])
    #expect(second.encode("<|StartOfText|>") == [start])
  }

  @Test func `A list of added tokens comes before the map`() throws {
    let listed = description("<|startoftext|>", normalized: true)
    let map = #"{"bos_token": \#(listed)}"#
    for (name, text) in [
      ("tokenizer_config.json", #"{"added_tokens_decoder": {}}"#),
      ("tokenizer.json", files.json()),
    ] {
      let tokenizer = try withPair(["special_tokens_map.json": map, name: text])
      #expect(tokenizer.encode("<|StartOfText|>").count == "<|startoftext|>".count)
      #expect(tokenizer.encode("<|startoftext|>") == [514])
    }
  }

  @Test(arguments: [
    ("tokenizer_config.json", "{", "byte 1: expected a string, found the end of the file"),
    ("tokenizer_config.json", "[]", "expected an object"),
    ("special_tokens_map.json", "{} x", "expected the end of the file"),
    ("special_tokens_map.json", #"{"eos_token": "</s>"}"#, "</s> is not in"),
    ("special_tokens_map.json", #"{"eos_token": 3}"#, "has no name"),
    (
      "tokenizer_config.json", #"{"added_tokens_decoder": {"600": {"content": "<image>"}}}"#,
      "<image> is not in"
    ),
    (
      "tokenizer_config.json", #"{"pad_token": {"content": "!", "lstrip": true}}"#,
      "! has lstrip true"
    ),
    ("tokenizer.json", "[", "expected '{'"),
  ])
  func `Damage in the small files is an error`(name: String, text: String, problem: String)
    throws
  {
    let error = try #require(
      #expect(throws: FileError.self) { try withPair([name: text]) })
    #expect(error.problem.contains(problem), "\(error)")
  }
}
