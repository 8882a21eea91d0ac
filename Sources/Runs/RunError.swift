import Files

/// Why an experiment cannot be run, or stopped.
package enum RunError: Error, CustomStringConvertible, Equatable {
  /// A setting is wrong: where it stands, and what is wrong with it.
  case setting(place: String, problem: String)
  /// Images are missing or damaged: what is wrong with each, and where the whole list is.
  case unusableImages([UnusableImage], listPath: String?)
  /// Something about the data or the run, already in words.
  case failure(String)
  /// A signal came; everything finished is saved.
  case interrupted(finished: Int, of: Int)

  /// A signal came while a model was trained; everything up to the step is saved.
  case interruptedTraining(step: Int, output: String)

  /// An image that cannot be used.
  package struct UnusableImage: Sendable, Equatable, Codable {
    /// The path as listed.
    package let path: String
    /// What is wrong with it.
    package let problem: String

    package init(path: String, problem: String) {
      self.path = path
      self.problem = problem
    }
  }

  private static let namedImages = 20

  /// What, where, and what to do.
  package var description: String {
    switch self {
    case .setting(let place, let problem): return "\(place.legible): \(problem.legible)"
    case .failure(let problem): return problem.legible
    case .interrupted(let finished, let total):
      guard total > 0 else { return "interrupted; run the same command again to go on" }
      return
        "interrupted; \(finished) of \(total) cells are saved: run the same command again to go on"
    case .interruptedTraining(let step, let output):
      return "interrupted after \(step) steps, saved in \(output); --resume goes on from there"
    case .unusableImages(let images, let listPath):
      let named = images.prefix(Self.namedImages).map {
        "\n  " + "\($0.path): \($0.problem)".legible
      }.joined()
      let more = images.count - Self.namedImages
      let rest = more > 0 ? "\n  and \(more) more" : ""
      let list = listPath.map { "; all are listed in \($0)" } ?? ""
      return "\(images.count) images are missing or damaged\(list):\(named)\(rest)\n"
        + "mend them, or go on without them with --skip-broken (in a training plan, data.skip-broken: true)"
    }
  }
}
