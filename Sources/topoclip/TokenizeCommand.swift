import ArgumentParser
import CLIP
import Files
import Foundation

struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Token ids of texts, as the text tower gets them.",
    discussion: """
      Reads JSON strings from standard input, one a line, and writes an array of token ids for each: \
      start, text, end, cut and padded to the context's length.

      Example:
        echo '"a photo of a dog"' | topoclip tokenize --model clip-vit-base-patch32
      """)

  @Option(help: "A CLIP in Hugging Face layout, or builtin.")
  var model: String
  @Flag(help: "The text's own ids alone: no start, no end, not cut, not padded.")
  var plain = false

  func run() throws {
    let tokenizer: Tokenizer
    var contextLength = 77
    let isFolder = try !CLIPModel.words.contains(model) && FileStatus(model) != nil
    if try !isFolder || FileStatus(model + "/config.json") != nil {
      let opened = try CLIPModel(named: model, seed: 0)
      tokenizer = try opened.tokenizer()
      contextLength = opened.configuration.text?.contextLength ?? contextLength
    } else {
      // A folder with a vocabulary alone will do.
      tokenizer = try Tokenizer(directory: URL(fileURLWithPath: model))
    }
    var number = 0
    var input = StandardInput()
    while let line = try input.nextLine() {
      number += 1
      guard let text = try? CheckedJSONDecoder().decode(String.self, from: Data(line.utf8)) else {
        throw FileError(
          "standard input", "line \(number) is not a JSON string such as \"a photo of a dog\"")
      }
      let ids =
        plain
        ? tokenizer.encode(text) : tokenizer.padded(text, contextLength: contextLength)
      try Console.output("[\(ids.map(String.init).joined(separator: ", "))]\n")
    }
  }
}
