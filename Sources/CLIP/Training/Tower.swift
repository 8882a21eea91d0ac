/// One of a CLIP's two encoders.
public enum Tower: String, Sendable, CaseIterable, Codable {
  case vision
  case text
}
