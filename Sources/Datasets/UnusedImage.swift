/// An image that lies in a data set's folder and is not used.
public struct UnusedImage: Sendable, Equatable {
  /// Its path in the data set.
  public let path: String
  /// Why, and what to do.
  public let problem: String
  /// Its class, where its folder says one.
  let className: String?
  /// Its split, where its folder says one.
  let split: String

  init(path: String, problem: String, className: String? = nil, split: String = "") {
    self.path = path
    self.problem = problem
    self.className = className
    self.split = split
  }

  /// The same image, in a folder that says its class and its split.
  func placed(className: String, split: String = "") -> UnusedImage {
    UnusedImage(path: path, problem: problem, className: className, split: split)
  }
}
