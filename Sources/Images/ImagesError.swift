/// A fault of an image file, a dataset or a preprocessing configuration.
public struct ImagesError: Error, CustomStringConvertible, Equatable {
  /// The file at fault, as the user named it.
  public let file: String
  /// What was found, what was expected and what to do.
  public let problem: String

  /// A fault of `file`.
  public init(file: String, problem: String) {
    self.file = file
    self.problem = problem
  }

  /// The message for the user.
  public var description: String { "\(file): \(problem)" }
}
