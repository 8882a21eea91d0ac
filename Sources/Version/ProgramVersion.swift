/// The program's version and the commit it was built from.
public struct ProgramVersion: Codable, Sendable, CustomStringConvertible {
  /// The semantic version.
  public let version: String
  /// The commit, with a plus sign when files differed from it; `unknown` outside a checkout.
  public let commit: String

  /// This program's.
  public static let current = ProgramVersion(version: "0.1.0", commit: builtCommit)

  /// `0.1.0 (commit …)`.
  public var description: String { "\(version) (commit \(commit))" }
}
