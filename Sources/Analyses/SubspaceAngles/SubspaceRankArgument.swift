extension SubspaceRank: CustomStringConvertible {
  /// Reads `auto`, `full` or a whole number above 0; nil for anything else.
  public init?(argument: String) {
    switch argument {
    case "auto": self = .automatic
    case "full": self = .full
    default:
      guard let dimension = Int(argument), dimension > 0 else { return nil }
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
