import Fixtures
import Foundation
import Images
import LinearAlgebra
import Testing
import Textures

@testable import CLIP

/// The lines of a `merges.txt` without the header.
private func merges(_ vocabulary: LearnedVocabulary) -> [String] {
  String(decoding: vocabulary.merges, as: UTF8.self)
    .split(separator: "\n").dropFirst().map(String.init)
}

private func tokenizer(_ vocabulary: LearnedVocabulary) throws -> Tokenizer {
  try Tokenizer(
    vocabulary: vocabulary.vocabulary, vocabularyFile: "vocab.json", merges: vocabulary.merges,
    mergesFile: "merges.txt")
}

/// The names of all tokens by their ids.
private func names(_ vocabulary: LearnedVocabulary) throws -> [Int: String] {
  let ids = try JSONDecoder().decode([String: Int].self, from: vocabulary.vocabulary)
  return Dictionary(uniqueKeysWithValues: ids.map { ($0.value, $0.key) })
}

/// Captions of texture images.
private func captions(_ count: Int) -> [String] {
  let stream = TextureStream(split: .train, seed: 0)
  let classes = Texture.all
  return (0..<count).map { index in
    let request = TextureStream.Request(
      classes[index % classes.count], index: index / classes.count)
    var random = RandomStream(domain: "captions", seed: 0, identity: Array("\(index)".utf8))
    return TextureCaption(of: stream.sample(request, size: 24), using: &random).text
  }
}

struct LearnedVocabularyTests {
  /// The words of algorithm 1 in Sennrich, Haddow and Birch 2016.
  private static let words =
    [("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)]
    .flatMap { [String](repeating: $0.0, count: $0.1) }

  @Test func `The commonest pair merges first, of equal ones the lowest ids`() throws {
    let learnt = try LearnedVocabulary(texts: [Self.words.joined(separator: " ")], size: 1000)
    // Counted by hand: es 9, st 9, lo 7, ew 6, ne 6, …; the last letter of a word is another symbol.
    #expect(
      merges(learnt) == [
        "e s", "es t</w>", "l o", "e w", "n ew", "new est</w>", "lo w</w>", "d est</w>",
        "i dest</w>", "w idest</w>", "e r</w>", "w er</w>", "lo wer</w>",
      ])
    #expect(learnt.size == 514 + 13)
    let names = try names(learnt)
    #expect(names[0] == "!" && names[256] == "!</w>" && names[511]?.hasSuffix("</w>") == true)
    #expect(names[512] == "es" && names[513] == "est</w>" && names[524] == "lower</w>")
    #expect(names[525] == "<|startoftext|>" && names[526] == "<|endoftext|>")
    #expect(names.count == 527)
  }

  @Test func `Learning stops at the size`() throws {
    for size in [514, 515, 520] {
      let learnt = try LearnedVocabulary(texts: Self.words, size: size)
      #expect(learnt.size == size)
      #expect(merges(learnt).count == size - 514)
      #expect(try tokenizer(learnt).vocabularySize == size)
    }
  }

  @Test func `Equal neighbours merge from the left`() throws {
    // aa 4, ab 2; then aa|a 2 and ab 2, of which a has the lower id.
    let learnt = try LearnedVocabulary(texts: ["aaab aaab"], size: 600)
    #expect(merges(learnt) == ["a a", "a b</w>", "aa ab</w>"])
  }

  @Test func `Words are cut as the tokenizer cuts them`() throws {
    // Nothing joins across spaces, digits, contractions, punctuation or special tokens.
    let text = "It's 42! IT'S 42! <|endoftext|>x <|endoftext|>x"
    #expect(merges(try LearnedVocabulary(texts: [text], size: 600)) == ["' s</w>", "i t</w>"])
    let accents = try LearnedVocabulary(texts: ["E\u{301} \u{E9}"], size: 600)
    #expect(merges(accents) == ["Ã ©</w>"])
  }

  @Test func `The order of the texts does not matter`() throws {
    let texts = captions(200)
    let learnt = try LearnedVocabulary(texts: texts, size: 700)
    let reversed = try LearnedVocabulary(texts: texts.reversed(), size: 700)
    #expect(learnt.vocabulary == reversed.vocabulary)
    #expect(learnt.merges == reversed.merges)
  }

  @Test func `The tokenizer reads it, and what it reads spells the text`() throws {
    let texts = captions(470)
    let learnt = try LearnedVocabulary(texts: texts, size: 1000)
    let tokenizer = try tokenizer(learnt)
    let names = try names(learnt)
    #expect(tokenizer.vocabularySize == learnt.size)
    #expect(names.keys.sorted() == Array(0..<learnt.size))
    for text in texts + ["Ünknown \"words\" \\ 3.14 日本語"] {
      let ids = tokenizer.encode(text)
      let spelled = ids.compactMap { names[$0] }.joined().replacing("</w>", with: "")
      let normalized = NormalizedText([UInt8](text.utf8)[...])
      let bytes = normalized.words(in: normalized.bytes.indices).flatMap { normalized.bytes[$0] }
      #expect(
        spelled
          == bytes.map { String(decoding: ByteAlphabet.names[Int($0)], as: UTF8.self) }.joined())
    }
  }

  @Test func `Texts like those learnt from become shorter`() throws {
    let texts = captions(470)
    func length(_ size: Int) throws -> Int {
      let tokenizer = try tokenizer(LearnedVocabulary(texts: texts, size: size))
      return texts.map { tokenizer.encode($0).count }.reduce(0, +)
    }
    let lengths = try [514, 600, 700, 1000].map(length)
    #expect(lengths == lengths.sorted(by: >))
    #expect(Set(lengths).count == 4)
    // Five hundred merges are more than the captions have words: nearly every word is one token.
    let normalized = texts.map { NormalizedText([UInt8]($0.utf8)[...]) }
    let words = normalized.map { $0.words(in: $0.bytes.indices).count }.reduce(0, +)
    #expect(lengths[3] >= words && Double(lengths[3]) < 1.1 * Double(words))
  }

  @Test func `What cannot be learnt from is refused`() {
    let small = #expect(throws: TrainingError.self) {
      try LearnedVocabulary(texts: ["a"], size: 513)
    }
    #expect(small?.description.contains("at least 514") == true)
    let blank = #expect(throws: TrainingError.self) {
      try LearnedVocabulary(texts: [" ", "", "<|endoftext|>"], size: 600)
    }
    #expect(blank?.description.contains("3 texts") == true)
  }
}
