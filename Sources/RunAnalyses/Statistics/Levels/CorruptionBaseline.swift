/// What corruption errors are relative to: the errors of another run on the same images.
package struct CorruptionBaseline: Sendable {
  /// What to call it.
  package let name: String
  /// Its errors by noise and level.
  package let errors: LevelErrors
  /// Whether it has accuracy to lose.
  ///
  /// An encoder of random weights guesses: its errors rise and fall by chance, and what is divided by that is
  /// nothing.
  package let isLearnt: Bool

  package init(name: String, errors: LevelErrors, isLearnt: Bool) {
    self.name = name
    self.errors = errors
    self.isLearnt = isLearnt
  }
}
