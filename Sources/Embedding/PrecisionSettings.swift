package import CLIP
import Files
package import Runs

/// The encoder's arithmetic, and how far it is checked against float32.
package struct PrecisionSettings: Sendable, Equatable {
  /// Precision and kernels.
  package var arithmetic: Arithmetic
  /// The largest difference from a float32 embedding that lets a run go on.
  package var tolerance: Double
  /// Which embeddings are computed in float32 too.
  package var certified: Certified

  /// How many embeddings are computed in float32 too, when they are not in float32 anyway.
  package enum Certified: Sendable, Equatable {
    /// So many, drawn at random.
    case sample(Int)
    /// Every one.
    case all

    private static let range = ClosedRange<Int>.images
    /// What a user may say, in words that follow "expected".
    static let words = "sample, all or \(range.words)"

    /// `sample`, which is 256, a number, or `all`.
    package init?(text: String) {
      switch text {
      case "all": self = .all
      case "sample": self = .sample(256)
      default:
        guard let count = Self.range.number(text) else { return nil }
        self = .sample(count)
      }
    }

    package var text: String {
      switch self {
      case .all: "all"
      case .sample(let count): "\(count)"
      }
    }
  }

  /// The keys that are read.
  package static let keys = ["precision", "precision-tolerance", "certify", "backend"]

  /// Reads `keys`.
  package init(_ root: ConfigurationSection) throws {
    arithmetic = try Arithmetic(
      root.choice("precision", default: Precision.float32),
      backend: root.optionalChoice("backend", as: MatrixBackend.self))
    tolerance = try root.value(
      "precision-tolerance", default: 0.02, expected: "a number above 0, at most 2"
    ) { text in Double(text).flatMap { $0 > 0 && $0 <= 2 ? $0 : nil } }
    certified = try root.value(
      "certify", default: .sample(256), expected: Certified.words
    ) { Certified(text: $0) }
    do { try arithmetic.backend.require(arithmetic.precision) } catch let error as FileError {
      throw root.error("backend", error.problem)
    }
  }

  /// The settings that decide results; the check is one of them only where there is one.
  package var canonicalSettings: [(String, String)] {
    var settings = [
      ("precision", arithmetic.precision.rawValue), ("backend", arithmetic.backend.rawValue),
    ]
    if arithmetic.precision != .float32 {
      settings += [("precision-tolerance", "\(tolerance)"), ("certify", certified.text)]
    }
    return settings
  }
}
