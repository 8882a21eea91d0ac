/// The message of what a closure throws; empty when it throws nothing.
public func problem(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch {
    return "\(error)"
  }
}
