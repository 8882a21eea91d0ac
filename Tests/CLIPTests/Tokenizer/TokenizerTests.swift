import Fixtures
import Foundation
import Testing

@testable import CLIP

private let vocabularyFolder = SharedData.folder.appending(path: "clip-tokenizer")
private let casesFile = SharedData.folder.appending(path: "clip-parity/tokenizer_cases.json")
private let hasVocabulary = FileManager.default.fileExists(
  atPath: vocabularyFolder.appendingPathComponent("vocab.json").path)
private let hasCases =
  hasVocabulary && FileManager.default.fileExists(atPath: casesFile.path)

/// Strings with the ids that the reference gives them.
private struct ReferenceFile: Decodable {
  struct Case: Decodable {
    enum CodingKeys: String, CodingKey {
      case text
      case ids = "hf_ids"
      case padded = "hf_77"
    }

    let text: String
    let ids: [Int]
    let padded: [Int]
  }

  let cases: [Case]
}

/// A small tokenizer and the names of what it makes of texts.
private struct Example {
  let files: SmallTokenizer
  let tokenizer: Tokenizer

  init(_ merges: [String]) throws {
    files = SmallTokenizer(merges: merges)
    tokenizer = try files.tokenizer()
  }

  func names(_ text: String) -> [String] { tokenizer.encode(text).map { files.names[$0] } }
}

struct TokenizerTests {
  @Test func `A word without merges is its bytes, the last one marked`() throws {
    let example = try Example([])
    #expect(example.names("abc a") == ["a", "b", "c</w>", "a</w>"])
    #expect(example.names("É") == ["Ã", "©</w>"])
    #expect(example.names("") == [])
    #expect(example.names(" \t\n") == [])
  }

  @Test func `Lower ranks merge first, wherever they stand`() throws {
    let example = try Example(["b c", "a b", "bc d</w>", "a bcd</w>"])
    #expect(example.names("abcd") == ["abcd</w>"])
    #expect(example.names("abce") == ["a", "bc", "e</w>"])
    #expect(example.names("abd") == ["ab", "d</w>"])
  }

  @Test func `Equal neighbours merge from the left`() throws {
    let example = try Example(["a a", "aa aa"])
    #expect(example.names("aaaa") == ["aa", "a", "a</w>"])
    #expect(example.names("aaaaa") == ["aaaa", "a</w>"])
    #expect(example.names("aaaaaab") == ["aaaa", "aa", "b</w>"])
  }

  @Test func `A merge inside a word does not apply at its end`() throws {
    let example = try Example(["l o", "lo w</w>", "lo w"])
    #expect(example.names("low") == ["low</w>"])
    #expect(example.names("lower") == ["low", "e", "r</w>"])
    #expect(example.names("lo") == ["l", "o</w>"])
  }

  @Test func `A word of a hundred thousand letters is merged throughout`() throws {
    let example = try Example(["a a", "aa aa", "aaaa aaaa"])
    let ids = example.tokenizer.encode(String(repeating: "a", count: 100_001))
    // 100,000 letters are 12,500 tokens of eight; the last letter is marked.
    #expect(ids.count == 12_501)
    #expect(Set(ids.dropLast()).map { example.files.names[$0] } == ["aaaaaaaa"])
  }

  @Test func `Canonically equivalent texts have the same ids`() throws {
    let tokenizer = try Example(["Ã ©</w>"]).tokenizer
    #expect(tokenizer.encode("\u{E9}") == [512])
    #expect(tokenizer.encode("E\u{301}") == [512])
  }

  @Test func `Special tokens are found in the text as they are written`() throws {
    let example = try Example(["a b</w>"])
    let start = example.tokenizer.startToken
    let end = example.tokenizer.endToken
    #expect(example.files.names[start] == "<|startoftext|>")
    #expect(example.files.names[end] == "<|endoftext|>")
    #expect(example.tokenizer.encode("ab<|endoftext|>AB") == [512, end, 512])
    #expect(example.tokenizer.encode("<|startoftext|><|endoftext|>") == [start, end])
    #expect(example.names("<|ENDOFTEXT|>").count == "<|endoftext|>".count)
  }

  @Test func `Model inputs are framed, shortened and filled up`() throws {
    let tokenizer = try Example([]).tokenizer
    let start = tokenizer.startToken
    let end = tokenizer.endToken
    let ids = tokenizer.encode("abc")
    #expect(tokenizer.modelInput("abc", contextLength: 5).ids == [start] + ids + [end])
    #expect(!tokenizer.modelInput("abc", contextLength: 5).truncated)
    let cut = [start, ids[0], ids[1], end]
    #expect(tokenizer.modelInput("abc", contextLength: 4).ids == cut)
    #expect(tokenizer.modelInput("abc", contextLength: 4).truncated)
    #expect(tokenizer.modelInput("abc", contextLength: 2).ids == [start, end])
    #expect(tokenizer.padded("abc", contextLength: 7) == [start] + ids + [end, end, end])
    #expect(tokenizer.padded("", contextLength: 3) == [start, end, end])
  }

  @Test func `The built-in vocabulary is CLIP's bytes`() {
    let tokenizer = Tokenizer.bytes
    #expect(tokenizer.vocabularySize == 49_408)
    #expect(tokenizer.encode("!A") == [256, 320])
    #expect(tokenizer.encode("ab é<|endoftext|>") == [64, 321, 127, 358, 49_407])
    #expect(tokenizer.padded("a", contextLength: 4) == [49_406, 320, 49_407, 49_407])
    #expect(Set(ByteAlphabet.order).count == 256)
    #expect(Set(ByteAlphabet.names).count == 256)
    #expect(String(decoding: ByteAlphabet.names[0x20], as: UTF8.self) == "Ġ")
  }

  @Test func `Both forms of tokenizer json equal the two files`() throws {
    let files = SmallTokenizer(merges: ["l o", "lo w</w>", "e r</w>", "# v", "\" \\</w>"])
    let tokenizer = try files.tokenizer()
    for asPairs in [true, false] {
      let other = try Tokenizer(
        tokenizerJSON: Data(files.json(asPairs: asPairs).utf8), file: "tokenizer.json")
      for text in ["low lower", "#v \"\\ é", "<|endoftext|>lo"] {
        #expect(other.padded(text, contextLength: 20) == tokenizer.padded(text, contextLength: 20))
      }
      #expect(other.vocabularySize == tokenizer.vocabularySize)
    }
  }

  @Test(arguments: [
    "\u{FEFF}#version: 0.2\r\nl o\r\nlo w</w>\r\n\r\n", "l o\nlo w</w>",
    "\"bpe_simple_vocab_16e6.txt#version: 0.2\nl o\nlo w</w>\n\n\n",
  ])
  func `Merges may have a mark, a header, carriage returns and blank lines`(text: String) throws {
    let files = SmallTokenizer(merges: ["l o", "lo w</w>"])
    let tokenizer = try Tokenizer(
      vocabulary: Data(("\u{FEFF}" + files.vocabularyText).utf8), vocabularyFile: "vocab.json",
      merges: Data(text.utf8), mergesFile: "merges.txt")
    #expect(tokenizer.encode("low") == [513])
  }

  @Test(.enabled(if: hasCases, "needs ../shared/data/clip-parity/tokenizer_cases.json"))
  func `Every reference case has the reference's ids`() throws {
    let file = try JSONDecoder().decode(ReferenceFile.self, from: Data(contentsOf: casesFile))
    let tokenizer = try Tokenizer(directory: vocabularyFolder)
    #expect(file.cases.count == 204)
    for reference in file.cases {
      let name = reference.text.debugDescription
      #expect(tokenizer.encode(reference.text) == reference.ids, "\(name)")
      #expect(tokenizer.padded(reference.text, contextLength: 77) == reference.padded, "\(name)")
    }
  }

  @Test(.enabled(if: hasVocabulary, "needs ../shared/data/clip-tokenizer"))
  func `The published vocabulary gives the same ids by either route`() throws {
    func contents(_ name: String) throws -> String {
      try String(contentsOf: vocabularyFolder.appendingPathComponent(name), encoding: .utf8)
    }
    let tokenizer = try Tokenizer(directory: vocabularyFolder)
    #expect(tokenizer.vocabularySize == 49_408)
    #expect(tokenizer.startToken == 49_406)
    #expect(tokenizer.endToken == 49_407)
    let merges = try contents("merges.txt").split(whereSeparator: \.isNewline).dropFirst()
    #expect(merges.count == 48_894)
    let list = String(
      decoding: try JSONEncoder().encode(merges.map { String($0) }), as: UTF8.self)
    let json = SmallTokenizer(merges: []).json()
    let start = try #require(json.range(of: #""vocab""#))
    let text =
      json[..<start.lowerBound] + #""vocab": \#(try contents("vocab.json")), "merges": \#(list)}}"#
    let other = try Tokenizer(tokenizerJSON: Data(text.utf8), file: "tokenizer.json")
    for text in ["a photo of a jack-o'-lantern.", "日本語 مرحبا İstanbul 3.14", "x<|endoftext|>y"] {
      #expect(other.encode(text) == tokenizer.encode(text))
      #expect(other.encode(text).count > 2)
    }
    // Where nothing merges the built-in vocabulary has the ids of this one.
    #expect(tokenizer.encode("q 7 !") == Tokenizer.bytes.encode("q 7 !"))
  }
}
