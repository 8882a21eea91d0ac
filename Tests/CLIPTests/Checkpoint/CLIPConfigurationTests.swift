import Files
import Fixtures
import Foundation
import ModelFixtures
import Testing

@testable import CLIP

struct CLIPConfigurationTests {
  private func parse(_ json: String) throws -> CLIPConfiguration {
    try CLIPConfiguration(decoding: Data(json.utf8), file: "config.json")
  }

  private func message(_ json: String) -> String {
    do {
      _ = try parse(json)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `an empty configuration has the reference implementation's defaults`() throws {
    let configuration = try parse("{}")
    #expect(configuration == Architecture.b32.configuration)
  }

  @Test func `a full configuration is read as it stands`() throws {
    let vision = TransformerConfiguration(
      width: 32, mlpWidth: 64, layers: 2, heads: 4, activation: .quickGELU,
      layerNormEpsilon: 1e-5)
    let text = TransformerConfiguration(
      width: 24, mlpWidth: 48, layers: 2, heads: 2, activation: .gelu, layerNormEpsilon: 1e-5)
    let expected = CLIPConfiguration(
      vision: VisionConfiguration(transformer: vision, imageSize: 32, patchSize: 8),
      text: TextConfiguration(
        transformer: text, vocabularySize: 514, contextLength: 77, endOfTextID: 513),
      projectionDimension: 16)
    #expect(try TinyModel.configuration() == expected)
  }

  @Test func `the older config dictionaries override`() throws {
    let configuration = try parse(
      #"{"vision_config": {"hidden_size": 64, "patch_size": 8}, "vision_config_dict": {"hidden_size": 96}, "text_config_dict": null}"#
    )
    #expect(configuration.vision?.transformer.width == 96)
    #expect(configuration.vision?.patchSize == 8)
  }

  @Test func `the flat form of one tower`() throws {
    let vision = try parse(
      #"{"model_type": "clip_vision_model", "hidden_size": 64, "num_attention_heads": 4, "projection_dim": 24}"#
    )
    #expect(vision.text == nil)
    #expect(vision.vision?.transformer.width == 64)
    #expect(vision.projectionDimension == 24)
    let text = try parse(
      #"{"model_type": "clip_text_model", "vocab_size": 99, "eos_token_id": 98}"#)
    #expect(text.vision == nil)
    #expect(text.text?.vocabularySize == 99)
  }

  @Test func `the legacy end of text is the largest id`() throws {
    let legacy = try parse(#"{"text_config": {"eos_token_id": 2}}"#)
    #expect(legacy.text?.endIsLargestID == true)
    #expect(try parse("{}").text?.endIsLargestID == false)
  }

  @Test(arguments: [
    ("", "JSON object"), ("[1, 2]", "JSON object"),
    (
      "{\"projection_dim\": 512",
      "JSON object, a Hugging Face CLIP configuration: byte 22: expected"
    ),
    (#"{"projection_dim": 512, "projection_dim": 768}"#, "\"projection_dim\" twice"),
    (#"{"projection_dim": true}"#, "projection_dim is true"),
    (#"{"model_type": "bert"}"#, "model_type is \"bert\""),
    (#"{"projection_dim": "wide"}"#, "projection_dim is \"wide\""),
    (#"{"projection_dim": 0}"#, "projection_dim is 0"),
    (#"{"projection_dim": 1.5}"#, "projection_dim is 1.5"),
    (#"{"vision_config": 7}"#, "vision_config is not an object"),
    (#"{"vision_config": {"hidden_size": -1}}"#, "vision_config.hidden_size is -1"),
    (#"{"vision_config": {"hidden_size": 1e300}}"#, "vision_config.hidden_size"),
    (#"{"vision_config": {"hidden_size": 100, "num_attention_heads": 3}}"#, "does not divide"),
    (#"{"vision_config": {"num_channels": 1}}"#, "num_channels is 1"),
    (
      #"{"vision_config": {"image_size": 4096, "patch_size": 1}}"#,
      "patch_size is 1, which cuts an image of 4096 pixels into 16777216 patches"
    ),
    (
      #"""
      {"vision_config": {"hidden_size": 65536, "num_attention_heads": 1024, "intermediate_size": 262144,
        "num_hidden_layers": 1024}}
      """#,
      "vision_config.num_hidden_layers is 1024"
    ),
    (
      #"{"text_config": {"vocab_size": 9223372036854775807}}"#,
      "text_config.vocab_size is 9223372036854775807; expected a whole number from 1 to 10000000"
    ),
    (#"{"projection_dim": 1e300}"#, "projection_dim is 1e+300"),
    (#"{"vision_config": {"patch_size": 300}}"#, "larger than image_size"),
    (#"{"vision_config": {"hidden_act": "relu"}}"#, "hidden_act is \"relu\""),
    (#"{"vision_config": {"layer_norm_eps": "small"}}"#, "layer_norm_eps is \"small\""),
    (#"{"vision_config": {"layer_norm_eps": -1}}"#, "layer_norm_eps is -1"),
    (#"{"vision_config": {"num_hidden_layers": 100000}}"#, "num_hidden_layers is 100000"),
    (#"{"text_config": {"vocab_size": []}}"#, "text_config.vocab_size is a list"),
    (#"{"text_config": {"eos_token_id": [1]}}"#, "eos_token_id"),
    (#"{"text_config": {"vocab_size": 120, "eos_token_id": 5000}}"#, "vocab_size is 120"),
    (#"{"text_config": {"max_position_embeddings": 1}}"#, "max_position_embeddings is 1"),
  ])
  func `damage is an error that names file and key`(json: String, part: String) {
    let message = message(json)
    #expect(message.hasPrefix("config.json: "))
    #expect(message.contains(part), "\(message)")
  }
}
