import Files
import Foundation
import ModelFixtures
import Testing

@testable import CLIP

struct ForeignTensorNamesTests {
  private func message(
    _ rename: @escaping (String) -> String?
  ) throws -> String {
    let tiny = try TinyModel { tensors in
      tensors = Dictionary(
        uniqueKeysWithValues: tensors.compactMap { name, tensor in
          rename(name).map { ($0, tensor) }
        })
    }
    defer { tiny.remove() }
    let model = try CLIPModel(directory: tiny.folder.path)
    do {
      _ = try model.visionTower()
      return ""
    } catch { return "\(error)" }
  }

  /// OpenAI's names, as far as they tell.
  private func original(_ name: String) -> String {
    name.replacing("vision_model.encoder.layers.", with: "visual.transformer.resblocks.")
      .replacing("text_model.encoder.layers.", with: "transformer.resblocks.")
      .replacing("vision_model.embeddings.patch_embedding.", with: "visual.conv1.")
      .replacing("vision_model.", with: "visual.").replacing("text_model.", with: "")
  }

  @Test func `the names of OpenAI and OpenCLIP are told in a sentence`() throws {
    let told = try message { original($0) }
    #expect(told.contains("names its tensors as OpenAI's CLIP and OpenCLIP do"), "\(told)")
    #expect(told.contains("convert_clip_original_pytorch_to_hf.py"))
    #expect(told.contains("hf download") && !told.contains("\n"))
  }

  @Test(arguments: [
    ("module.", "PyTorch's DataParallel"), ("_orig_mod.", "torch.compile"),
    ("model.clip.", "begin with \"model.clip.\": take that off once in Python"),
  ])
  func `a prefix of every name is told, and how to take it off`(prefix: String, words: String)
    throws
  {
    let told = try message { prefix + $0 }
    #expect(told.contains("has names that begin with \"\(prefix)\""), "\(told)")
    #expect(told.contains(words) && told.contains("k.removeprefix(\"\(prefix)\")"))
    #expect(!told.contains("\n"))
    let both = try message { prefix + original($0) }
    #expect(both.contains("OpenCLIP") && both.contains("its names also begin with \"\(prefix)\""))
  }

  @Test func `other faults are listed, the first ten of them`() throws {
    let told = try message { $0.hasPrefix("vision_model") ? nil : $0 }
    #expect(told.contains("39 of 40 tensors are wrong") || told.contains("tensors are wrong"))
    #expect(told.split(separator: "\n").count == 12)
    #expect(told.contains(" more"))
  }
}
