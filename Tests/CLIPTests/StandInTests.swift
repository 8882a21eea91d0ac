import Foundation
import Images
import LinearAlgebra
import Testing

@testable import CLIP

struct StandInTests {
  @Test func make() throws {
    let stream = TextureStream(split: .train, seed: 0)
    let classes = TextureClass.allCases
    let start = ContinuousClock.now
    let texts = Parallel.map(count: 47 * 400) { index -> String in
      let sample = stream.sample(.init(classes[index % 47], index: index / 47), size: 24)
      var random = RandomStream(domain: "captions", seed: 0, identity: Array("\(index)".utf8))
      return TextureCaption(of: sample, using: &random).text
    }
    print("captions", texts.count, ContinuousClock.now - start)
    let begin = ContinuousClock.now
    let learnt = try LearnedVocabulary(texts: texts, size: 1000)
    print("learnt", learnt.size, ContinuousClock.now - begin)
    let many = (0..<100_000).map { texts[$0 % texts.count] + " \($0 % 977)" }
    let again = ContinuousClock.now
    print("100,000 captions:", try LearnedVocabulary(texts: many, size: 49_408).size, ContinuousClock.now - again)
    func transformer(_ width: Int, _ mlp: Int, _ layers: Int, _ heads: Int) -> TransformerConfiguration {
      TransformerConfiguration(width: width, mlpWidth: mlp, layers: layers, heads: heads, activation: .quickGELU)
    }
    let configuration = CLIPConfiguration(
      vision: VisionConfiguration(transformer: transformer(192, 768, 6, 3), imageSize: 64, patchSize: 8),
      text: TextConfiguration(transformer: transformer(128, 512, 3, 2), vocabularySize: learnt.size, contextLength: 32, endOfTextID: learnt.size - 1),
      projectionDimension: 128)
    let model = try TrainableCLIP(
      CLIPModel(random: configuration, name: "stand-in", seed: 0, vocabulary: learnt.vocabulary, merges: learnt.merges))
    try model.export(to: "/tmp/stand-in", as: .float16)
  }

  @Test func random() throws {
    // 20,000 distinct made-up words, Zipf-like.
    var random = RandomStream(domain: "words", seed: 0)
    let words = (0..<20_000).map { _ in
      String((0..<Int.random(in: 3...11, using: &random)).map { _ in "etaoinshrdlucmfwypvbgkjqxz".randomElement(using: &random)! })
    }
    let texts = (0..<100_000).map { _ in
      (0..<10).map { _ in words[min(19_999, Int(pow(20_000, random.uniform())))] }.joined(separator: " ")
    }
    for size in [1_000, 10_000, 49_408] {
      let start = ContinuousClock.now
      let learnt = try LearnedVocabulary(texts: texts, size: size)
      print("random", size, learnt.size, ContinuousClock.now - start)
    }
  }

  @Test func reference() throws {
    let texts = try String(contentsOfFile: "/tmp/bpe/texts.txt", encoding: .utf8).split(separator: "\n").map(String.init)
    let naive = try JSONDecoder().decode([[String]].self, from: Data(contentsOf: URL(filePath: "/tmp/bpe/naive.json")))
    let learnt = try LearnedVocabulary(texts: texts, size: 2914)
    let merges = String(decoding: learnt.merges, as: UTF8.self).split(separator: "\n").dropFirst().map(String.init)
    print("reference", texts.count, merges.count, naive.count, merges == naive.map { $0.joined(separator: " ") })
    let start = ContinuousClock.now
    print(try LearnedVocabulary(texts: texts, size: 100_000).size, ContinuousClock.now - start)
    try learnt.vocabulary.write(to: URL(filePath: "/tmp/bpe/vocab.json"))
    try learnt.merges.write(to: URL(filePath: "/tmp/bpe/merges.txt"))
    let tokenizer = try Tokenizer(vocabulary: learnt.vocabulary, vocabularyFile: "v", merges: learnt.merges, mergesFile: "m")
    try JSONEncoder().encode(texts.map { tokenizer.encode($0) }).write(to: URL(filePath: "/tmp/bpe/ids.json"))
  }
}
