import RunAnalyses
import Runs

extension PageSection {
  /// t-SNE and UMAP.
  static let layouts = PageSection(
    "layouts", "The space seen in the plane",
    papers: [
      Paper(
        what: "t-SNE",
        reference:
          "van der Maaten and Hinton 2008, Visualizing data using t-SNE, Journal of Machine Learning Research 9, 2579–2605",
        doi: nil, file: LayoutColumns.path(.tsne, isSample: false, isJoint: false, .clean)),
      Paper(
        what: "UMAP",
        reference:
          "McInnes, Healy and Melville 2018, UMAP: uniform manifold approximation and projection",
        doi: "10.48550/arXiv.1802.03426",
        file: LayoutColumns.path(.umap, isSample: false, isJoint: false, .clean)),
    ],
    foldedFigures: ["tsne", "umap", "pca", "tsne-sample", "umap-sample", "pca-sample"],
    tables: [
      PageTable(
        file: LayoutQualityColumns.file, title: "How far to trust the layouts",
        caption:
          "Trustworthiness and continuity are 1 when neighbourhoods are kept; the silhouette is that "
          + "of the classes in the layout.", columns: nil, isFolded: true)
    ])
}
