/// What is wrong with a file, where in it, and what to do.
public struct FileError: Error, CustomStringConvertible, Equatable {
  /// The path as the user gave it.
  public let file: String
  /// Where in the file, what was found, what was expected, what to do.
  public let problem: String

  /// An error about `file`.
  public init(_ file: String, _ problem: String) {
    self.file = file
    self.problem = problem
  }

  /// `FILE: PROBLEM`.
  public var description: String { "\(file): \(problem)" }
}
