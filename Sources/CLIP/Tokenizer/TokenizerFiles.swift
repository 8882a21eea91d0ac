import Files
public import Foundation

extension Tokenizer {
  /// A tokenizer from the contents of `vocab.json` and `merges.txt`.
  ///
  /// The two special tokens are found by their names, `<|startoftext|>` and `<|endoftext|>`; the
  /// latter also pads.
  ///
  /// - Parameters:
  ///   - vocabulary: JSON, an object of token names and ids.
  ///   - vocabularyFile: The name of that file, for errors.
  ///   - merges: A line a merge, of two symbols separated by a space, the first merge first.
  ///   - mergesFile: The name of that file, for errors.
  /// - Throws: `FileError`, which names file and place, if either is not well formed, or the two do
  ///   not belong together.
  public init(
    vocabulary: Data, vocabularyFile: String, merges: Data, mergesFile: String
  ) throws {
    try self.init(
      vocabulary: vocabulary, vocabularyFile: vocabularyFile, merges: merges,
      mergesFile: mergesFile, special: SpecialTokens(file: vocabularyFile))
  }

  init(
    vocabulary: Data, vocabularyFile: String, merges: Data, mergesFile: String,
    special: SpecialTokens
  ) throws {
    var scanner = try JSONScanner(vocabulary, file: vocabularyFile)
    let vocabulary = try Vocabulary(&scanner, file: vocabularyFile)
    try scanner.end()
    let merges = try Self.readMerges(merges, file: mergesFile, vocabulary: vocabulary)
    try self.init(
      vocabulary: vocabulary, merges: merges, mergesFile: mergesFile, special: special)
  }

  /// A tokenizer from the contents of a `tokenizer.json` of Hugging Face's `tokenizers`.
  ///
  /// - Parameters:
  ///   - tokenizerJSON: The file's contents.
  ///   - file: The name of the file, for errors.
  /// - Throws: `FileError`, which names file and place, if it is not well formed, or describes
  ///   another tokenizer than CLIP's.
  public init(tokenizerJSON: Data, file: String) throws {
    let description = try TokenizerDescription(tokenizerJSON, file: file)
    try self.init(
      description, special: SpecialTokens(addedTokens: description.addedTokens, file: file))
  }

  /// A tokenizer from the files of a model's folder.
  ///
  /// Read are `vocab.json` and `merges.txt` if both are there, else `tokenizer.json`. Which tokens
  /// the text is searched for, and which one pads, is taken from `tokenizer_config.json` and
  /// `special_tokens_map.json` as in transformers 5; a pad token that is not in the vocabulary is
  /// passed over for the end token.
  ///
  /// - Parameter directory: The folder.
  /// - Throws: `FileError` if files are missing, or as the other initializers do.
  public init(directory: URL) throws { try self.init(.folder(directory.path)) }

  init(_ files: ModelFiles) throws {
    func contents(_ name: String) throws -> Data? {
      try files.contains(name) ? files.read(name) : nil
    }
    func object(_ name: String) throws -> JSONValue? {
      guard let data = try contents(name) else { return nil }
      var scanner = try JSONScanner(data, file: files.path(name))
      let value = try scanner.value()
      try scanner.end()
      guard case .object = value else {
        throw FileError(files.path(name), "expected an object")
      }
      return value
    }
    let configuration = try object("tokenizer_config.json")
    let map = try object("special_tokens_map.json")
    func special(_ description: TokenizerDescription?) -> SpecialTokens {
      SpecialTokens(
        configuration: configuration, map: map, addedTokens: description?.addedTokens ?? [],
        file: files.title)
    }
    let description = { [json = "tokenizer.json"] in
      try contents(json).map { try TokenizerDescription($0, file: files.path(json)) }
    }
    if let vocabulary = try contents("vocab.json"), let merges = try contents("merges.txt") {
      // The large file is read beside the two only for what no other file says.
      let isListed = configuration?["added_tokens_decoder"] != nil
      try self.init(
        vocabulary: vocabulary, vocabularyFile: files.path("vocab.json"), merges: merges,
        mergesFile: files.path("merges.txt"), special: special(isListed ? nil : description()))
    } else if let description = try description() {
      try self.init(description, special: special(description))
    } else {
      throw FileError(
        files.title,
        "no tokenizer: vocab.json and merges.txt, or tokenizer.json, must be in this folder"
      )
    }
  }

  init(_ description: TokenizerDescription, special: SpecialTokens) throws {
    try description.requireCLIP()
    let file = description.file
    guard let vocabulary = description.vocabulary else {
      throw FileError(file, "model.vocab is missing")
    }
    guard let pairs = description.merges else {
      throw FileError(file, "model.merges is missing")
    }
    var merges = BytePairMerges()
    for (index, pair) in pairs.enumerated() {
      try vocabulary.append(
        left: pair.left, right: pair.right, to: &merges, mergesFile: file,
        place: "model.merges[\(index)]")
    }
    try self.init(vocabulary: vocabulary, merges: merges, mergesFile: file, special: special)
  }

  private init(
    vocabulary: Vocabulary, merges: BytePairMerges, mergesFile: String, special: SpecialTokens
  ) throws {
    let start = try vocabulary.required(Self.startName)
    let end = try vocabulary.required(Self.endName)
    let symbols = try vocabulary.byteSymbols(suffix: "")
    let finalSymbols = try vocabulary.byteSymbols(suffix: Self.endOfWord)
    let addedTokens = try special.addedTokens(in: vocabulary)
    let given = symbols + finalSymbols + ([start, end] + addedTokens.map(\.id)).map { Int32($0) }
    try vocabulary.requireReachable(given: given, merges: merges, mergesFile: mergesFile)
    self.init(
      byteSymbols: symbols, finalByteSymbols: finalSymbols, merges: merges,
      vocabularySize: vocabulary.largestID + 1, startToken: start, endToken: end,
      padToken: special.pad(in: vocabulary) ?? end,
      addedTokens: addedTokens)
  }

  /// Reads the lines of a `merges.txt`; a first line with `#version` is its header.
  private static func readMerges(
    _ data: Data, file: String, vocabulary: Vocabulary
  ) throws -> BytePairMerges {
    var text = [UInt8](try FileContents.decodeText(data, file: file).utf8)[...]
    while let last = text.last, [0x20, 0x09, 0x0A, 0x0D].contains(last) { text.removeLast() }
    var merges = BytePairMerges()
    var number = 0
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let line = line.last == 0x0D ? line.dropLast() : line
      if number == 1, line.isEmpty || String(decoding: line, as: UTF8.self).contains("#version") {
        continue
      }
      guard let (left, right) = pair(line) else {
        throw FileError(
          file,
          "line \(number): expected two symbols separated by one space, found "
            + Vocabulary.quoted(line))
      }
      try vocabulary.append(
        left: left, right: right, to: &merges, mergesFile: file, place: "line \(number)")
    }
    return merges
  }

  /// The two symbols of a merge written as `a b`; nil unless there are two.
  static func pair(
    _ line: ArraySlice<UInt8>
  ) -> (left: ArraySlice<UInt8>, right: ArraySlice<UInt8>)? {
    let parts = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return (parts[0], parts[1])
  }
}
