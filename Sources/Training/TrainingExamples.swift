import CLIP
import Embedding
import Files
import Images
import LinearAlgebra
import Textures

/// The pairs of an epoch, found by their numbers.
protocol TrainingExamples: Sendable {
  /// A number for the label of every pair, nil for none; as many as there are pairs in an epoch.
  var labels: [Int?] { get }

  /// One pair.
  ///
  /// - Parameters:
  ///   - index: Its number in the epoch.
  ///   - epoch: The epoch, from 0; what is made anew in every epoch depends on it.
  ///   - needsImage: Whether the image is asked for.
  /// - Returns: The image, where it is asked for, and the text.
  /// - Throws: `FileError` naming an image that has become unreadable.
  func example(_ index: Int, epoch: Int, needsImage: Bool) throws -> TrainingExample

  /// What tells a pair's image from others; pairs of one image have the same.
  func imageIdentity(_ index: Int) -> String
}

/// An image and its text.
struct TrainingExample {
  /// Nil when it was not asked for.
  let image: RGBImage?
  let text: String
}

/// The records of a CSV, the same in every epoch.
struct RecordExamples: TrainingExamples {
  let table: PairsTable
  let labels: [Int?]

  init(_ table: PairsTable) {
    self.table = table
    labels = table.labels
  }

  func example(_ index: Int, epoch: Int, needsImage: Bool) throws -> TrainingExample {
    let record = table.records[index]
    guard needsImage else { return TrainingExample(image: nil, text: record.text) }
    let file = table.imageFile(record)
    let image = try RGBImage(
      decoding: FileContents.read(file), file: file,
      transparency: ImagePreprocessing.transparency)
    return TrainingExample(image: image, text: record.text)
  }

  func imageIdentity(_ index: Int) -> String { table.records[index].image }
}

/// Procedural textures with captions, new ones in every epoch.
struct TextureExamples: TrainingExamples {
  let classes: [Texture]
  let perClass: Int
  let size: Int
  let stream: TextureStream
  /// The seed that words the captions.
  let captionSeed: UInt64
  /// Class by class.
  let labels: [Int?]

  init(
    classes: [Texture], perClass: Int, size: Int, stream: TextureStream, captionSeed: UInt64
  ) {
    self.classes = classes
    self.perClass = perClass
    self.size = size
    self.stream = stream
    self.captionSeed = captionSeed
    labels = classes.indices.flatMap { [Int?](repeating: $0, count: perClass) }
  }

  func imageIdentity(_ index: Int) -> String { "\(index)" }

  func example(_ index: Int, epoch: Int, needsImage: Bool) -> TrainingExample {
    let texture = classes[index / perClass]
    let number = epoch * perClass + index % perClass
    let sample = stream.sample(.init(texture, index: number), size: size)
    var random = RandomStream(
      domain: "training/captions", seed: captionSeed,
      identity: "\(stream.split.rawValue)/\(texture.name)/\(number)".utf8)
    return TrainingExample(
      image: needsImage ? sample.image : nil, text: TextureCaption(of: sample, using: &random).text)
  }
}
