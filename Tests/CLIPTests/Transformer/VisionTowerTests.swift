import Fixtures
import LinearAlgebra
import ModelFixtures
import Testing

@testable import CLIP

struct VisionTowerTests {
  private let model: CLIPModel

  init() throws {
    model = try CLIPModel(random: TinyModel.configuration(), name: "tiny", seed: 0)
  }

  private func pixels(_ count: Int) -> [Float] {
    RandomStream(domain: "test/pixels", seed: 0).normals(count: count * 3 * 32 * 32)
  }

  private func largestDifference(_ a: Matrix<Float>, _ b: Matrix<Float>) -> Float {
    zip(a.values, b.values).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test(arguments: MatrixBackend.allCases)
  func `the last block for the class token alone gives what all tokens give`(
    backend: MatrixBackend
  ) throws {
    let tower = try model.visionTower(Arithmetic(backend: backend))
    let sequences = tower.sequences(count: 3)
    let width = tower.configuration.transformer.width
    func states(_ last: (TransformerBlock, TransformerWorkspace) -> Void) -> [Float] {
      tower.transformer.withWorkspace(sequences) { workspace in
        tower.embed(pixels(3), count: 3, workspace)
        for block in tower.transformer.blocks.dropLast() { block.forward(sequences, workspace) }
        if let block = tower.transformer.blocks.last { last(block, workspace) }
        return workspace.residual.prefix(sequences.total * width)
      }
    }
    let all = states { $0.forward(sequences, $1) }
    let read = states { $0.forward(sequences, reading: [0, 5, 16], $1) }
    for (image, position) in [0, 5, 16].enumerated() {
      let row = image * tower.configuration.tokenCount + position
      let expected = all[row * width..<(row + 1) * width]
      let worst = zip(read[image * width..<(image + 1) * width], expected).reduce(Float(0)) {
        max($0, abs($1.0 - $1.1))
      }
      #expect(worst < 1e-6)
    }
  }

  @Test func `backends agree`() throws {
    let towers = try MatrixBackend.allCases.map { try model.visionTower(Arithmetic(backend: $0)) }
    let features = towers.map { $0.features(pixels(5), count: 5) }
    for other in features.dropFirst() { #expect(largestDifference(other, features[0]) < 2e-6) }
  }

  @Test(arguments: Precision.allCases)
  func `threads, batches and used buffers change no bit`(precision: Precision) throws {
    let tower = try model.visionTower(Arithmetic(precision, backend: .panels))
    let together = tower.features(pixels(9), count: 9)
    #expect(tower.features(pixels(9), count: 9, workers: 3) == together)
    let size = tower.pixelCount
    for image in 0..<9 {
      let alone = Array(pixels(9)[image * size..<(image + 1) * size])
      #expect(tower.features(alone, count: 1).values == Array(together.row(image)))
    }
  }

  @Test func `bfloat16 embeddings are near the float32 ones, and are not them`() throws {
    let exact = try #require(model.visionTower().features(pixels(16), count: 16).withUnitRows())
    let arithmetic = Arithmetic(.bfloat16, backend: .panels)
    let rounded = try #require(
      model.visionTower(arithmetic).features(pixels(16), count: 16).withUnitRows())
    let worst = largestDifference(exact, rounded)
    #expect(worst > 1e-5 && worst < 0.02)
  }

  @Test func `batches hold few enough tokens`() throws {
    for (architecture, size) in [(Architecture.b32, 8), (.b16, 4), (.l14, 3), (.l14At336, 1)] {
      let vision = try #require(architecture.configuration.vision)
      #expect(VisionTower.batchSize(vision) == size)
    }
  }
}
