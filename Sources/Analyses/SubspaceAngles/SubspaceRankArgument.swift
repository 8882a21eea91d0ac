extension SubspaceRank: CustomStringConvertible {
  /// The most dimensions that can be asked for: no embedding has as many.
  public static let mostDimensions = 1_000_000

  /// What can be asked for, in words that follow "expected".
  public static let words = "auto, full or a whole number from 1 to \(mostDimensions)"

  /// Reads `auto`, `full` or a whole number from 1 on; nil for anything else.
  public init?(argument: String) {
    switch argument {
    case "auto": self = .automatic
    case "full": self = .full
    default:
      guard let dimension = Int(argument), (1...Self.mostDimensions).contains(dimension) else {
        return nil
      }
      self = .fixed(dimension)
    }
  }

  /// `auto`, `full` or the number.
  public var description: String {
    switch self {
    case .automatic: "auto"
    case .full: "full"
    case .fixed(let dimension): "\(dimension)"
    }
  }
}
