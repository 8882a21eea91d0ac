import Files
import Foundation
import Testing

@testable import CLIP

private let files = SmallTokenizer(merges: ["l o", "lo w</w>", "e r</w>", "Ã ©</w>"])

/// One way to damage a text: what is replaced by what, and what the error says.
private struct Damage: CustomTestStringConvertible, Sendable {
  let found: String
  let replacement: String
  let problem: String

  init(_ found: String, _ replacement: String, _ problem: String) {
    self.found = found
    self.replacement = replacement
    self.problem = problem
  }

  var testDescription: String { "\(found.debugDescription) -> \(replacement.debugDescription)" }

  func apply(to text: String) throws -> Data {
    let range = try #require(text.range(of: found), "\(found) is not in the text")
    return Data(text.replacingCharacters(in: range, with: replacement).utf8)
  }
}

private func fromPair(vocabulary: Data? = nil, merges: Data? = nil) throws -> Tokenizer {
  try Tokenizer(
    vocabulary: vocabulary ?? Data(files.vocabularyText.utf8), vocabularyFile: "a/vocab.json",
    merges: merges ?? Data(files.mergesText.utf8), mergesFile: "a/merges.txt")
}

private func fromJSON(_ data: Data) throws -> Tokenizer {
  try Tokenizer(tokenizerJSON: data, file: "a/tokenizer.json")
}

private func expectFault(
  _ file: String, _ problem: String = "", sourceLocation: SourceLocation = #_sourceLocation,
  _ make: () throws -> Tokenizer
) throws {
  let error = try #require(
    #expect(throws: FileError.self, sourceLocation: sourceLocation) { try make() },
    sourceLocation: sourceLocation)
  #expect(error.file == file, "\(error)", sourceLocation: sourceLocation)
  #expect(
    problem.isEmpty || error.problem.contains(problem), "\(error)", sourceLocation: sourceLocation)
}

struct TokenizerDamageTests {
  @Test func `The files are sound before they are damaged`() throws {
    #expect(try fromPair().encode("low") == [513])
    #expect(try fromJSON(Data(files.json().utf8)).encode("low") == [513])
  }

  @Test(arguments: [
    Damage("\"a\": 64", "\"a\": 64.5", "expected an integer, found 64.5"),
    Damage("\"a\": 64", "\"a\": 64e0", "expected an integer, found 64e0"),
    Damage("\"a\": 64", "\"a\": \"64\"", "expected an integer, found '\"'"),
    Damage("\"a\": 64", "\"a\": null", "expected an integer, found 'n'"),
    Damage("\"a\": 64", "\"a\": 064", "expected an integer, found 064"),
    Damage("\"a\": 64", "\"a\": +64", "expected an integer, found +64"),
    Damage("\"a\": 64", "\"a\": ", "expected an integer, found ','"),
    Damage("\"a\": 64", "\"a\": -1", "the id -1 of \"a\" is not in 0...2147483646"),
    Damage("\"a\": 64", "\"a\": 4294967360", "the id 4294967360 of \"a\" is not in"),
    Damage("\"a\": 64", "\"a\": 99999999999999999999", "expected an integer"),
    Damage("\"a\": 64", "\"a\": 65", "\"a\" and \"b\" have the same id 65"),
    Damage("\"a\": 64", "\"b\": 64", "the token \"b\" occurs twice"),
    Damage("\"a\": 64", "\"a\" 64", "expected ':' after a key"),
    Damage("\"a\": 64", "a: 64", "expected a string, found 'a'"),
    Damage("\"a\": 64", "\"\\q\": 64", "not an escape sequence"),
    Damage("\"a\": 64", "\"\\ud800\": 64", "half a surrogate pair"),
    Damage("\"a\": 64", "\"\\ud800\\u0041\": 64", "half a surrogate pair"),
    Damage("\"a\": 64", "\"\\u00g1\": 64", "not an escape sequence"),
    Damage("\"a\": 64", "\"a\n\": 64", "no closing quote"),
    Damage("\"a\": 64,", "\"a\": 64", "expected ',' or '}'"),
    Damage("\"a\": 64,", "\"a\": 64,,", "expected a string, found ','"),
    Damage("\"a\": 64,", "", "1 of the 256 byte symbols are missing, the first is \"a\""),
    Damage("\"a</w>\"", "\"a<w>\"", "1 of the 256 byte symbols with the suffix </w>"),
    Damage("<|startoftext|>", "<s>", "the special token <|startoftext|> is missing"),
    Damage("<|endoftext|>", "</s>", "the special token <|endoftext|> is missing"),
    Damage("{", "[", "expected '{', found '['"),
    Damage("{", "", "expected '{'"),
    Damage("\n}", "\n", "expected ',' or '}', found the end of the file"),
    Damage("\n}", "\n}}", "expected the end of the file, found '}'"),
  ])
  private func `A damaged vocabulary is an error`(damage: Damage) throws {
    let data = try damage.apply(to: files.vocabularyText)
    try expectFault("a/vocab.json", damage.problem) { try fromPair(vocabulary: data) }
  }

  @Test func `Escapes in a vocabulary are read`() throws {
    let text = files.vocabularyText
      .replacing("\"a\": 64", with: "\"\\u0061\" : 64").replacing("\"/\"", with: "\"\\/\"")
    #expect(try fromPair(vocabulary: Data(text.utf8)).encode("a/a") == [320, 270, 320])
    let pair = text.replacing("\"<|start", with: "\"\\ud83d\\ude00\": 600, \"<|start")
    try expectFault("a/merges.txt", "the first is \"😀\" with the id 600") {
      try fromPair(vocabulary: Data(pair.utf8))
    }
  }

  @Test(arguments: [
    Damage("l o", "l", "line 2: expected two symbols separated by one space, found \"l\""),
    Damage("l o", "l o w", "line 2: expected two symbols"),
    Damage("l o", "l  o", "line 2: expected two symbols"),
    Damage("l o", "l\to", "line 2: expected two symbols"),
    Damage("l o", " o", "line 2: expected two symbols"),
    Damage("l o", "l o ", "line 2: expected two symbols"),
    Damage("lo w</w>", "\nlo w</w>", "line 3: expected two symbols"),
    Damage("l o", "l o\nl o", "line 3: the merge of \"l\" and \"o\" occurs a second time"),
    Damage("l o", "l p", "has the result \"lp\", which is not in a/vocab.json"),
    Damage("lo w</w>", "l ow</w>", "has the part \"ow</w>\", which is not in a/vocab.json"),
    Damage("l o", "語 o", "line 2: the merge of \"語\" and \"o\" has the result"),
    Damage("e r</w>\n", "", "no merge gives 1 tokens of a/vocab.json, the first is \"er</w>\""),
    Damage("#version: 0.2\n", "# a header\n", "line 1: expected two symbols"),
    Damage("#version: 0.2\n", "\n\n", "line 2: expected two symbols"),
  ])
  private func `A damaged list of merges is an error`(damage: Damage) throws {
    let data = try damage.apply(to: files.mergesText)
    try expectFault("a/merges.txt", damage.problem) { try fromPair(merges: data) }
  }

  @Test func `An empty list of merges does not fit a vocabulary with merged tokens`() throws {
    try expectFault("a/merges.txt", "no merge gives 4 tokens") { try fromPair(merges: Data()) }
  }

  @Test(arguments: [
    Damage("\"BPE\"", "\"WordPiece\"", "model.type is \"WordPiece\""),
    Damage("\"</w>\", \"fuse", "\"\", \"fuse", "model.end_of_word_suffix is empty"),
    Damage("prefix\": \"\"", "prefix\": \"##\"", "model.continuing_subword_prefix is \"##\""),
    Damage("\"fuse_unk\": false", "\"byte_fallback\": true", "model.byte_fallback is true"),
    Damage("\"NFC\"", "\"NFKC\"", "normalizer is \"NFKC, Replace"),
    Damage("{\"type\": \"NFC\"},", "", "normalizer is \"Replace"),
    Damage("\"normalizer\"", "\"other\"", "normalizer is empty"),
    Damage("'s|'t", "'t|'s", "pre_tokenizer is \"Split 't|'s"),
    Damage("\"ByteLevel\"", "\"Whitespace\"", "Whitespace"),
    Damage("\"vocab\"", "\"words\"", "model.vocab is missing"),
    Damage("\"merges\"", "\"pairs\"", "model.merges is missing"),
    Damage("\"model\"", "\"network\"", "model is missing"),
    Damage("[\"l\", \"o\"]", "[\"l\"]", "model.merges[0] is not a pair of symbols"),
    Damage("[\"l\", \"o\"]", "\"lo\"", "model.merges[0] is not a pair of symbols"),
    Damage("[\"l\", \"o\"]", "[\"l\", 3]", "expected a string, found '3'"),
    Damage("[\"lo\", \"w</w>\"]", "[\"lo\", \"\"]", "model.merges[1] is not a pair of symbols"),
    Damage("[\"lo\", \"w</w>\"]", "[\"w\", \"lo\"]", "model.merges[1]: the merge of \"w\""),
    Damage("[\"l\", \"o\"], ", "", "no merge gives 1 tokens"),
    Damage("\"content\": \"<|start", "\"content\": \"<|Start", "is not in a/tokenizer.json"),
    Damage("\"content\": \"<|start", "\"name\": \"<|start", "a special token has no name"),
    Damage("\"lstrip\": false", "\"lstrip\": true", "has lstrip true"),
    Damage("\"a\": 64", "\"a\": 65", "have the same id 65"),
    Damage("null", "nul", "expected a value, found 'n'"),
    Damage("null", "NaN", "expected a value, found 'N'"),
  ])
  private func `A damaged tokenizer json is an error`(damage: Damage) throws {
    let data = try damage.apply(to: files.json())
    try expectFault("a/tokenizer.json", damage.problem) { try fromJSON(data) }
  }

  @Test(arguments: [0xFF, 0xC0, 0xED, 0x80] as [UInt8])
  func `Text that is not UTF-8 is an error at its byte`(byte: UInt8) throws {
    var vocabulary = Data(files.vocabularyText.utf8)
    vocabulary[40] = byte
    try expectFault("a/vocab.json", "byte 40: not valid UTF-8") {
      try fromPair(vocabulary: vocabulary)
    }
    var merges = Data(files.mergesText.utf8)
    merges[16] = byte
    try expectFault("a/merges.txt", "line 2, byte 16 of the file: is not UTF-8") {
      try fromPair(merges: merges)
    }
  }

  @Test func `Deep nesting is refused`() throws {
    let deep = String(repeating: "[", count: 1_000_000)
    let data = try Damage("null", deep, "").apply(to: files.json())
    try expectFault("a/tokenizer.json", "nested more than 64 deep") { try fromJSON(data) }
  }

  @Test(arguments: 0..<24) func `A file that ends too early is an error`(part: Int) throws {
    let vocabulary = Data(files.vocabularyText.utf8)
    try expectFault("a/vocab.json") {
      try fromPair(vocabulary: vocabulary.prefix(vocabulary.count * part / 24))
    }
    let json = Data(files.json().utf8)
    try expectFault("a/tokenizer.json") { try fromJSON(json.prefix(json.count * part / 24)) }
    let merges = Data(files.mergesText.utf8)
    try expectFault("a/merges.txt") {
      try fromPair(merges: merges.prefix((merges.count - 1) * part / 24))
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `Changed bytes give a tokenizer or an error`(seed: UInt64) throws {
    var state = seed
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    func changed(_ text: String) -> Data {
      var data = Data(text.utf8)
      for _ in 0...random(3) { data[random(data.count)] ^= UInt8(1 << random(8)) }
      return data
    }
    for _ in 0..<60 {
      for make in [
        { try fromPair(vocabulary: changed(files.vocabularyText)) },
        { try fromPair(merges: changed(files.mergesText)) },
        { try fromJSON(changed(files.json())) },
      ] {
        do {
          let tokenizer = try make()
          let ids = tokenizer.encode("lower é <|endoftext|>")
          #expect(ids.allSatisfy { (0..<tokenizer.vocabularySize).contains($0) })
        } catch let error as FileError {
          #expect(error.file.hasPrefix("a/"), "\(error)")
        }
      }
    }
  }
}
