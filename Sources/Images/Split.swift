/// Which part of a data set's lists an experiment uses.
public enum Split: String, Sendable, CaseIterable {
  /// Every image that the lists name.
  case all
  /// The training images.
  case train
  /// The validation images.
  case val
  /// The test images.
  case test

  /// The splits that lists can name.
  package static let known = [train, val, test].map(\.rawValue)
}
