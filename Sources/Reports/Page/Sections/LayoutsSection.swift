import RunAnalyses

extension PageSection {
  /// t-SNE and UMAP.
  static let layouts = PageSection(
    "layouts", "The space seen in the plane",
    tables: [
      PageTable(
        file: LayoutQualityColumns.file, title: "How far to trust the layouts",
        caption:
          "Trustworthiness and continuity are 1 when neighbourhoods are kept; the silhouette is that "
          + "of the classes in the layout.", columns: nil)
    ])
}
