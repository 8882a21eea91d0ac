import Foundation

/// What is wrong with a file, where in it, and what to do.
public struct FileError: Error, CustomStringConvertible, Equatable {
  /// Whose fault it is: only the first two say something about the file itself.
  public enum Kind: Sendable, Equatable {
    /// What is in the file, or that it is of the wrong kind; a decoder's refusal.
    case content
    /// There is no such file.
    case missing
    /// The operating system could not do what was asked, by the value of `errno`: the file may be
    /// well, and another try succeed.
    case system(Int32)
  }

  /// The path as the user gave it.
  public let file: String
  /// Where in the file, what was found, what was expected, what to do.
  public let problem: String
  /// Whose fault it is.
  public let kind: Kind

  /// An error about `file`.
  public init(_ file: String, _ problem: String, kind: Kind = .content) {
    self.file = file
    self.problem = problem
    self.kind = kind
  }

  /// What could not be done with `file`, such as "cannot be read", and why.
  package init(_ file: String, _ attempt: String, _ fault: SystemFault) {
    self.init(
      file, "\(attempt): \(fault)", kind: fault.isAbsence ? .missing : .system(fault.number))
  }

  /// What could not be done with `file`, and the error that came instead; a `FileError` stays what it is.
  package init(_ file: String, _ attempt: String, _ error: any Error) {
    if let error = error as? FileError {
      self = error
    } else if let fault = SystemFault(error) {
      self.init(file, attempt, fault)
    } else {
      self.init(file, "\(attempt): \(Self.words(for: error))")
    }
  }

  /// An error as it says itself; Foundation's numbers for faults without a cause say nothing to a user.
  package static func words(for error: any Error) -> String {
    let domain = (error as NSError).domain
    return domain == NSCocoaErrorDomain || domain == NSURLErrorDomain
      ? "the system gives no reason; look at the path, its permissions and the room on its disk"
      : "\(error)"
  }

  /// Whether the operating system failed, so that nothing is known about the file.
  package var isSystemFault: Bool {
    if case .system = kind { true } else { false }
  }

  /// `FILE: PROBLEM`, what is longer than a page without its middle.
  public var description: String { "\(file.legible): \(problem.legible)" }
}
