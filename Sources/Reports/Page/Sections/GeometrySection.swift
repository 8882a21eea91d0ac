import RunAnalyses

extension PageSection {
  /// Subspace angles and pairwise cosines.
  static let geometry = PageSection(
    "geometry", "The space's geometry",
    tables: [
      PageTable(
        file: GeometryColumns.file, title: "Geometry by condition",
        caption:
          "CKA, Procrustes disparity and shared neighbours compare with the clean embeddings; the "
          + "others are the condition's own.", columns: nil)
    ])
}
