public import Foundation
import LinearAlgebra

/// A SHA-256 digest of bytes that come piece by piece.
public struct RunningDigest: Sendable {
  private var hash = SHA256()

  /// Of no bytes yet.
  public init() {}

  /// Takes the next bytes.
  public mutating func update(_ piece: Data) { hash.update(piece) }

  /// The digest of all bytes so far.
  public var digest: Digest { Digest(hash) }
}
