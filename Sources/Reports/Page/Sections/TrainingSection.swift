extension PageSection {
  /// Curves of a training.
  static let training = PageSection(
    "training", "Training")
}
