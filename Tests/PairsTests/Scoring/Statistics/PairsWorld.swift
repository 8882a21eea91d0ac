import LinearAlgebra

@testable import Pairs

/// Pairs as a model might embed them: what an image shows and what its captions say are a common vector and noise.
struct PairsWorld: Sendable {
  /// Distinct images.
  var images: Int
  /// Captions of each image; or, where images share them, all captions.
  var captions: Int
  var dimension: Int
  var noise: Double
  /// Whether every image has one of the captions, at random.
  var isShared = false

  /// The pairs of a world.
  func draw(number: UInt64) -> (ScoredPairs, PairEmbeddingsInMemory) {
    func normals(_ purpose: String, _ rows: Int) -> [Float] {
      RandomStream(domain: "test/world/\(purpose)", seed: number).normals(count: rows * dimension)
    }
    let textCount = isShared ? captions : images * captions
    var (ofImages, ofTexts): ([Int32], [Int32])
    if isShared {
      var stream = RandomStream(domain: "test/world/choice", seed: number)
      ofTexts = (0..<images).map { _ in Int32.random(in: 0..<Int32(captions), using: &stream) }
      ofImages = (0..<images).map { Int32($0) }
    } else {
      ofTexts = (0..<textCount).map { Int32($0) }
      ofImages = ofTexts.map { $0 / Int32(captions) }
    }
    // What is common to a caption and its images, or to an image and its captions.
    let common = normals("common", isShared ? captions : images)
    let (a, b, c) = (normals("image", images), normals("text", textCount), normals("own", images))
    let scale = Float(noise)
    var image = a.map { scale * $0 }
    var text = isShared ? common : b.map { scale * $0 }
    for row in 0..<images {
      for k in 0..<dimension {
        let source = isShared ? Int(ofTexts[row]) : row
        image[row * dimension + k] += common[source * dimension + k]
      }
    }
    if !isShared {
      for row in 0..<textCount {
        for k in 0..<dimension {
          let place = row / captions * dimension + k
          text[row * dimension + k] += common[place] + scale / 2 * c[place]
        }
      }
    }
    func unit(_ values: [Float], _ rows: Int) -> Matrix<Float> {
      let matrix = Matrix<Float>(rows: rows, columns: dimension, values: values)
      return matrix.withUnitRows() ?? matrix
    }
    let embeddings = PairEmbeddingsInMemory(
      images: unit(image, images), texts: unit(text, textCount))
    let left = embeddings.images(ofImages.map { Int($0) })
    let right = embeddings.texts(ofTexts.map { Int($0) })
    let cosines = ofImages.indices.map { place in
      Float(
        zip(left.row(place), right.row(place)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
    }
    return (.of(images: ofImages, texts: ofTexts, cosines: cosines), embeddings)
  }
}
