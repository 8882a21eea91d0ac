internal import CLIP
internal import Embedding
internal import Files
internal import Foundation
internal import LinearAlgebra
internal import Runs

/// What is explored: a folder of images, or a run, which brings its embeddings with it.
enum ExplorationInput: Sendable {
  case folder(ImageFolder)
  case run(ExploredRun)

  /// Looks at what lies at a path.
  ///
  /// - Throws: `FileError` for what is neither, or damaged.
  init(_ path: String) throws {
    self =
      try ExploredRun.isRun(path) ? .run(ExploredRun(path)) : .folder(ImageFolder(path))
  }

  /// The images, sorted by path.
  var images: [ListedImage] {
    switch self {
    case .folder(let folder): folder.images
    case .run(let run): run.images
    }
  }

  /// The files that are no images that can be read.
  var problems: [ExplorationProblem] {
    switch self {
    case .folder(let folder): folder.problems
    case .run: []
    }
  }

  /// What could not be looked at, folders and files: what the store has of it stays.
  var unlisted: [String] {
    switch self {
    case .folder(let folder): folder.unlisted
    case .run: []
    }
  }

  /// The folder in which `metadata.json` is looked for; nil where there is none.
  var metadataFolder: String? {
    switch self {
    case .folder(let folder): folder.path
    case .run: nil
    }
  }

  /// What a reader must know.
  var notes: [String] {
    switch self {
    case .folder: []
    case .run(let run): run.notes
    }
  }

  /// The columns that the input itself has, before those of metadata.
  func columns(_ condition: Condition) throws -> [MetadataColumn] {
    switch self {
    case .folder: []
    case .run(let run): try run.columns(condition)
    }
  }

  /// The input's own small picture of a row; nil where it has none.
  func thumbnail(row: Int) throws -> Data? {
    switch self {
    case .folder: nil
    case .run(let run): try run.thumbnail(row: row)
    }
  }

  /// The model that texts, and the images of a folder, are embedded with.
  ///
  /// A run is explored without one where its own is not at hand; what is said of that is among the notes.
  ///
  /// - Parameter options: The model that is asked for, if any.
  /// - Returns: The model; nil for none, with a sentence that says why.
  /// - Throws: `FileError` for a model that was asked for and cannot be opened, or is not the run's.
  func model(_ options: ExplorationOptions) throws -> (model: CLIPModel?, note: String?) {
    func open(_ name: String) throws -> CLIPModel {
      try CLIPModel.opened(name, seed: 0, isQuiet: options.isQuiet)
    }
    guard case .run(let run) = self else { return (try open(options.model ?? "builtin"), nil) }
    let without = "texts cannot be searched for"
    guard let name = options.model ?? run.modelName else {
      return (
        nil, "The run does not say which model made its embeddings: \(without); --model names it."
      )
    }
    let model: CLIPModel
    do {
      model = try open(name)
    } catch let error as FileError where options.model == nil {
      return (
        nil, "The run's model is not at hand (\(error)): \(without); --model names its folder."
      )
    }
    guard run.modelDigest == nil || run.modelDigest == "\(model.digest)" else {
      let words = "\(name) is not the model that made the run's embeddings (another digest)"
      if options.model != nil {
        throw FileError(
          name, "is not the model that made the embeddings of \(run.path): its digest is another")
      }
      return (nil, "\(words): \(without); --model names the right one.")
    }
    return (model, nil)
  }
}
