import CLIP
import Foundation
import LinearAlgebra
import ModelFixtures
import Testing

@testable import Explorer

struct QueryEncoderTests {
  @Test func `A text has the embedding that the tower gives, the second time too`() throws {
    let model = try CLIPModel.builtIn()
    let encoder = try QueryEncoder(model)
    let tower = try model.textTower()
    let tokenizer = try model.tokenizer()
    for text in ["banded", "a photo of a dotted texture.", String(repeating: "red ", count: 500)] {
      let ids = tokenizer.modelInput(text, contextLength: tower.configuration.contextLength).ids
      let expected = try tower.embed([ids]).values
      #expect(try encoder.embed(text) == expected)
      #expect(try encoder.embed(text) == expected)
      let square = expected.reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(abs(square - 1) < 1e-6 && expected.count == encoder.dimension)
    }
  }

  @Test func `Texts beyond those kept are computed again, from any thread alike`() throws {
    let model = try TinyModel()
    defer { model.remove() }
    let encoder = try QueryEncoder(CLIPModel(directory: model.folder.path))
    let first = try (0..<300).map { try encoder.embed("text \($0)") }
    let again = try Parallel.tryMap(count: 600) { try encoder.embed("text \($0 % 300)") }
    for place in again.indices { #expect(again[place] == first[place % 300]) }
  }

  @Test func `A model without a text tower is refused`() throws {
    let model = try TinyModel()
    defer { model.remove() }
    var fields = TinyModel.fields
    fields["text_config"] = nil
    try model.write(fields, to: "config.json")
    #expect(throws: (any Error).self) { try QueryEncoder(CLIPModel(directory: model.folder.path)) }
  }
}
