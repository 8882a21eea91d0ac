import CLIP
import Files
import Foundation
import Images

extension FuzzTarget {
  /// A model's shape: no part of it is empty, and heads divide widths.
  static let modelConfiguration = FuzzTarget(
    "config",
    seeds: {
      [
        """
        {"model_type": "clip", "projection_dim": 16, "vision_config": {"hidden_size": 32, "intermediate_size": 64,
         "num_hidden_layers": 2, "num_attention_heads": 4, "hidden_act": "quick_gelu", "image_size": 32, "patch_size": 8},
         "text_config": {"hidden_size": 24, "num_attention_heads": 2, "vocab_size": 514, "eos_token_id": 513},
         "text_config_dict": {"intermediate_size": 48, "layer_norm_eps": 1e-5, "max_position_embeddings": 77}}
        """,
        #"{"model_type": "clip_vision_model", "hidden_size": 32, "num_attention_heads": 4, "patch_size": 8}"#,
        #"{"model_type": "clip_text_model", "vocab_size": 1000}"#, "{}",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let read = try CLIPConfiguration(decoding: data, file: "config.json")
      promise(read.projectionDimension > 0, "no dimension")
      promise(read.vision != nil || read.text != nil, "no tower")
      if let vision = read.vision {
        promise(vision.patchSize > 0 && vision.patchSize <= vision.imageSize, "no patch")
      }
      for transformer in [read.vision?.transformer, read.text?.transformer].compactMap(\.self) {
        promise(transformer.width > 0 && transformer.layers > 0, "no width or layer")
        promise(transformer.heads > 0 && transformer.width % transformer.heads == 0, "heads")
      }
    })

  /// How images are prepared: colours that are finite, a size that can be made.
  static let preprocessor = FuzzTarget(
    "preprocessor",
    seeds: {
      [
        """
        {"do_resize": true, "size": {"shortest_edge": 32}, "do_center_crop": true, "crop_size": {"height": 32, "width": 32},
         "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": true, "image_mean": [0.48, 0.45, 0.4],
         "image_std": [0.26, 0.26, 0.27], "resample": 3, "do_convert_rgb": true}
        """,
        #"{"size": 16, "crop_size": 16}"#,
        #"{"size": {"height": 8, "width": 9}, "do_center_crop": false}"#, "{}",
      ].map { Data($0.utf8) }
    },
    run: { data in
      let read = try ImagePreprocessing(decoding: data, file: "preprocessor_config.json")
      promise(read.width > 0 && read.height > 0, "no pixels")
      promise(
        read.mean.allSatisfy(\.isFinite) && read.std.allSatisfy { $0.isFinite && $0 != 0 },
        "colours")
      guard read.width * read.height <= 1 << 12 else { return }
      let image = RGBImage(width: 5, height: 3, gray: 200)
      let pixels = read.pixels(of: image)
      promise(pixels.width == read.width && pixels.height == read.height, "pixels are missing")
      promise(read.normalizationTable().joined().allSatisfy(\.isFinite), "a colour is not finite")
    })
}
