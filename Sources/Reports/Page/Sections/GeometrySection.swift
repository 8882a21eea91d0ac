import RunAnalyses
import Runs

extension PageSection {
  /// Subspace angles and pairwise cosines.
  static let geometry = PageSection(
    "geometry", "The space's geometry",
    papers: [
      Paper(
        what: "Principal angles",
        reference:
          "Björck and Golub 1973, Numerical methods for computing angles between linear subspaces",
        doi: "10.1090/S0025-5718-1973-0348991-3", file: AngleColumns.file.pattern.folder),
      Paper(
        what: "Centred kernel alignment",
        reference: "Kornblith et al. 2019, Similarity of neural network representations revisited",
        doi: "10.48550/arXiv.1905.00414", file: GeometryColumns.file.pattern.text),
      Paper(
        what: "Intrinsic dimension by two neighbours",
        reference:
          "Facco et al. 2017, Estimating the intrinsic dimension of datasets by a minimal neighborhood information",
        doi: "10.1038/s41598-017-11873-y", file: GeometryColumns.file.pattern.text),
    ],
    foldedFigures: ["angles", "angles-levels", "angles-null", "cosines"],
    sentences: { run, noise in try noise.map { try StructureSentences(run).geometry($0) } ?? [] },
    tables: [
      PageTable(
        file: GeometryColumns.file, title: "Geometry by condition",
        caption:
          "CKA, Procrustes disparity and shared neighbours compare with the clean embeddings; the "
          + "others are the condition's own.", columns: nil, isFolded: true)
    ])
}
