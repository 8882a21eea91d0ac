import CLIP
import Datasets
import Embedding
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures
import Testing
import Textures

@testable import Training

/// The numbers of a validation.
struct TrainingValidationTests {
  @Test func `recall takes any caption of the image, and any image of the caption`() throws {
    let folder = try TemporaryFolder()
    try TextureDataset(
      classes: [.banded, .dotted, .grid, .cracked], perClass: 2, size: 24, seed: 3
    )
    .write(to: folder.path + "/set")
    let images = try CSV(path: folder.path + "/set/captions.csv").records.map { $0.fields[0] }
    #expect(images.count == 8)
    // Two captions an image; the second is shared by two images.
    var records: [(image: String, caption: String)] = []
    for (index, image) in images.enumerated() {
      records.append((image, "a texture called number \(index)"))
      records.append((image, "one of the pair \(index / 2)"))
    }
    var text = "image_path,caption\n"
    for record in records { text += CSV.line([record.image, record.caption]) }
    let table = try folder.write(text, "set/pairs.csv")
    let tiny = try TinyModel()
    defer { tiny.remove() }
    let plan = try TrainingPlan(
      file: folder.write(
        """
        model: \(tiny.folder.path)
        data: {train: "\(table)", validation: "\(table)"}
        batches: {size: 4}
        epochs: 1
        """, "plan.yaml"))
    let input = try TrainingInput(plan)
    let towers = plan.objective.towers
    let loader = try BatchLoader(
      try #require(input.validation), model: input.model, towers: towers, augmentation: nil,
      seed: plan.seed)
    let model = try TrainableCLIP(input.model, trained: plan.towers, read: towers)
    let validation = TrainingValidation(
      loader: loader, objective: plan.objective, batches: plan.batches, seed: plan.seed,
      classes: nil)
    let scores = try validation.scores(model)

    // The same by looking at every pair of a different image and a different caption.
    let rows = Array(records.indices)
    let embeddings = try ExampleEmbeddings(rows, epoch: 0, loader, model, towers: towers)
    let (shown, written) = (
      try #require(embeddings.images), try #require(embeddings.texts)
    )
    func cosine(_ image: Int, _ text: Int) -> Float {
      zip(shown.row(image), written.row(text)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func isPair(_ image: Int, _ text: Int) -> Bool {
      records.contains { $0 == (records[image].image, records[text].caption) }
    }
    var right = 0
    var onlyOwnRow = 0
    for row in rows {
      let text = try #require(rows.max { cosine(row, $0) < cosine(row, $1) })
      let image = try #require(rows.max { cosine($0, row) < cosine($1, row) })
      right += (isPair(row, text) ? 1 : 0) + (isPair(image, row) ? 1 : 0)
      onlyOwnRow += (text == row ? 1 : 0) + (image == row ? 1 : 0)
    }
    #expect(scores[.recall] == Double(right) / 32)
    // The case tells the two apart.
    #expect(onlyOwnRow < right)
  }
}
