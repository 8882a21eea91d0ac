extension PageSection {
  /// What went in: examples of the classes, the same image at every level.
  static let images = PageSection(
    "images", "The images", foldedFigures: ["examples"])
}
