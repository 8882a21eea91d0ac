extension PageSection {
  /// Images at the bars that moved.
  static let witnesses = PageSection(
    "witnesses", "Images at the bars that moved", foldedFigures: ["witnesses"])
}
