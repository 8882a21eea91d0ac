import CLIP
import Files
import Foundation
import ModelFixtures

extension FuzzTarget {
  /// The index of a checkpoint in several files: tensors are where it says, and nowhere else.
  static let shards = FuzzTarget(
    "shards", shortRuns: 100,
    seeds: {
      let names = try TinyModel.tensors(seed: 0).keys.sorted()
      let map = names.map { "\"\($0)\": \"a.safetensors\"" }.joined(separator: ",\n")
      return [Data("{\"metadata\": {\"total_size\": 1}, \"weight_map\": {\(map)}}".utf8)]
    },
    run: { data in
      func fill(_ folder: ScratchFolder) throws {
        _ = try folder.write(
          JSONSerialization.data(withJSONObject: TinyModel.fields), "config.json")
        _ = try folder.write(
          TinyModel.safetensors(TinyModel.tensors(seed: 0)), "a.safetensors")
      }
      try ScratchFolder.lend("shards", filling: fill) { folder in
        _ = try folder.write(data, "model.safetensors.index.json")
        let model = try CLIPModel(directory: folder.path)
        promise(try model.logitScale().isFinite, "the logit scale is not finite")
      }
    })

  /// Templates of prompts: each has one place for a class.
  static let prompts = FuzzTarget(
    "prompts", seeds: { ["# words\na photo of a {}.\n\n{} texture\r\n"].map { Data($0.utf8) } },
    run: { data in
      try ScratchFolder.file(data, "p.txt") { path in
        let prompts = try PromptTemplates(path: path).prompts(for: "a{}b")
        promise(
          !prompts.isEmpty && prompts.allSatisfy { $0.contains("a{}b") }, "no place for a class")
      }
    })
}
