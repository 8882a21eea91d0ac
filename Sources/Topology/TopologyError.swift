/// What can be wrong with the data or the settings of a topological computation.
public enum TopologyError: Error, Equatable, CustomStringConvertible {
  /// The input itself is wrong: what, where in it, what was expected, what to do.
  case invalid(String)
  /// The computation would need more memory than there is; `advice` says what to do.
  case tooLarge(what: String, neededBytes: Int, availableBytes: Int, advice: String)

  /// The fault, its place, and what to do.
  public var description: String {
    switch self {
    case .invalid(let problem):
      problem
    case .tooLarge(let what, let needed, let available, let advice):
      "\(what) needs about \(Self.size(needed)) of memory and \(Self.size(available)) are "
        + "available; \(advice)"
    }
  }

  /// Bytes as a person says them: `36 MiB`, `37.3 GiB`.
  static func size(_ bytes: Int) -> String {
    let mebibytes = Double(bytes) / 0x1p20
    if mebibytes < 1024 { return "\(Int(mebibytes.rounded(.up))) MiB" }
    return "\((mebibytes / 102.4).rounded(.up) / 10) GiB"
  }
}
