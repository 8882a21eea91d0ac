/// What another program calls the tensors of a checkpoint that does not have the names of Hugging Face's
/// layout, and how to convert it.
struct ForeignTensorNames: CustomStringConvertible {
  /// What every name begins with before a known name, such as `module.`; empty for nothing.
  private let prefix: String
  /// Whether the names are those of OpenAI's own release, which OpenCLIP writes too.
  private let isOriginal: Bool
  private let file: String

  /// The layout of some names; nil where they are those of no layout that is known, or of ours.
  ///
  /// - Parameters:
  ///   - names: The names of all tensors of the checkpoint.
  ///   - expected: Those that it should have.
  ///   - file: The checkpoint, for the way to convert it.
  /// - Complexity: O(characters of the names).
  init?(_ names: [String], expected: Set<String>, file: String) {
    guard 2 * names.count(where: expected.contains) < expected.count else { return nil }
    var counts: [String: Int] = [:]
    for name in names {
      // Every text up to a dot may be the prefix.
      for dot in name.indices where name[dot] == "." {
        let rest = name[name.index(after: dot)...]
        if expected.contains(String(rest)) || Self.isOriginal(String(rest)) {
          counts[String(name[...dot]), default: 0] += 1
          break
        }
      }
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    let plain = names.count { expected.contains($0) || Self.isOriginal($0) }
    // The other tower's names may be there too, and are not expected.
    let enough = min(names.count, expected.count)
    let isPrefixed = most.map { $0.value > plain && 2 * $0.value >= enough } ?? false
    let prefix = isPrefixed ? most?.key ?? "" : ""
    let isOriginal = names.contains {
      $0.hasPrefix(prefix) && Self.isOriginal(String($0.dropFirst(prefix.count)))
    }
    guard isOriginal || isPrefixed else { return nil }
    self.prefix = prefix
    self.isOriginal = isOriginal
    self.file = file
  }

  /// Whether OpenAI's release has a tensor of that name, or OpenCLIP's classes do.
  private static func isOriginal(_ name: String) -> Bool {
    name.hasPrefix("visual.conv1.") || name.hasPrefix("transformer.resblocks.")
      || name.hasPrefix("visual.transformer.resblocks.") || name.hasPrefix("visual.trunk.")
      || name.hasPrefix("text.transformer.resblocks.")
  }

  /// A sentence: whose names these are, and what to do.
  var description: String {
    var parts: [String] = []
    if isOriginal {
      parts.append(
        "names its tensors as OpenAI's CLIP and OpenCLIP do (visual.…, transformer.resblocks.…), not as "
          + "Hugging Face's layout does (vision_model.…, text_model.…): take the model from the Hub in "
          + "that layout, such as hf download openai/clip-vit-base-patch32 --local-dir DIR, or convert "
          + "it with convert_clip_original_pytorch_to_hf.py of transformers")
    }
    if !prefix.isEmpty {
      let wrapper = [
        "module.": " (PyTorch's DataParallel)", "_orig_mod.": " (torch.compile)",
      ][prefix]
      let quoted = file.debugDescription
      parts.append(
        (isOriginal ? "its names also begin" : "has names that begin")
          + " with \"\(prefix)\"\(wrapper ?? ""): "
          + "take that off once in Python: from safetensors.torch import load_file, save_file; "
          + "save_file({k.removeprefix(\"\(prefix)\"): v for k, v in load_file(\(quoted)).items()}, "
          + "\(quoted), {\"format\": \"pt\"})")
    }
    return parts.joined(separator: "; ")
  }
}
