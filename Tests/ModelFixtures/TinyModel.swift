public import CLIP
public import Foundation

/// A small model in Hugging Face layout, written to a temporary folder: real files of every kind.
public struct TinyModel {
  /// The model's folder.
  public let folder: URL

  /// The model's shape.
  public static func configuration() throws -> CLIPConfiguration {
    try CLIPConfiguration(
      decoding: JSONSerialization.data(withJSONObject: fields), file: "config.json")
  }

  /// The configuration as JSON fields.
  public static var fields: [String: Any] {
    [
      "model_type": "clip", "projection_dim": 16,
      "vision_config": [
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 4, "hidden_act": "quick_gelu", "image_size": 32, "patch_size": 8,
      ] as [String: Any],
      "text_config": [
        "hidden_size": 24, "intermediate_size": 48, "num_hidden_layers": 2,
        "num_attention_heads": 2, "hidden_act": "gelu", "vocab_size": 514, "eos_token_id": 513,
      ] as [String: Any],
    ]
  }

  /// Writes the model; tensors that `change` sets to nil are left out.
  public init(
    seed: UInt64 = 0, change: (inout [String: (shape: [Int], values: [Float])]) -> Void = { _ in }
  )
    throws
  {
    folder = FileManager.default.temporaryDirectory.appending(path: "tiny-model-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(Self.fields, to: "config.json")
    try write(
      ["size": ["shortest_edge": 32], "crop_size": ["height": 32, "width": 32]] as [String: Any],
      to: "preprocessor_config.json")
    try write(Self.vocabulary, to: "vocab.json")
    try Data("#version: 0.2\n".utf8).write(to: folder.appending(path: "merges.txt"))
    var tensors = try Self.tensors(seed: seed)
    change(&tensors)
    try Self.safetensors(tensors).write(to: folder.appending(path: "model.safetensors"))
  }

  /// Removes the folder.
  public func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Writes a JSON file into the folder.
  public func write(_ object: [String: Any], to name: String) throws {
    let data = try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    try data.write(to: folder.appending(path: name))
  }

  /// Seeded random tensors of every name in the layout.
  public static func tensors(seed: UInt64) throws -> [String: (shape: [Int], values: [Float])] {
    let weights = try RandomWeights(configuration(), seed: seed, name: "tiny")
    var tensors: [String: (shape: [Int], values: [Float])] = [:]
    for name in weights.names {
      tensors[name] = (weights.shape(name) ?? [], try weights.floats(name))
    }
    return tensors
  }

  /// The 256 byte symbols, each also at a word's end, and the two special tokens.
  public static var vocabulary: [String: Int] {
    let printable = Array(33...126) + Array(161...172) + Array(174...255)
    var symbols = printable.compactMap { Unicode.Scalar(UInt32($0)) }
    symbols += (0..<256 - printable.count).compactMap { Unicode.Scalar(UInt32(256 + $0)) }
    var ids: [String: Int] = ["<|startoftext|>": 512, "<|endoftext|>": 513]
    for (index, symbol) in symbols.enumerated() {
      ids[String(symbol)] = index
      ids[String(symbol) + "</w>"] = 256 + index
    }
    return ids
  }

  /// The bytes of a safetensors file of float32 tensors.
  public static func safetensors(_ tensors: [String: (shape: [Int], values: [Float])]) throws
    -> Data
  {
    var header: [String: Any] = [:]
    var body = Data()
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let start = body.count
      for value in tensor.values {
        body.append(contentsOf: littleEndian(value.bitPattern))
      }
      header[name] = ["dtype": "F32", "shape": tensor.shape, "data_offsets": [start, body.count]]
    }
    let json = try JSONSerialization.data(withJSONObject: header, options: .sortedKeys)
    var file = Data()
    file.append(contentsOf: littleEndian(UInt64(json.count)))
    return file + json + body
  }

  private static func littleEndian<Word: FixedWidthInteger>(_ word: Word) -> [UInt8] {
    (0..<Word.bitWidth / 8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
  }
}
