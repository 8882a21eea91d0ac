public import Files
import Foundation
import Images

extension TrainableCLIP {
  /// Writes the model as it is now to a folder in Hugging Face layout, which the reference
  /// implementation loads, and this program.
  ///
  /// The folder gets `config.json`, `model.safetensors` with both towers, and the files of tokenizer and
  /// preprocessing: the source's own, or, for a model that started from random weights, those of its
  /// vocabulary and its image size. Each file is written aside and renamed, the weights last.
  ///
  /// - Parameters:
  ///   - directory: The folder; made when missing.
  ///   - format: The precision of the weights.
  /// - Returns: The names of the files.
  /// - Throws: `FileError` when the disk refuses, or a weight is not finite or beyond float16's range.
  @discardableResult
  public func export(
    to directory: String, as format: Safetensors.NumberFormat = .float32
  ) throws -> [String] {
    let folder = URL(fileURLWithPath: directory)
    var files = try source.companions()
    files["config.json"] = try Self.configuration(
      files["config.json"], shape: source.configuration, format)
    if files["preprocessor_config.json"] == nil, let vision = source.configuration.vision {
      files["preprocessor_config.json"] = try Self.encoded(
        Self.preprocessor(size: vision.imageSize))
    }
    for (name, data) in files.sorted(by: { $0.key < $1.key }) {
      try AtomicFile.write(data, to: folder.appendingPathComponent(name).path)
    }
    let weights = source.weights
    let weightsName = "model.safetensors"
    try Safetensors.write(
      TensorLayout.all(source.configuration), as: format, metadata: ["format": "pt"],
      to: folder.appendingPathComponent(weightsName).path
    ) { name in
      try parameters[name] == nil ? weights.floats(name) : parameters.floats(name)
    }
    return files.keys + [weightsName]
  }

  /// The source's configuration with the precision of what is written, or one made of the shape.
  private static func configuration(
    _ source: Data?, shape: CLIPConfiguration, _ format: Safetensors.NumberFormat
  ) throws -> Data {
    var fields =
      try source.flatMap { try JSONSerialization.jsonObject(with: $0) as? [String: Any] }
      ?? shape.huggingFaceFields
    // The reference implementation's older releases read the first name, the newer ones the second.
    for key in ["torch_dtype", "dtype"] { fields[key] = format.rawValue }
    return try encoded(fields)
  }

  private static func preprocessor(size: Int) -> [String: Any] {
    let standard = ImagePreprocessing.clip(size: size)
    return [
      "image_processor_type": "CLIPImageProcessor", "do_convert_rgb": true, "do_resize": true,
      "size": ["shortest_edge": size], "resample": 3, "do_center_crop": true,
      "crop_size": ["height": size, "width": size], "do_rescale": true,
      "rescale_factor": standard.rescaleFactor, "do_normalize": true, "image_mean": standard.mean,
      "image_std": standard.std,
    ]
  }

  private static func encoded(_ fields: [String: Any]) throws -> Data {
    var data = try JSONSerialization.data(
      withJSONObject: fields, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    data.append(UInt8(ascii: "\n"))
    return data
  }
}

extension CLIPConfiguration {
  /// The fields of a Hugging Face `config.json` of this shape.
  var huggingFaceFields: [String: Any] {
    func fields(_ transformer: TransformerConfiguration) -> [String: Any] {
      [
        "hidden_size": transformer.width, "intermediate_size": transformer.mlpWidth,
        "num_hidden_layers": transformer.layers, "num_attention_heads": transformer.heads,
        "hidden_act": transformer.activation.rawValue,
        "layer_norm_eps": Double("\(transformer.layerNormEpsilon)") ?? 1e-5,
        "projection_dim": projectionDimension, "attention_dropout": 0,
      ]
    }
    var root: [String: Any] = [
      "architectures": ["CLIPModel"], "model_type": "clip",
      "projection_dim": projectionDimension, "logit_scale_init_value": 2.6592,
    ]
    if let vision {
      root["vision_config"] = fields(vision.transformer).merging([
        "model_type": "clip_vision_model", "image_size": vision.imageSize,
        "patch_size": vision.patchSize, "num_channels": 3,
      ]) { $1 }
    }
    if let text {
      root["text_config"] = fields(text.transformer).merging([
        "model_type": "clip_text_model", "vocab_size": text.vocabularySize,
        "max_position_embeddings": text.contextLength, "eos_token_id": text.endOfTextID,
        "pad_token_id": text.endOfTextID,
        // CLIP's vocabularies end with the tokens for the start and the end of a text.
        "bos_token_id": max(0, text.endOfTextID - 1),
      ]) { $1 }
    }
    return root
  }
}
