import CLIP
import Embedding
import Files
import Images
import LinearAlgebra
import Runs
import Synchronization

/// How alike texts of signs look to a model: the cosine of the embeddings of their drawings.
///
/// A text is drawn by its symbols' own extent, centred on a white square of 224 pixels; what is larger or
/// cannot be drawn is a white square (Moryossef et al. 2024, arXiv:2410.13668; as `SignWritingCLIPScore` of
/// PyPI signwriting-evaluation 0.1.0, except that several signs of a text are below one another, where that
/// draws them over one another).
struct SignCLIPScore {
  /// Pixels a side.
  static let canvas = 224

  private let model: CLIPModel
  private let modelName: String
  private let renderer: SignRenderer
  private let isQuiet: Bool

  /// Opens a model and the fonts.
  ///
  /// - Throws: `FileError`.
  init(model name: String, fonts: String, isQuiet: Bool) throws {
    var settings = RenderingSettings()
    settings.trustsBox = false
    settings.canvas = Self.canvas
    renderer = try SignRenderer(fonts: fonts, settings: settings)
    model = try CLIPModel.opened(name, seed: 0, isQuiet: isQuiet)
    modelName = name
    self.isQuiet = isQuiet
  }

  /// The scores of a file's lines, each that of the best reference.
  ///
  /// - Returns: −1 to 1, and how many different texts are not drawn, with the first and the reason.
  /// - Throws: `FileError`; `RunError.interrupted`.
  /// - Complexity: One embedding a different text.
  func scores(_ hypotheses: SignTexts, references: [SignTexts]) throws -> (
    scores: [Double], undrawn: [String]
  ) {
    var places: [String: Int] = [:]
    var sources: [(texts: SignTexts, line: Int)] = []
    for texts in [hypotheses] + references {
      for (line, text) in texts.lines.enumerated() where places[text] == nil {
        places[text] = sources.count
        sources.append((texts, line))
      }
    }
    let (rows, undrawn) = try embeddings(sources)
    let scores = hypotheses.lines.indices.map { line in
      let own = rows.row(places[hypotheses.lines[line]] ?? 0)
      return references.map { Self.cosine(own, rows.row(places[$0.lines[line]] ?? 0)) }.max() ?? 0
    }
    return (scores, undrawn)
  }

  private func embeddings(_ sources: [(texts: SignTexts, line: Int)]) throws -> (
    rows: Matrix<Float>, undrawn: [String]
  ) {
    let pixels = NoisyPixels(
      preprocessing: model.preprocessing,
      noise: try NoiseSpecification(space: .normalized, stage: .preprocessed))
    let progress = Mutex(ProgressBar("signs", total: sources.count, isQuiet: isQuiet))
    let problems = Mutex<[Int: String]>([:])
    let features = try ImageEncoder(try model.visionTower()).features(count: sources.count) {
      count in
      progress.withLock { $0.advance(by: count) }
    } appendPixels: { index, input in
      try Interruption.check()
      let (texts, line) = sources[index]
      let image: RGBImage
      do {
        image = try renderer.canvas(of: texts.signs(line))
      } catch let error as SignRenderingError {
        problems.withLock { $0[index] = "\(texts.file), line \(line + 1): \(error)" }
        image = RGBImage(width: Self.canvas, height: Self.canvas, gray: 255)
      }
      pixels.append(image, to: &input)
    }
    guard let rows = features.withUnitRows() else {
      throw FileError(
        modelName,
        "the image tower gave an embedding that is zero or not finite for the drawing of a sign")
    }
    let undrawn = problems.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
    return (rows, undrawn)
  }

  private static func cosine(_ first: ArraySlice<Float>, _ second: ArraySlice<Float>) -> Double {
    zip(first, second).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
