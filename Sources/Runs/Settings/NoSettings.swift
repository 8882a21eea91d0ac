/// The settings of what has none.
package struct NoSettings: DeclaredSettings {
  package init() {}
  package static let declared: [Setting<Self>] = []
}
