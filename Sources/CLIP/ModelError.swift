/// A fault in one of a model's files: which file, and what is wrong where in it.
public struct ModelError: Error, CustomStringConvertible, Equatable {
  /// The name or path of the file, as it was given.
  public let file: String
  /// What was found, where, and what was expected.
  public let problem: String

  /// Names the file and the problem.
  public init(file: String, problem: String) {
    self.file = file
    self.problem = problem
  }

  /// The file and the problem on one line.
  public var description: String { "\(file): \(problem)" }
}
