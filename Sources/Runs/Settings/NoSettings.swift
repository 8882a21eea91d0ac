/// The settings of what has none.
public struct NoSettings: DeclaredSettings {
  public init() {}
  public static let declared: [Setting<Self>] = []
}
