import CLIP
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import Testing
import Textures

@testable import Explorer

/// The map of images that the built-in model knows, and texts on it.
struct MapOfTexturesTests {
  private let model: CLIPModel
  private let encoder: QueryEncoder

  init() throws {
    model = try .builtIn()
    encoder = try QueryEncoder(model)
  }

  private func embeddings(_ images: [RGBImage]) throws -> [[Float]] {
    let tower = try model.visionTower()
    let pixels = NoisyPixels(
      preprocessing: model.preprocessing,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let features = Parallel.map(count: images.count) { index in
      var input: [Float] = []
      pixels.append(images[index], to: &input)
      return tower.features(input, count: 1).values
    }
    return features.map(IndexedRows.unit)
  }

  private func placement(_ rows: [[Float]]) throws -> (MapPlacement, Matrix<Float>) {
    let set = try IndexedRows(rows)
    var matrix = Matrix(rows)
    let positions = try ImageMap.positions(of: &matrix)
    let placement = try MapPlacement(
      index: set.index, positions: positions, located: set.all, logitScale: try model.logitScale(),
      rows: set.float32)
    return (placement, positions)
  }

  @Test func `A caption's marker lies nearer to its class than to others, for most classes`() throws
  {
    let classes = Array(Texture.describable.prefix(16))
    let perClass = 12
    let stream = TextureStream(split: .test, seed: 0)
    let samples = stream.samples(
      classes.flatMap { texture in
        (0..<perClass).map { TextureStream.Request(texture, index: $0) }
      }, size: 96)
    let rows = try embeddings(samples.map(\.image))
    let (placement, positions) = try placement(rows)
    var own = 0
    var weak = 0
    for (number, texture) in classes.enumerated() {
      let text = "a photo of a \(texture.name) texture."
      let marker = try placement.marker(text, embedding: encoder.embed(text))
      #expect(marker.x.isFinite && marker.y.isFinite && marker.spread >= 0)
      if marker.isWeak { weak += 1 }
      let distances = classes.indices.map { other in
        (other * perClass..<(other + 1) * perClass).map { row in
          hypot(Double(positions[row, 0]) - marker.x, Double(positions[row, 1]) - marker.y)
        }.reduce(0, +)
      }
      let isNearest = distances.allSatisfy { distances[number] <= $0 }
      if isNearest { own += 1 }
    }
    let foreign = try ["a spreadsheet of income tax", "my grandmother", "the stock market fell"]
      .count { try placement.marker($0, embedding: encoder.embed($0)).isWeak }
    print(
      "markers of \(classes.count) captions: \(own) nearest to their class, \(weak) weak; of 3 foreign texts \(foreign)"
    )
    // Were the classes given to the captions at random, the number of hits would be nearly Poisson's of mean 1, which is 7
    // or more with probability 8e-5.
    #expect(own >= 7)
    #expect(weak <= 6)
  }

  @Test(.enabled(if: SharedData.has("pairs/images"))) func `Captions of photographs are reported`()
    throws
  {
    let folder = SharedData.folder.appending(path: "pairs/images")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    // One of them is broken on purpose.
    let readable = names.compactMap { name -> (name: String, image: RGBImage)? in
      let path = folder.appending(path: name).path
      let image = try? RGBImage(
        decoding: FileContents.read(path), file: path,
        transparency: ImagePreprocessing.transparency)
      return image.map { (name, $0) }
    }
    let images = readable.map(\.image)
    let (placement, _) = try placement(embeddings(images))
    var count = 0
    var weak = 0
    var among = 0
    let table = try FileContents.readText(
      SharedData.folder.appending(path: "pairs/captions.csv").path)
    for line in table.split(whereSeparator: \.isNewline).dropFirst() {
      guard let name = readable.firstIndex(where: { line.contains($0.name) }) else { continue }
      let text = String(line.drop { $0 != "," }.dropFirst())
      let marker = try placement.marker(text, embedding: encoder.embed(text))
      #expect(marker.x.isFinite && marker.y.isFinite && marker.rows.count == 15)
      count += 1
      if marker.isWeak { weak += 1 }
      if marker.rows.contains(name) { among += 1 }
    }
    print(
      "captions of \(images.count) photographs: \(count), \(weak) weak, \(among) with their image among the 15 nearest"
    )
  }
}
